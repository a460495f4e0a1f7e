// Works «Контакты» of the fake host with the keyboard alone: needs `npm run preview:fake`. node test/contacts-keys.mjs

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1024, height: 640 }, locale: 'ru-RU' });
const errors = [];
page.on('pageerror', (error) => errors.push(error.message));
const press = async (...keys) => { for (const key of keys) { await page.keyboard.press(key); await page.waitForTimeout(80); } };
const field = page.getByRole('combobox', { name: 'Найти контакт' });
const at = () => page.evaluate(() => { const e = document.activeElement; return e?.getAttribute('aria-label') ?? e?.textContent?.trim() ?? e?.tagName; });
/** The option that is marked, as a screen reader is told. */
const marked = () => page.evaluate(() => { const id = document.activeElement?.getAttribute('aria-activedescendant'); return (id && document.getElementById(id)?.getAttribute('aria-posinset')) ?? null; });
const open = () => page.locator('[role=option][aria-selected=true]').getAttribute('aria-posinset', { timeout: 500 }).catch(() => null);
const count = () => page.locator('aside [role=status]').first().textContent();
await page.goto(`${process.env.PREVIEW ?? 'http://127.0.0.1:5199'}/test/preview.html?theme=light&people=10000`);
await page.getByRole('button', { name: 'Контакты' }).focus();
await press('Enter');
await page.locator('[data-contact]').first().waitFor();
assert.equal(await at(), 'Найти контакт');

// Through the list from the field, to its very end and back.
assert.equal(await marked(), null);
await press('ArrowDown', 'ArrowDown', 'PageDown');
assert.equal(await marked(), '12');
await press('ArrowUp');
assert.equal(await marked(), '11');
await press('End');
await page.waitForTimeout(300);
const last = await marked();
assert.ok(Number(last) > 9_500, `the last of all: ${last}`);
assert.equal(await page.locator(`[role=option][aria-posinset="${last}"] [data-contact]`).count(), 1, 'it has come');
await press('Home', 'ArrowDown', 'Enter');
assert.equal(await open(), '2');
await press('Escape');
assert.equal(await open(), null);

// In the list itself; whoever goes on typing is in the field again.
assert.equal(await at(), 'Найденные люди');
await press('ArrowDown', 'ArrowDown');
assert.equal(await marked(), '4');
await page.keyboard.type('5а мат');
await page.waitForTimeout(200);
assert.equal(await field.inputValue(), '5а мат');
assert.equal(await marked(), '1');
assert.ok((await page.locator('mark').count()) > 1);

// The filters: by arrows, and the chips that drop them.
const found = await count();
await press('Tab', 'Tab');
assert.match(await at(), /^Все роли и классы/);
await press('Enter');
await page.waitForTimeout(100);
assert.match(await at(), /^Учителя\s*\d+$/);
await press(' ');
await page.waitForTimeout(100);
assert.notEqual(await count(), found);
await press('ArrowRight');
assert.match(await at(), /^Сотрудники/);
await press('Escape');
assert.match(await at(), /^Все роли и классы/);
await press('Control+f', 'Escape');
assert.equal(await field.inputValue(), '', 'the words go');
assert.equal(await page.locator('.chosen .chip').count(), 1, 'the filters stay');
await page.getByRole('button', { name: 'Убрать фильтр: Учителя' }).focus();
await press('Enter');
assert.equal(await page.locator('.chosen .chip').count(), 0);

// Whatever is pasted.
await field.fill('ы"»<b>😀‏שלום '.repeat(800));
await page.waitForTimeout(200);
assert.equal(await page.getByText('Никого не нашлось').last().isVisible(), true);
await field.focus();
await press('Escape');

// Writes to somebody at once.
await page.keyboard.type('щукин');
await page.waitForTimeout(200);
await press('ArrowDown', 'Control+Enter');
await page.waitForTimeout(500);
assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
assert.equal(await page.locator('nav [aria-current=page]').innerText().then((text) => text.includes('Чаты')), true);

// What was looked for is still there.
await page.getByRole('button', { name: 'Контакты' }).focus();
await press('Enter');
await page.waitForTimeout(200);
assert.equal(await field.inputValue(), 'щукин');

// In a narrow window the card comes instead of the list, and the keys lead back.
await page.setViewportSize({ width: 640, height: 400 });
await press('Control+f', 'Enter');
await page.waitForTimeout(100);
assert.equal(await at(), 'К списку людей');
assert.equal(await page.locator('[data-contact]').first().isVisible(), false);
await press('Escape');
await page.waitForTimeout(100);
assert.equal(await page.locator('[data-contact]').first().isVisible(), true);
assert.equal(await at(), 'Найденные люди');

assert.deepEqual(errors, []);
console.log('the keyboard reaches all of the contacts');
await browser.close();
