import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { message, openChat } from './browser.mjs';
import { field, two } from './conversation.mjs';
import { Person } from './person.mjs';

/** Maria asks for something to be acknowledged. */
async function ask(page, text) {
  await field(page).fill(text);
  await page.getByRole('button', { name: 'Попросить ознакомиться' }).click();
  await field(page).press('Enter');
}

test('a message asks to be acknowledged, and its author sees who has', async (t) => {
  const { maria, olga, broken } = await two(t);
  await ask(maria, 'Прошу ознакомиться с приказом');
  await message(olga, 'с приказом').getByRole('button', { name: 'Ознакомлен' }).click();
  await message(olga, 'с приказом').getByText('Вы ознакомились').waitFor();
  const count = message(maria, 'с приказом').getByText('Ознакомились 1 из 1');
  await count.waitFor();
  await count.click();
  const report = maria.getByRole('dialog');
  await report.getByText('Ознакомились все').first().waitFor();
  assert.deepEqual(broken, [[], []]);
});

test('a reminder reaches the one who has not acknowledged, once a day, and the list of all is saved as a table', async (t) => {
  const { synapse, homes, maria, olga, broken } = await two(t);
  const irina = await Person.register(synapse, 'irina', 'Ирина Лосева');
  await Person.spokenFor(synapse, 'maria').invite(synapse.chat, irina);
  await ask(maria, 'Прошу ознакомиться с приказом');
  await message(olga, 'с приказом').getByRole('button', { name: 'Ознакомлен' }).waitFor();
  const [order] = await irina.lastSaid(synapse.chat);
  await irina.send(synapse.chat, 'm.reaction', { 'm.relates_to': { rel_type: 'm.annotation', event_id: order.event_id, key: '✅' } });

  await message(maria, 'с приказом').getByText('Ознакомились 1 из 2').click();
  const panel = maria.getByRole('dialog');
  await panel.getByRole('button', { name: 'Напомнить 1 человеку' }).click();
  await panel.getByText('Ольга Кузнецова').waitFor();
  await panel.getByRole('radio', { name: /^Личным сообщением/ }).check();
  await panel.getByLabel('Текст').fill('Прочитайте, пожалуйста, приказ');
  await panel.getByRole('button', { name: 'Напомнить', exact: true }).click();
  await panel.getByText('Напоминание получит 1 человек.').waitFor();
  // They have never written to each other: the chat with Maria is offered first.
  await olga.getByRole('listitem').filter({ hasText: 'Приглашение' }).click();
  await olga.getByRole('button', { name: 'Присоединиться' }).click();
  await message(olga, 'Прочитайте, пожалуйста, приказ').waitFor();

  // There is nobody left to remind today, this way or the other.
  await panel.getByRole('button', { name: 'Сегодня уже напоминали', disabled: true }).waitFor();
  await panel.getByText(/^Напоминали/).waitFor();

  await panel.getByRole('button', { name: 'Сохранить список' }).click();
  await maria.getByText(/^Сохранено в Загрузки: .+\.csv$/).waitFor();
  const [name, ...others] = readdirSync(homes.maria.downloads);
  assert.deepEqual(others, []);
  const lines = readFileSync(join(homes.maria.downloads, name), 'utf8').trim().split('\r\n');
  const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d`;
  const row = (...cells) => new RegExp(`^${cells.map((cell) => `"${cell}"`).join(';')}$`);
  assert.equal(lines.length, 3);
  assert.match(lines[0].replace('\ufeff', ''), row('Имя', 'Роль', 'Классы', 'Дата ознакомления', 'Последнее напоминание'));
  assert.match(lines[1], row('Ольга Кузнецова', '', '', '', time));
  assert.match(lines[2], row('Ирина Лосева', '', '', time, ''));

  // Nothing else came to anybody: neither in the chat nor to her who had acknowledged.
  assert.equal(await message(olga, 'Прочитайте, пожалуйста, приказ').count(), 1);
  assert.deepEqual((await irina.lastSaid(synapse.chat)).map(({ content }) => content.body), ['Прошу ознакомиться с приказом']);
  assert.deepEqual((await irina.ask('GET', 'sync')).rooms?.invite ?? {}, {});
  await panel.getByRole('button', { name: 'Закрыть' }).click();
  await openChat(olga);
  await message(olga, 'с приказом').getByRole('button', { name: 'Ознакомлен' }).click();
  await message(maria, 'с приказом').getByText('Ознакомились 2 из 2').waitFor();
  assert.deepEqual(broken, [[], []]);
});
