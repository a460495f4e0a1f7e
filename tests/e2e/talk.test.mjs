import assert from 'node:assert/strict';
import { test } from 'node:test';
import { server } from '../support/programs.mjs';
import { browser, CHAT, device, message, openChat, say, signIn } from './browser.mjs';

test('two people talk in two browsers through two bridges', async (t) => {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const [school, home] = await Promise.all([device(t, chrome).open(), device(t, chrome).open()]);
  await signIn(school.page, synapse, 'maria');
  await signIn(home.page, synapse, 'olga');
  await openChat(school.page);
  await openChat(home.page);

  await say(school.page, 'Завтра собрание в 18:30');
  await message(home.page, 'Завтра собрание в 18:30').waitFor();
  await say(home.page, 'Спасибо, приду');
  await message(school.page, 'Спасибо, приду').waitFor();
  // The first page has been seen by the other one.
  await message(school.page, 'Завтра собрание').getByLabel(/прочита(?:но|л)/i).waitFor();
  assert.deepEqual([...school.broken, ...home.broken], []);
});

test('what is written without a network waits, survives a killed bridge, and arrives once', async (t) => {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const place = device(t, chrome);
  const before = await place.open();
  await signIn(before.page, synapse, 'maria');
  await openChat(before.page);
  await say(before.page, 'до обрыва');
  await message(before.page, 'до обрыва').getByLabel(/отправлено/i).waitFor();
  await synapse.ask('kill');
  await before.page.getByText(/Нет связи с/).waitFor();
  for (const text of ['раз', 'два', 'три']) await say(before.page, text);
  await before.page.getByText('3 сообщения ждут отправки').waitFor();
  await before.close();

  const after = await place.open();
  await after.page.getByRole('listitem').filter({ hasText: CHAT }).first().waitFor();
  await openChat(after.page);
  await message(after.page, 'три').waitFor();
  await after.page.getByText('3 сообщения ждут отправки').waitFor();
  await synapse.ask('restart');
  // The line about the connection goes before the last message has: each says itself that it is there.
  for (const text of ['раз', 'два', 'три']) await message(after.page, text).getByLabel(/отправлено|прочита(?:но|л)/i).waitFor();
  assert.deepEqual(await synapse.ask('texts'), ['до обрыва', 'раз', 'два', 'три']);
  assert.deepEqual(after.broken, []);
});

test('mistakes at the sign-in are sentences, and what was typed stays', async (t) => {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const { page, broken } = await device(t, chrome).open();
  await page.getByLabel('Сервер').fill('http://127.0.0.1:1');
  await page.getByRole('button', { name: 'Дальше' }).click();
  await page.getByText('Такого сервера нет.').waitFor();
  await page.getByLabel('Сервер').fill(synapse.url);
  await page.getByRole('button', { name: 'Дальше' }).click();
  await page.getByLabel('Имя пользователя').fill('maria');
  await page.getByLabel('Пароль', { exact: true }).fill('неверный');
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await page.getByText('Имя или пароль не подходят.').waitFor();
  assert.equal(await page.getByLabel('Имя пользователя').inputValue(), 'maria');
  assert.deepEqual(broken, []);
});

test('a session ended elsewhere asks to sign in again and keeps the draft', async (t) => {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const { page, broken } = await device(t, chrome).open();
  await signIn(page, synapse, 'maria');
  await openChat(page);
  await page.getByLabel('Сообщение', { exact: true }).fill('Не забыть про экскурсию');
  await page.getByLabel('Люди, чаты, сообщения').first().click();
  await synapse.ask('end-sessions maria');
  await page.getByText('Сеанс завершён на сервере').waitFor();
  await page.getByLabel('Пароль', { exact: true }).fill(synapse.password);
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await openChat(page);
  assert.equal(await page.getByLabel('Сообщение', { exact: true }).inputValue(), 'Не забыть про экскурсию');
  assert.deepEqual(broken, []);
});

test('the keyboard alone signs in, finds a chat and writes', async (t) => {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const { page, broken } = await device(t, chrome).open();
  await page.getByLabel('Сервер').waitFor();
  await page.keyboard.type(synapse.url);
  await page.keyboard.press('Enter');
  await page.getByLabel('Имя пользователя').waitFor();
  await page.keyboard.type('maria');
  await page.keyboard.press('Tab');
  await page.keyboard.type(synapse.password);
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: CHAT }).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('родит');
  await page.keyboard.press('Enter');
  await page.getByLabel('Сообщение', { exact: true }).waitFor();
  await page.keyboard.type('Без мыши');
  await page.keyboard.press('Enter');
  await message(page, 'Без мыши').waitFor();
  assert.deepEqual(broken, []);
});
