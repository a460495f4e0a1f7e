import assert from 'node:assert/strict';
import { test } from 'node:test';
import { server } from '../support/programs.mjs';
import { browser, device, message, openChat, say, signIn } from './browser.mjs';

/** Maria, who runs the chat, and Olga, each at her own place. */
async function two(t, look = {}) {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const [maria, olga] = await Promise.all([device(t, chrome, look).open(), device(t, chrome, look).open()]);
  await signIn(maria.page, synapse, 'maria');
  await signIn(olga.page, synapse, 'olga');
  await openChat(maria.page);
  await openChat(olga.page);
  return { synapse, maria: maria.page, olga: olga.page, broken: [maria.broken, olga.broken] };
}

const field = (page) => page.getByLabel('Сообщение', { exact: true });

/** Opens the menu of a message and chooses. */
async function act(page, text, what) {
  await message(page, text).first().click({ button: 'right', position: { x: 4, y: 4 } });
  await page.getByRole('menuitem', { name: what }).click();
}

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
  const { maria, olga, broken } = await two(t);
  await say(maria, 'Расписание на неделю');
  await act(olga, 'Расписание на неделю', 'Ответить');
  await say(olga, 'Спасибо');
  await message(maria, 'Спасибо').getByText('Расписание на неделю').waitFor();
  await act(maria, 'Спасибо', 'Закрепить');
  await olga.getByRole('button', { name: /Закреплённое сообщение/ }).first().waitFor();
  await act(maria, 'Расписание на неделю', 'Удалить');
  await maria.getByRole('dialog').getByRole('button', { name: 'Удалить у всех' }).click();
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

test('a message asks to be acknowledged, and its author sees who has', async (t) => {
  const { maria, olga, broken } = await two(t);
  await field(maria).fill('Прошу ознакомиться с приказом');
  await maria.getByRole('button', { name: 'Попросить ознакомиться' }).click();
  await field(maria).press('Enter');
  await message(olga, 'с приказом').getByRole('button', { name: 'Ознакомлен' }).click();
  await message(olga, 'с приказом').getByText('Вы ознакомились').waitFor();
  const count = message(maria, 'с приказом').getByText('Ознакомились 1 из 1');
  await count.waitFor();
  await count.click();
  const report = maria.getByRole('dialog');
  await report.getByText('Ознакомились все').first().waitFor();
  assert.deepEqual(broken, [[], []]);
});

/** A picture of the blackboard, drawn by the browser. */
async function drawn(page) {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 400 });
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#1f5f4a';
    pen.fillRect(0, 0, 640, 400);
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(url.split(',')[1], 'base64');
}

test('a picture and a file go out with a caption and open on the other side', async (t) => {
  const { maria, olga, broken } = await two(t);
  const chooser = maria.waitForEvent('filechooser');
  await maria.getByRole('button', { name: 'Прикрепить' }).click();
  await maria.getByRole('menuitem', { name: 'Фото или видео' }).click();
  await (await chooser).setFiles({ name: 'доска.png', mimeType: 'image/png', buffer: await drawn(maria) });
  const dialog = maria.getByRole('dialog');
  await dialog.getByLabel('Подпись').fill('Что было на доске');
  await dialog.getByLabel('Подпись').press('Enter');
  const picture = message(olga, 'Что было на доске').getByRole('button', { name: /доска\.png/ });
  await picture.click();
  await olga.locator('dialog[open] img').first().waitFor();
  await olga.keyboard.press('Escape');

  const second = maria.waitForEvent('filechooser');
  await maria.getByRole('button', { name: 'Прикрепить' }).click();
  await maria.getByRole('menuitem', { name: 'Файл' }).click();
  await (await second).setFiles({ name: 'План.txt', mimeType: 'text/plain', buffer: Buffer.from('1. Вводная') });
  await maria.getByRole('dialog').getByRole('button', { name: 'Отправить' }).click();
  await message(olga, 'План.txt').waitFor();
  assert.deepEqual(broken, [[], []]);
});

test('a voice message is recorded, listened to and sent', async (t) => {
  const { maria, olga, broken } = await two(t, { permissions: ['microphone'] });
  await maria.getByRole('button', { name: 'Записать голосовое сообщение' }).click();
  await maria.getByText(/^0:02/).waitFor();
  await maria.getByRole('button', { name: 'Закончить и послушать' }).click();
  await maria.getByRole('button', { name: 'Слушать' }).first().waitFor();
  await maria.getByRole('button', { name: 'Отправить голосовое сообщение' }).click();
  await olga.getByRole('log').getByRole('button', { name: 'Слушать' }).waitFor();
  await maria.getByRole('log').getByLabel(/отправлено|прочитано/i).waitFor();
  assert.deepEqual(broken, [[], []]);
});

test('what was said long ago is found in another form of the word and opened', async (t) => {
  const { maria, olga, broken } = await two(t);
  await say(maria, 'Контрольная по дробям в среду');
  await message(olga, 'Контрольная по дробям').waitFor();
  for (let n = 1; n <= 40; n++) await say(maria, `дальше ${n}`);
  await message(olga, 'дальше 40').waitFor();
  await olga.keyboard.press('Control+f');
  await olga.keyboard.type('контрольной');
  await olga.getByRole('option', { name: /Контрольная/ }).waitFor();
  await olga.keyboard.press('Enter');
  await message(olga, 'Контрольная по дробям').waitFor();
  await olga.keyboard.press('Escape');
  await olga.getByRole('button', { name: 'К последним сообщениям' }).click();
  await message(olga, 'дальше 40').waitFor();
  assert.deepEqual(broken, [[], []]);
});
