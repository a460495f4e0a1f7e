// Takes pictures of every screen from the fake host: `npm run preview:fake` in one shell, this in another.
// node test/screens.mjs OUT [name…]

import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { CABINET } from './cabinet-screens.mjs';
import { CONTACTS } from './contacts-screens.mjs';
import { CARD } from './card-screens.mjs';
import { PEOPLE } from './people-screens.mjs';
import { QUICK } from './quick-screens.mjs';
import { TALK } from './talk-screens.mjs';

const [out = '.', ...only] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const BASE = `${process.env.PREVIEW ?? 'http://127.0.0.1:5199'}/test/preview.html`;
const pick = (id) => async (page) => {
  await page.locator(`[data-chat="${id}"]`).click();
  await page.locator('[data-message]').first().waitFor({ timeout: 3000 }).catch(() => {});
};
const type = (values) => async (page) => {
  for (const [name, value] of Object.entries(values)) await page.locator(`input[name="${name}"]`).fill(value);
  await page.locator('button[type=submit]').click();
};

export const SCREENS = {
  welcome: { query: 'screen=welcome' },
  nowhere: { query: 'screen=welcome', act: type({ server: 'none.example' }) },
  signin: { query: 'screen=welcome', act: type({ server: 'school1.example' }) },
  wrong: { query: 'screen=welcome', act: async (page) => (await type({ server: 'school1.example' })(page), await type({ user: 'olga', password: 'nope' })(page)) },
  many: { query: 'screen=welcome', act: async (page) => (await type({ server: 'school1.example' })(page), await type({ user: 'olga', password: 'many' })(page)) },
  demo: { query: 'screen=welcome&demo=1' },
  again: { query: 'screen=again' },
  choose: { query: 'screen=choose' },
  enter: { query: 'screen=enter' },
  over: { query: 'screen=over', act: (page) => page.locator('button').first().click() },
  ended: { query: 'screen=ended' },
  list: { query: 'offline=1' },
  skeleton: { query: 'slow=60000' },
  compact: { query: 'compact=1', act: pick('!staff') },
  conversation: { query: '', act: pick('!parents5a') },
  bottom: { query: '', act: async (page) => (await pick('!parents5a')(page), await page.locator('button.latest').click({ timeout: 2000 }).catch(() => {})) },
  higher: { query: '', act: async (page) => (await pick('!parents5a')(page), await page.locator('[role=log]').evaluate((e) => (e.scrollTop -= 900))) },
  highest: { query: '', act: async (page) => (await pick('!parents5a')(page), await page.locator('[role=log]').evaluate((e) => (e.scrollTop -= 1900))) },
  direct: { query: '', act: pick('!maria') },
  empty: { query: '', act: pick('!empty') },
  invite: { query: '', act: pick('!invite') },
  ...QUICK,
  nothing: { query: '', act: (page) => page.locator('search input').fill('нетакого') },
  settings: { query: '', act: (page) => page.getByRole('button', { name: 'Настройки' }).click() },
  signout: { query: 'offline=1', act: async (page) => (await page.locator('nav .me').click(), await page.getByRole('menuitem').last().click()) },
  viewer: { query: '', act: async (page) => (await pick('!parents5a')(page), await page.locator('[role=log]').evaluate((e) => (e.scrollTop -= 1500)), await page.waitForTimeout(200), await page.locator('.frame button').first().click()) },
  ...CABINET,
  ...PEOPLE,
  ...CONTACTS,
  ...CARD,
  ...TALK,
};

const browser = await chromium.launch({ executablePath: process.env.PARTA_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const looks = [
  { name: 'light', query: 'theme=light', width: 1280, height: 800 },
  { name: 'dark', query: 'theme=dark', width: 1280, height: 800 },
  { name: 'small', query: 'theme=light', width: 1024, height: 640 },
  { name: 'narrow', query: 'theme=light', width: 720, height: 640 },
  { name: 'zoom', query: 'theme=light', width: 640, height: 400, scale: 2 },
].filter((look) => !process.env.LOOKS || process.env.LOOKS.split(',').includes(look.name));
for (const look of looks) {
  const context = await browser.newContext({ viewport: { width: look.width, height: look.height }, deviceScaleFactor: look.scale ?? 1, locale: 'ru-RU', timezoneId: 'Europe/Moscow', reducedMotion: 'reduce' });
  for (const [name, screen] of Object.entries(SCREENS)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const page = await context.newPage();
    page.on('pageerror', (error) => console.log(`${look.name}-${name}: ${error.message}`));
    page.on('console', (line) => line.type() === 'error' && !line.text().includes('404') && console.log(`${look.name}-${name}: ${line.text()}`));
    await page.goto(`${BASE}?${screen.query}&${look.query}`);
    await page.waitForTimeout(name === 'skeleton' ? 500 : 250);
    await Promise.resolve(screen.act?.(page)).catch((error) => console.log(`${look.name}-${name}: ${error.message.split('\n')[0]}`));
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${out}/${look.name}-${name}.png` });
    await page.close();
  }
  await context.close();
}
await browser.close();
