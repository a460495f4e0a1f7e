import assert from 'node:assert/strict';
import { test } from 'node:test';
import { message } from './browser.mjs';
import { drawn, field, two } from './conversation.mjs';

/** Brings files to a part of the page as the clipboard or the hand does. */
const bring = (target, event, files, text = '') =>
  target.evaluate(
    (element, { event, files, text }) => {
      const data = new DataTransfer();
      if (text) data.setData('text/plain', text);
      for (const { name, mimeType, base64 } of files) data.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name, { type: mimeType }));
      const init = { bubbles: true, cancelable: true };
      const told = event === 'paste' ? new ClipboardEvent(event, { ...init, clipboardData: data }) : new DragEvent(event, { ...init, dataTransfer: data });
      element.dispatchEvent(told);
      return told.defaultPrevented;
    },
    { event, text, files: files.map(({ buffer, ...file }) => ({ ...file, base64: buffer.toString('base64') })) },
  );

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

test('a pasted picture is shown before it goes out, and a table is taken as its words', async (t) => {
  const { maria, olga, broken } = await two(t);
  const picture = { name: 'снимок.png', mimeType: 'image/png', buffer: await drawn(maria) };
  const dialog = maria.getByRole('dialog', { name: 'Отправить 1 фотографию' });
  // A spreadsheet gives its cells and a picture of them: the page takes no files, and the browser the words.
  assert.equal(await bring(field(maria), 'paste', [picture], 'Имя\tОценка'), false);
  assert.equal(await bring(field(maria), 'paste', [picture]), true);
  await dialog.getByRole('img', { name: 'снимок.png' }).waitFor();
  await dialog.getByRole('button', { name: 'Отмена' }).click();
  await dialog.waitFor({ state: 'detached' });

  await bring(field(maria), 'paste', [picture]);
  await dialog.getByLabel('Подпись').fill('Снимок экрана');
  await dialog.getByLabel('Подпись').press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const got = message(olga, 'Снимок экрана');
  await got.getByRole('button', { name: /снимок\.png/ }).waitFor();
  await message(maria, 'Снимок экрана').getByLabel(/отправлено|прочита(?:но|л)/i).waitFor();
  // What was called off has not gone out.
  assert.equal(await olga.getByRole('log').getByRole('button', { name: /снимок\.png/ }).count(), 1);
  assert.deepEqual(broken, [[], []]);
});

test('files dropped on a conversation are shown, one is taken out, and the others go out with a caption', async (t) => {
  const { maria, olga, broken } = await two(t);
  const text = (name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
  const files = [text('Меню.txt'), text('Лишнее.txt'), text('Список.txt')];
  const conversation = maria.getByRole('log');
  assert.equal(await bring(conversation, 'dragover', files), true);
  await maria.getByText('Отпустите файлы здесь').waitFor();
  assert.equal(await bring(conversation, 'drop', files), true);
  await maria.getByText('Отпустите файлы здесь').waitFor({ state: 'detached' });
  const dialog = maria.getByRole('dialog');
  await dialog.getByRole('heading', { name: 'Отправить 3 файла' }).waitFor();
  await dialog.getByRole('button', { name: 'Убрать: Лишнее.txt' }).click();
  await dialog.getByRole('heading', { name: 'Отправить 2 файла' }).waitFor();
  await dialog.getByLabel('Подпись').fill('К экскурсии');
  await dialog.getByRole('button', { name: 'Отправить', exact: true }).click();
  for (const name of ['Меню.txt', 'Список.txt']) await message(olga, name).waitFor();
  await message(olga, 'К экскурсии').waitFor();
  assert.equal(await message(olga, 'Лишнее.txt').count(), 0);

  // Outside of a conversation they do nothing, and never lead out of the app.
  assert.equal(await bring(maria.getByRole('navigation').first(), 'drop', files), true);
  await field(maria).fill('ещё здесь');
  assert.equal(await dialog.count(), 0);
  assert.deepEqual(broken, [[], []]);
});
