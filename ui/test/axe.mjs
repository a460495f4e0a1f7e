// Runs axe over the screens of the fake host: needs `npm run preview:fake`. node test/axe.mjs [cabinet]

import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { CABINET } from './cabinet-screens.mjs';
import { CONTACTS } from './contacts-screens.mjs';
import { CARD } from './card-screens.mjs';
import { PEOPLE } from './people-screens.mjs';
import { QUICK } from './quick-screens.mjs';
import { TALK } from './talk-screens.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const browser = await chromium.launch({ executablePath: process.env.PARTA_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const open = (id) => async (page) => {
  await page.locator(`[data-chat="${id}"]`).click();
  await page.waitForTimeout(500);
};
const menu = async (page) => {
  await open('!parents5a')(page);
  // The newest message that the server has: others can't be forwarded.
  for (let i = 1; i < 8; i++) {
    await page.locator('[data-message]').nth(-i).focus();
    await page.keyboard.press(' ');
    if (await page.getByRole('menuitem', { name: 'Переслать' }).count()) return;
    await page.keyboard.press('Escape');
  }
};
const head = (name) => async (page) => {
  await open('!parents5a')(page);
  await page.getByRole('button', { name }).first().click();
  await page.waitForTimeout(400);
};
const screens = [
  ['screen=welcome'],
  ['screen=choose'],
  ['screen=enter'],
  ['screen=ended'],
  ['offline=1'],
  ['compact=1', open('!staff')],
  ['', open('!parents5a')],
  ['', async (page) => (await open('!parents5a')(page), await page.locator('[role=log]').evaluate((e) => (e.scrollTop -= 1500)), await page.waitForTimeout(300))],
  ['', open('!invite')],
  ['', (page) => page.getByRole('button', { name: 'Настройки' }).click()],
  ['', (page) => page.getByRole('button', { name: 'Новый чат' }).first().click()],
  ['', menu],
  ['', async (page) => (await menu(page), await page.getByRole('menuitem', { name: 'Удалить' }).click())],
  ['', async (page) => (await menu(page), await page.getByRole('menuitem', { name: 'Переслать' }).click())],
  ['', async (page) => (await menu(page), await page.getByRole('menuitem', { name: 'Выбрать' }).click())],
  ['', head('О чате')],
  ['', head('Поиск в этом чате')],
  ['', async (page) => (await open('!parents5a')(page), await page.getByRole('button', { name: /смайлик|эмодзи/i }).first().click())],
  ...Object.values({ ...CABINET, ...PEOPLE, ...CONTACTS, ...QUICK, ...CARD, ...TALK }).map(({ query, act }) => [query, act]),
].filter(([query]) => !process.argv[2] || query.includes(process.argv[2]));
let found = 0;
for (const theme of ['light', 'dark'])
  for (const [query, act] of screens) {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', bypassCSP: true })).newPage();
    await page.goto(`${process.env.PREVIEW ?? 'http://127.0.0.1:5199'}/test/preview.html?theme=${theme}&${query}`);
    await page.waitForTimeout(400);
    await act?.(page);
    await page.waitForTimeout(200);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    for (const v of violations) {
      found++;
      console.log(theme, query, v.impact, v.id, v.nodes.length, v.nodes[0].html.slice(0, 140), v.nodes[0].failureSummary?.split('\n')[1]?.slice(0, 140));
    }
    await page.context().close();
  }
console.log(found ? `${found} findings` : 'no findings');
await browser.close();
process.exitCode = found ? 1 : 0;
