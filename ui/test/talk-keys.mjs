// Works what one does in a conversation with the keyboard alone: needs `npm run preview:fake`. node test/talk-keys.mjs

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({ executablePath: process.env.PARTA_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU', reducedMotion: 'reduce' });
const errors = [];
page.on('pageerror', (error) => errors.push(error.message));
const at = () => page.evaluate(() => { const e = document.activeElement; return e === document.body ? 'nowhere' : e.dataset.message ? 'message' : (e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent.trim().slice(0, 40) ?? e.getAttribute('placeholder') ?? e.textContent.trim().slice(0, 40)); });
const press = async (...keys) => { for (const key of keys) { await page.keyboard.press(key); await page.waitForTimeout(120); } };
const dialogs = () => page.locator('dialog[open]').count();
const begin = async () => {
  await page.goto(`${process.env.PREVIEW ?? 'http://127.0.0.1:5199'}/test/preview.html?theme=light`);
  await page.locator('[data-chat="!parents5a"]').click();
  await page.locator('[data-message]').first().waitFor();
  await page.waitForTimeout(400);
};
const message = async (text) => (await page.getByRole('log').locator('[data-message]').filter({ hasText: text }).last().focus(), page.waitForTimeout(100));
const menu = async (text, item) => {
  await message(text);
  await press(' ');
  await page.getByRole('menuitem', { name: item }).focus();
  await press('Enter');
};
/** Where the focus is: nobody who works by keys may be left nowhere. */
const check = async (name, wanted) => {
  const now = await at();
  if (wanted instanceof RegExp) assert.match(now, wanted, name);
  else assert.equal(now, wanted, name);
};

await begin();
for (const [item, closes] of [[/Прочитали/, 'Escape'], ['Переслать', 'Escape'], ['Удалить', 'Escape']]) {
  await menu('Отличный план', item);
  assert.equal(await dialogs(), 1);
  await press(closes);
  assert.equal(await dialogs(), 0);
  await check(`Escape from ${item}`, 'message');
}
await menu('Отличный план', 'Удалить');
await page.getByRole('button', { name: 'Удалить у всех' }).focus();
await press('Enter');
await page.waitForTimeout(300);
await check('after deleting one', /message|Сообщение|Сообщения/);

await menu('А деньги', 'Выбрать');
await press('Shift+ArrowUp');
await check('selecting', 'message');
await page.getByRole('button', { name: 'Снять выделение' }).focus();
await press('Enter');
await check('leaving the selection', /message|Сообщение/);
await menu('А деньги', 'Выбрать');
await page.getByRole('button', { name: 'Переслать' }).focus();
await press('Enter', 'Enter');
await page.keyboard.press('Control+Enter');
await page.waitForTimeout(500);
await check('after forwarding the chosen', /message|Сообщение/);

// Reactions: from the menu to all of them, and back.
await begin();
await message('Отличный план');
await press(' ', 'ArrowUp');
await page.getByRole('button', { name: 'Другие реакции' }).focus();
await press('Enter');
await check('all reactions', 'Найти эмодзи');
await press('Escape');
await check('back from all reactions', 'message');

// Pins.
await page.getByRole('button', { name: 'Все закреплённые сообщения' }).focus();
await press('Enter');
await page.getByRole('button', { name: 'Открепить' }).first().focus();
await press('Enter');
await page.waitForTimeout(200);
await check('after unpinning one', 'Открепить');
await page.getByRole('button', { name: 'Открепить' }).last().focus();
await press('Enter');
await page.waitForTimeout(200);
await check('after unpinning the last', 'Открепить');
await press('Enter');
await page.waitForTimeout(200);
await check('after unpinning all', 'Закрыть');
await press('Escape');
await check('out of the pins', /Сообщение|message/);

// Acknowledgement.
await begin();
await page.locator('[data-message]').filter({ hasText: 'Приказ о дежурстве' }).getByRole('button', { name: /Ознакомились/ }).focus();
await press('Enter');
await page.getByText('Никита Фёдоров').waitFor();
await page.getByRole('button', { name: /^Напомнить \d/ }).focus();
await press('Enter');
await check('the reminder', /^Личным сообщением/);
await page.getByRole('button', { name: 'Назад', exact: true }).focus();
await press('Enter');
await check('back from the reminder', /^Напомнить/);
await press('Enter');
await page.getByRole('button', { name: 'Напомнить', exact: true }).focus();
await press('Enter');
await page.waitForTimeout(300);
await check('after reminding', 'Сохранить список');
await press('Escape');
assert.equal(await dialogs(), 0);
await check('out of the report', /^Ознакомились/);

// Poll.
await begin();
await page.getByRole('button', { name: 'Прикрепить' }).focus();
await press('Enter');
await page.getByRole('menuitem', { name: 'Опрос' }).focus();
await press('Enter');
await page.keyboard.insertText('Вопрос');
await press('Tab');
for (const answer of ['раз', 'два', 'три']) {
  await page.keyboard.insertText(answer);
  await press('Enter');
}
await page.getByRole('button', { name: 'Убрать ответ 2' }).focus();
await press('Enter');
await check('an answer removed', /^Ответ 2|^Убрать ответ 2/);
await press('Escape');
await check('out of the poll', /Прикрепить|Сообщение/);

// About the chat.
await page.getByRole('button', { name: 'О чате', exact: true }).focus();
await press('Enter');
await page.waitForTimeout(200);
await check('about the chat', 'О чате');
await page.getByRole('button', { name: 'Медиа, файлы и ссылки' }).focus();
await press('Enter');
await check('what was sent', /Медиа|Назад|О чате/);
await press('Escape');
await check('back to the chat', 'Медиа, файлы и ссылки');
await page.getByRole('button', { name: 'Добавить людей' }).focus();
await press('Enter');
await page.waitForTimeout(200);
await check('adding', 'Имя, класс или предмет');
await press('Escape');
await check('not adding', 'Добавить людей');
await page.getByLabel('Найти участника').focus();
await page.keyboard.insertText('Константин');
await page.waitForTimeout(200);
await page.locator('[data-member]').first().focus();
await press('Enter');
await page.getByRole('menuitem', { name: 'Удалить из чата' }).focus();
await press('Enter');
await check('removing', 'Причина');
await press('Enter');
await page.waitForTimeout(400);
await check('after removing', 'О чате');
await press('Escape');
await check('out of what is about the chat', 'Сообщение');

// The calendar.
await begin();
await page.getByRole('button', { name: 'Ещё о чате' }).focus();
await press('Enter');
await page.getByRole('menuitem', { name: 'Перейти к дате' }).focus();
await press('Enter');
await page.waitForTimeout(200);
await check('the calendar', /^\d+ \S+ \d{4}/);
await press('PageUp', 'Escape');
await check('out of the calendar', /Ещё о чате|Сообщени/);
await page.getByRole('button', { name: /эмодзи/i }).first().focus();
await press('Enter');
await page.waitForTimeout(200);
await check('emoji', 'Найти эмодзи');
await press('Escape');
await check('out of the emoji', /эмодзи|Сообщение/i);
assert.deepEqual(errors, []);
console.log('the keyboard alone is enough');
await browser.close();
