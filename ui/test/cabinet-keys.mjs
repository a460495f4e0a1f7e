// Works the fake host's cabinet with the keyboard alone: needs `npm run preview:fake`. node test/cabinet-keys.mjs

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1024, height: 640 }, locale: 'ru-RU' });
const errors = [];
page.on('pageerror', (error) => errors.push(error.message));
const press = async (...keys) => { for (const key of keys) { await page.keyboard.press(key); await page.waitForTimeout(80); } };
const at = () => page.evaluate(() => { const e = document.activeElement; return e?.dataset.class ?? e?.dataset.to ?? e?.dataset.member ?? e?.getAttribute('aria-label') ?? e?.tagName; });
const chosen = () => page.locator('[role=toolbar] [role=status]').textContent({ timeout: 500 }).catch(() => null);
const title = () => page.locator('main h2').first().textContent();
await page.goto(`${process.env.PREVIEW ?? 'http://127.0.0.1:5199'}/test/preview.html?theme=light&cabinet&people=300`);
await page.getByRole('button', { name: /^Кабинет/ }).focus();
await press('Enter');
await page.locator('[data-class]').first().waitFor();

// Through the sections, by arrows and by numbers.
await page.locator('[data-to=classes]').focus();
await press('ArrowDown');
assert.equal(await at(), 'people');
await press('Home');
assert.equal(await title(), 'Информация');
await press('Control+4');
assert.equal(await title(), 'Администраторы');
await press('Control+2');
assert.equal(await title(), 'Классы и группы');

// Through the classes: choose a run, all, none; find; open and come back.
await press('Control+f');
await page.keyboard.type('2');
await page.waitForTimeout(100);
await press('ArrowDown');
const first = await at();
await press('Shift+ArrowDown');
assert.equal(await chosen(), 'Выбрано 2');
await press('Escape');
assert.equal(await chosen(), null);
await press('Control+a');
assert.equal(await chosen(), 'Выбрано 3');
await press('Escape', 'Escape');
assert.ok((await page.locator('[data-class]').count()) > 10);
await page.locator(`[data-class="${first}"]`).focus();
await press('Enter');
assert.equal(await title(), '2А');
assert.equal(await at(), 'К списку классов');
await press('Escape');
await page.waitForTimeout(100);
assert.equal(await at(), first);

// A step and the way back.
await press(' ');
await page.getByRole('button', { name: 'Удалить', exact: true }).focus();
await press('Enter');
await page.locator('dialog').getByRole('button', { name: 'Удалить' }).focus();
await press('Enter');
await page.waitForTimeout(150);
assert.equal(await page.locator(`[data-class="${first}"]`).count(), 0);
await page.getByRole('button', { name: 'Отменить' }).focus();
await press('Enter');
await page.waitForTimeout(150);
assert.equal(await page.locator(`[data-class="${first}"]`).count(), 1);

// Through the people: what is typed is found, and the arrows go on from the field into what was found for it.
await press('Control+3', 'Control+f');
const everybody = await page.locator('[data-person]').count();
await page.keyboard.type('щук');
await press('ArrowDown');
const found = await page.evaluate(() => document.activeElement.closest('.row')?.textContent ?? null);
assert.match(found, /Щукин/, `the first of those who were found: ${found}`);
assert.equal(await page.locator('.sorted').count(), 0, 'the best stands first, whatever the columns');
await press('Control+f', 'Escape');
assert.equal(await page.locator('[data-find]').inputValue(), '');
assert.equal(await page.locator('[data-person]').count(), everybody);
await press('Control+4');

// Whoever is appointed is found the same way; Enter means the answer, however quick it comes.
await page.getByRole('button', { name: 'Назначить' }).first().focus();
await press('Enter');
await page.keyboard.type('инженер');
await page.keyboard.press('Enter');
await page.waitForFunction(() => document.querySelector('dialog [aria-pressed=true]')?.textContent.includes('инженер'));
await press('Escape', 'Control+2');

// Cells of the grid.
await page.getByRole('button', { name: 'Создать классы' }).focus();
await press('Enter');
await page.getByRole('button', { name: 'Все 9-е классы' }).focus();
await press('ArrowRight', 'ArrowRight', 'ArrowRight', ' ', 'ArrowDown', ' ');
assert.equal((await page.locator('dialog button').last().textContent()).trim(), 'Создать 2 класса');
await press('Escape');
assert.equal(await page.locator('dialog').count(), 0);

assert.deepEqual(errors, []);
console.log('the keyboard reaches all of the cabinet');
await browser.close();
