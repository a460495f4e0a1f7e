// Works the fake host's window with the keyboard alone: needs `npm run preview:fake`. node test/keyboard.mjs

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({ executablePath: process.env.PARTA_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1024, height: 640 }, locale: 'ru-RU' });
const errors = [];
page.on('pageerror', (error) => errors.push(error.message));
const at = () => page.evaluate(() => { const e = document.activeElement; return e?.dataset.chat ?? (e?.dataset.message ? 'message' : (e?.getAttribute('role') ?? e?.tagName)); });
const chat = () => page.locator('main header h2').textContent({ timeout: 3000 });
const press = async (...keys) => { for (const key of keys) { await page.keyboard.press(key); await page.waitForTimeout(80); } };
const go = (query) => page.goto(`${process.env.PREVIEW ?? 'http://127.0.0.1:5199'}/test/preview.html?theme=light&${query}`).then(() => page.waitForTimeout(500));

// Sign in.
await go('screen=welcome');
await page.keyboard.type('school1.example');
await press('Enter');
await page.waitForTimeout(200);
await page.keyboard.type('olga');
await press('Tab');
await page.keyboard.type('parta');
await press('Enter');
await page.locator('[data-chat]').first().waitFor();
await page.waitForTimeout(200);
assert.equal(await page.evaluate(() => document.documentElement.dataset.ready), 'live');

// Move through the chats.
await press('Alt+ArrowDown');
assert.equal(await chat(), '5 «А» · родители');
assert.equal(await at(), 'TEXTAREA', 'the field is ready');
await press('Alt+ArrowDown');
assert.equal(await chat(), 'Учительская');
await press('Alt+Shift+ArrowDown', 'Alt+Shift+ArrowDown');
assert.equal(await chat(), 'Мария Петровна Щукина', 'the invitation and then the next unread one');
await press('Alt+ArrowUp', 'Alt+ArrowUp');
assert.equal(await chat(), 'Учительская');

// Quick switch, also with another layout of the keyboard.
await press('Control+k');
await page.keyboard.type('род ком');
await press('Enter');
await page.waitForTimeout(200);
assert.equal(await chat(), 'Родительский комитет');
assert.equal(await at(), 'TEXTAREA');
await press('Control+k', 'Escape');
assert.equal(await page.locator('dialog[open]').count(), 0);

// Quick switch through chats, people and messages; the arrows go over all of them, the text keeps its own keys.
const marked = () => page.locator('dialog [aria-selected=true]');
const kinds = () => page.locator('dialog [role=group]').evaluateAll((groups) => groups.map((group) => document.getElementById(group.getAttribute('aria-labelledby')).textContent));
const active = () => page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent ?? null);
await press('Control+k');
assert.deepEqual(await kinds(), ['Чаты']);
await page.keyboard.type('мар');
await page.locator('dialog mark').first().waitFor();
await page.locator('dialog .all').waitFor();
assert.deepEqual(await kinds(), ['Чаты', 'Люди', 'Сообщения']);
assert.match(await active(), /Мария/);
await press('ArrowUp');
assert.match(await active(), /Мария/, 'there is nothing above the first row');
for (let i = 0; i < 5; i++) await press('ArrowDown');
assert.equal(await page.locator('dialog .person[aria-selected=true]').count(), 1, 'the arrows go on from the chats to the people');
await press('Home');
assert.equal(await page.evaluate(() => document.activeElement.selectionStart), 0, 'Home belongs to the text');
assert.equal(await page.locator('dialog .person[aria-selected=true]').count(), 1);
for (let i = 0; i < 6; i++) await press('PageDown');
assert.equal(await active(), 'Все сообщения с «мар»');
assert.equal(await marked().count(), 1);
await press('Enter');
assert.equal(await page.locator('aside search input').inputValue(), 'мар', 'all messages are looked for in the list of chats');
await press('Escape');
await press('Control+k');
await page.keyboard.type('фролов');
await press('Enter');
await page.waitForFunction(() => document.querySelector('main header h2')?.textContent.includes('Фролов'));
const frolov = await chat();
assert.equal(await at(), 'TEXTAREA');

// It opens over any place, and what is chosen is shown among the chats.
await page.locator('nav button', { hasText: 'Настройки' }).focus();
await press('Enter', 'Control+k', 'Escape');
assert.equal(await page.locator('h1').textContent(), 'Настройки', 'Escape leaves everything as it was');
await press('Control+k');
await page.keyboard.type('фролов');
await press('Enter');
await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
assert.equal(await chat(), frolov, 'the chat that was open anyway');
await page.locator('nav button', { hasText: 'Настройки' }).focus();
await press('Enter', 'Control+k');
await page.keyboard.type('удобнее собрание');
await press('Enter');
await page.getByRole('log').getByText('Когда удобнее собрание?').first().waitFor();
await press('Control+k');
await page.keyboard.type('род ком');
await press('Enter');
await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
assert.equal(await chat(), 'Родительский комитет');

// Write, answer, take the answer back.
await page.keyboard.type('Привет');
await press('Shift+Enter');
await page.keyboard.type('всем');
await press('Enter');
await page.waitForTimeout(600);
assert.match(await page.locator('article').last().innerText(), /Привет\s+всем/);
await page.locator('[role=log]').focus();
await press('ArrowUp', 'ArrowUp', 'ArrowUp');
assert.equal(await at(), 'message');
await press('ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp');
await press('Enter');
assert.equal(await at(), 'TEXTAREA');
assert.equal(await page.locator('footer .bar').count(), 1);
await press('Escape');
assert.equal(await page.locator('footer .bar').count(), 0);

// The list by arrows, the filter, the menu of the person, the settings.
await page.locator('search input').focus();
await page.keyboard.type('школа');
await press('ArrowDown', 'Enter');
await page.waitForTimeout(100);
assert.equal(await chat(), 'Школа № 1 · новости');
await page.locator('search input').focus();
await press('Escape');
assert.equal(await page.locator('search input').inputValue(), '');
// Past what stands between the field and the list.
for (let i = 0; i < 8 && !(await at()).startsWith('!'); i++) await press('Tab');
await press('End');
await page.waitForTimeout(200);
const last = await at();
assert.ok(last.startsWith('!'), `the last chat has the focus: ${last}`);
await page.locator('nav .me').focus();
await press('Enter', 'ArrowDown', 'Escape');
assert.equal(await page.locator('[role=menu]').count(), 0);
await page.getByRole('button', { name: 'Настройки' }).focus();
await press('Enter');
assert.equal(await page.locator('h1').textContent(), 'Настройки');
await press('Escape');
assert.equal(await page.locator('h1').textContent(), 'Чаты');

// Every stop of Tab shows where it is.
const stops = new Set();
for (let i = 0; i < 40; i++) {
  await page.keyboard.press('Tab');
  const stop = await page.evaluate(() => {
    const e = document.activeElement;
    const holder = e.closest('search, .frame, .box, .field') ?? e;
    const s = getComputedStyle(e);
    const h = getComputedStyle(holder);
    return { name: e.getAttribute('aria-label') ?? e.textContent.trim().slice(0, 24) ?? e.tagName, html: e.outerHTML.slice(0, 200), seen: e === document.body || s.outlineStyle !== 'none' || getComputedStyle(e, '::after').outlineStyle !== 'none' || h.boxShadow !== 'none' };
  });
  stops.add(stop.name);
  assert.ok(stop.seen, `the focus on «${stop.name}» can be seen: ${stop.html}`);
}
console.log([...stops].join(' | ').slice(0, 900));
assert.deepEqual(errors, []);
console.log('the keyboard alone is enough');
await browser.close();
