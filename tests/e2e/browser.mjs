// A person at a browser: a bridge with a profile of its own, and the page it serves.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { folder, program } from '../support/programs.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** What does not show itself within this does not show itself. */
export const PATIENCE = Number(process.env.PARTA_PATIENCE ?? 60_000);
/** Sound and picture that need neither a device nor a question. */
export const FAKE_DEVICES = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export async function browser(t, devices = FAKE_DEVICES) {
  const running = await chromium.launch({ executablePath: process.env.PARTA_CHROMIUM ?? '/usr/bin/chromium', args: [...FLAGS, ...devices] });
  t.after(async () => {
    // What the person saw says more than which element did not come.
    if (!t.passed) for (const page of running.contexts().flatMap((context) => context.pages())) console.error('a page at the end:\n%s', await page.locator('body').innerText());
    await running.close();
  });
  return running;
}

/** A place on a device; `open` starts the bridge and shows its page. */
export function device(t, chrome, look = {}) {
  const profile = join(folder(t), 'profile');
  const key = randomBytes(32).toString('hex');
  return {
    /** Where this device saves files. */
    downloads: join(profile, 'downloads'),
    async open() {
      const bridge = program(process.env.PARTA_BRIDGE, ['--profile', profile, '--ui', process.env.PARTA_UI, '--port', '0', '--key-from-env', '--exit-with-stdin'], { PARTA_BRIDGE_KEY: key });
      t.after(() => bridge.stop());
      const address = await bridge.line();
      const context = await chrome.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU', timezoneId: 'Europe/Moscow', reducedMotion: 'reduce', ...look });
      context.setDefaultTimeout(PATIENCE);
      const page = await context.newPage();
      const broken = [];
      page.on('pageerror', (error) => broken.push(error.message));
      await page.goto(address);
      return { page, bridge, broken, close: async () => (await context.close(), bridge.kill()) };
    },
  };
}

export async function signIn(page, server, user) {
  await page.getByLabel('Сервер').fill(server.url);
  await page.getByRole('button', { name: 'Дальше' }).click();
  await page.getByLabel('Имя пользователя').fill(user);
  await page.getByLabel('Пароль', { exact: true }).fill(server.password);
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
}

export const CHAT = '5 «А» · родители';

export async function openChat(page, name = CHAT) {
  await page.getByRole('listitem').filter({ hasText: name }).first().click();
  await page.getByRole('region', { name, exact: true }).getByLabel('Сообщение', { exact: true }).waitFor();
}

export async function say(page, text) {
  await page.getByLabel('Сообщение', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

/** A message in the open conversation. */
export const message = (page, text) => page.getByRole('log').locator('[data-message]').filter({ hasText: text });
