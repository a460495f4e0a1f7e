// Makes a chat, goes through 4,000 members and finds messages with the fake host's window: needs `npm run preview:fake`.
// node test/finding.mjs

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' });
const errors = [];
page.on('pageerror', (error) => errors.push(error.message));
const chat = () => page.locator('main header h2').textContent();
const focused = () => page.evaluate(() => document.activeElement?.tagName);

await page.goto(`${process.env.BASE ?? 'http://127.0.0.1:5199'}/test/preview.html?theme=light`);
await page.locator('[data-chat]').first().waitFor();

// The panel of a chat of 4,000 keeps few rows alive, and finds anybody in it.
await page.evaluate(() => window.host.details.setPeople('!staff', Array.from({ length: 4000 }, (_, i) => ({ id: `@q${i}:x`, name: `Участник Номер ${i}`, avatar: null }))));
await page.locator('[data-chat="!staff"]').click();
await page.locator('main header h2 button').click();
await page.locator('[data-member]').first().waitFor();
await page.locator('.panel .scroll').evaluate((scroll) => (scroll.scrollTop = scroll.scrollHeight));
await page.locator('[data-member="@q3999:x"]').waitFor();
assert.ok((await page.locator('[data-member]').count()) < 40);
await page.getByLabel('Найти участника').fill('номер 17');
await page.locator('[data-member="@q17:x"]').waitFor();
await page.keyboard.press('Escape');
await page.locator('.panel').waitFor({ state: 'detached' });

// A group, by keys alone.
await page.keyboard.press('Control+n');
await page.waitForFunction(() => document.activeElement?.closest('.kinds'));
await page.keyboard.press('Tab');
await page.keyboard.press('Enter');
await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox');
await page.keyboard.type('волков');
await page.locator('dialog [role=option]').nth(1).waitFor();
await page.locator('dialog [role=option]').nth(2).waitFor({ state: 'detached' });
await page.keyboard.press('Enter');
await page.getByRole('button', { name: 'Дальше' }).click();
await page.getByLabel('Название').waitFor();
await page.keyboard.type('Поход');
await page.keyboard.press('Enter');
await page.locator('main header h2', { hasText: 'Поход' }).waitFor();

// A message found anywhere opens its chat there.
await page.locator('aside search input').fill('удобнее собрание');
await page.locator('aside mark').first().waitFor();
await page.keyboard.press('Enter');
await page.getByRole('log').getByText('Когда удобнее собрание?').waitFor();
assert.notEqual(await chat(), 'Поход');

// Through the hits of one chat, and back to writing.
await page.keyboard.press('Control+f');
await page.keyboard.type('музей');
await page.locator('main mark').first().waitFor();
await page.keyboard.press('Enter');
await page.keyboard.press('Enter');
assert.match(await page.locator('main .count').textContent(), /^2 из \d+/);
await page.keyboard.press('Escape');
await page.locator('main search').waitFor({ state: 'detached' });
await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
assert.equal(await focused(), 'TEXTAREA');

assert.deepEqual(errors, []);
console.log('found');
await browser.close();
