import assert from 'node:assert/strict';
import { test } from 'node:test';
import { message, openChat, say } from './browser.mjs';
import { act, field, openMenu, two } from './conversation.mjs';
import { Person } from './person.mjs';

const reaction = (page, text, key, count) => message(page, text).first().getByRole('button', { name: `Реакция ${key}: ${count}` });

test('formatting, a name and an edit with the arrow reach the other side', async (t) => {
  const { maria, olga, broken } = await two(t);
  await field(maria).fill('Завтра собрание');
  await field(maria).selectText();
  await maria.keyboard.press('Control+b');
  await maria.keyboard.press('End');
  await maria.keyboard.type(' @Оль');
  await maria.getByRole('option').first().waitFor();
  await maria.keyboard.press('Enter');
  await maria.keyboard.press('Enter');
  const got = message(olga, 'Завтра собрание');
  await got.locator('strong', { hasText: 'Завтра собрание' }).waitFor();
  await got.locator('a', { hasText: '@' }).waitFor();
  await field(maria).click();
  await maria.keyboard.press('ArrowUp');
  await maria.getByText('Редактирование').waitFor();
  await field(maria).fill('Завтра **родительское** собрание');
  await maria.keyboard.press('Enter');
  await message(olga, 'изменено').locator('strong', { hasText: 'родительское' }).waitFor();
  assert.deepEqual(broken, [[], []]);
});

test('a message is answered, reacted to, pinned, forwarded and deleted', async (t) => {
  const { synapse, maria, olga, broken } = await two(t);
  const [head, parent] = ['maria', 'olga'].map((login) => Person.spokenFor(synapse, login));
  await head.makeChat('Родительский комитет', parent);
  await say(maria, 'Расписание на неделю');
  await act(olga, 'Расписание на неделю', 'Ответить');
  await say(olga, 'Спасибо');
  await message(maria, 'Спасибо').getByText('Расписание на неделю').waitFor();

  await openMenu(maria, 'Спасибо');
  await maria.getByRole('button', { name: 'Реакция 👍' }).click();
  await reaction(olga, 'Спасибо', '👍', 1).click();
  await reaction(maria, 'Спасибо', '👍', 2).waitFor();
  // Any other one, looked for in Russian and in another form of the word.
  await openMenu(olga, 'Расписание на неделю');
  await olga.getByRole('button', { name: 'Другие реакции' }).click();
  await olga.getByLabel('Найти эмодзи').fill('хлопушки');
  await olga.getByRole('option', { name: 'хлопушка', exact: true }).waitFor();
  await olga.keyboard.press('Enter');
  await reaction(maria, 'Расписание на неделю', '🎉', 1).waitFor();
  await reaction(olga, 'Расписание на неделю', '🎉', 1).click();
  await reaction(maria, 'Расписание на неделю', '🎉', 1).waitFor({ state: 'detached' });

  await act(maria, 'Спасибо', 'Закрепить');
  await olga.getByRole('button', { name: /Закреплённое сообщение/ }).first().waitFor();

  await act(maria, 'Расписание на неделю', 'Переслать');
  const dialog = maria.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Кому переслать?' }).fill('комитет');
  await dialog.getByRole('option', { name: /Родительский комитет/ }).click();
  await dialog.getByText('Родительский комитет (группа · 2 человека)').waitFor();
  await dialog.getByRole('button', { name: 'Переслать', exact: true }).click();
  await maria.getByRole('region', { name: 'Родительский комитет' }).waitFor();
  await message(maria, 'Расписание на неделю').waitFor();
  await openChat(olga, 'Родительский комитет');
  await message(olga, 'Расписание на неделю').waitFor();

  await Promise.all([openChat(maria), openChat(olga)]);
  await act(maria, 'Расписание на неделю', 'Удалить');
  await dialog.getByRole('button', { name: 'Удалить у всех' }).click();
  await message(olga, 'Сообщение удалено').first().waitFor();
  assert.deepEqual(broken, [[], []]);
});

