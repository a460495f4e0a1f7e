// A person at a browser: a bridge with a profile of its own, and the page it serves.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { folder, program } from '../support/programs.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export async function browser(t) {
  const running = await chromium.launch({ executablePath: process.env.PARTA_CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
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
    async open() {
      const bridge = program(process.env.PARTA_BRIDGE, ['--profile', profile, '--ui', process.env.PARTA_UI, '--port', '0', '--key-from-env', '--exit-with-stdin'], { PARTA_BRIDGE_KEY: key });
      t.after(() => bridge.stop());
      const address = await bridge.line();
      const context = await chrome.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU', timezoneId: 'Europe/Moscow', reducedMotion: 'reduce', ...look });
      context.setDefaultTimeout(Number(process.env.PARTA_PATIENCE ?? 60_000));
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

export async function openChat(page) {
  await page.getByRole('listitem').filter({ hasText: CHAT }).first().click();
  await page.getByLabel('Сообщение', { exact: true }).waitFor();
}

export async function say(page, text) {
  await page.getByLabel('Сообщение', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

/** A message in the open conversation. */
export const message = (page, text) => page.getByRole('log').locator('[data-message]').filter({ hasText: text });