test('a poll is asked, answered and closed', async (t) => {
  const { maria, olga, broken } = await two(t);
  await maria.getByRole('button', { name: 'Прикрепить' }).click();
  await maria.getByRole('menuitem', { name: 'Опрос' }).click();
  await maria.getByLabel('Вопрос').fill('Когда собираемся?');
  await maria.getByLabel('Ответ 1').fill('В шесть');
  await maria.getByLabel('Ответ 2').fill('В семь');
  await maria.getByRole('button', { name: 'Отправить опрос' }).click();
  const poll = message(olga, 'Когда собираемся?');
  await poll.getByText('В семь').click();
  await message(maria, 'Когда собираемся?').getByText('Проголосовал 1 человек').waitFor();
  await act(maria, 'Когда собираемся?', 'Завершить опрос');
  await poll.getByText('Опрос завершён').waitFor();
  assert.deepEqual(broken, [[], []]);
});

test('several messages are chosen by the keys and the mouse, copied together and deleted together', async (t) => {
  const { maria, olga, broken } = await two(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  for (const text of ['первое', 'второе', 'третье', 'четвёртое']) {
    await say(maria, text);
    await message(olga, text).waitFor();
  }
  await message(maria, 'четвёртое').getByLabel(/отправлено|прочита(?:но|л)/i).waitFor();
  const bar = maria.getByRole('toolbar', { name: 'Выбранные сообщения' });
  await message(maria, 'третье').focus();
  await maria.keyboard.press('Shift+ArrowUp');
  await bar.getByText('Выбрано 2 сообщения').waitFor();
  await message(maria, 'первое').click({ modifiers: ['Control'] });
  await bar.getByText('Выбрано 3 сообщения').waitFor();
  await bar.getByRole('button', { name: 'Копировать' }).click();
  await maria.getByText('Текст скопирован').waitFor();
  const copied = await maria.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^(Мария Петровна Щукина, \d\d:\d\d\n(первое|второе|третье)(\n\n|$)){3}$/);
  assert.deepEqual(copied.match(/первое|второе|третье/g), ['первое', 'второе', 'третье']);
  await bar.waitFor({ state: 'detached' });

  await message(maria, 'второе').click({ modifiers: ['Control'] });
  // A click is enough to choose another, and to let one go.
  for (const text of ['третье', 'четвёртое', 'третье']) await message(maria, text).click();
  await bar.getByText('Выбрано 2 сообщения').waitFor();
  await bar.getByRole('button', { name: 'Удалить' }).click();
  const dialog = maria.getByRole('dialog', { name: 'Удалить 2 сообщения у всех?' });
  await dialog.getByRole('button', { name: 'Удалить у всех' }).click();
  await bar.waitFor({ state: 'detached' });
  for (const page of [maria, olga]) {
    for (const text of ['второе', 'четвёртое']) await message(page, text).waitFor({ state: 'detached' });
    assert.equal(await message(page, 'Сообщение удалено').count(), 2);
    for (const text of ['первое', 'третье']) assert.equal(await message(page, text).count(), 1);
  }
  assert.deepEqual(broken, [[], []]);
});

test('everybody at once is called by who runs the chat, and by nobody else', async (t) => {
  const { synapse, maria, olga, broken } = await two(t);
  const all = (page) => page.getByRole('option', { name: /^@все/ });
  await field(maria).pressSequentially('Собрание, @в');
  await all(maria).waitFor();
  await maria.keyboard.press('Enter');
  await maria.keyboard.type('сегодня');
  await maria.keyboard.press('Enter');
  await message(olga, 'Собрание, @все сегодня').waitFor();

  await field(olga).pressSequentially('Приду, @');
  await olga.getByRole('option', { name: /Щукина/ }).waitFor();
  assert.equal(await all(olga).count(), 0);
  // Written by hand it is a word like any other.
  await field(olga).fill('Приду, @все придут');
  await olga.keyboard.press('Enter');
  await message(maria, 'Приду, @все придут').waitFor();
  const said = await Person.spokenFor(synapse, 'olga').lastSaid(synapse.chat);
  assert.deepEqual(said.map(({ content }) => content['m.mentions']?.room === true), [false, true]);
  assert.deepEqual(broken, [[], []]);
});
