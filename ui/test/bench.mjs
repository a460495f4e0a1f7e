// Measures the conversation and the cabinet in headless Chromium: the production build with the fake host. Prints JSON.
// node test/bench.mjs [--messages 10000] [--chats 100] [--only-cabinet]

import { chromium } from 'playwright-core';
import { serveBuilt } from './built.mjs';
import { cabinetBench } from './cabinet-bench.mjs';
import { figures, painting } from './measuring.mjs';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
};
const MESSAGES = option('messages', 10_000);
const CHATS = option('chats', 100);
const ONLY_CABINET = process.argv.includes('--only-cabinet');
const LONG = '!parents5a';

const site = await serveBuilt();
const browser = await chromium.launch({ executablePath: process.env.PARTA_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const open = async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU', timezoneId: 'Europe/Moscow' });
  await page.goto(`${site.url}/test/preview.html?theme=light&delay=0&messages=${MESSAGES}`);
  await page.locator('[data-chat]').first().waitFor();
  await page.evaluate(() => (window.host.chats.pageDelay = 0));
  await page.evaluate(painting);
  return page;
};
const show = async (page, chat) => {
  await page.locator(`[data-chat="${chat}"]`).click();
  await page.locator('[data-message]').first().waitFor();
};

/** From the newest message to the first one, a page for each frame, as if Page Up were held down. */
async function scrolling() {
  const page = await open();
  await show(page, LONG);
  const result = await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const all = window.host.chats.conversation('!parents5a').items.filter((item) => item.kind.kind === 'message').length;
    const log = document.querySelector('[role=log]');
    const frames = [];
    const alive = { rows: 0, nodes: 0 };
    const tasks = [];
    const watcher = new PerformanceObserver((list) => list.getEntries().forEach((entry) => tasks.push(entry.duration)));
    watcher.observe({ type: 'longtask', buffered: false });
    const begun = performance.now();
    let before = begun;
    // At the very top for so many frames that no page can be under way: this is the first message.
    let still = 0;
    let arrived = begun;
    while (still < 60 && performance.now() - begun < 240_000) {
      log.scrollTop -= log.clientHeight;
      await frame();
      const now = performance.now();
      frames.push(now - before);
      before = now;
      still = log.scrollTop < 1 ? still + 1 : 0;
      if (still === 0) arrived = now;
      if (frames.length % 20 === 0) {
        alive.rows = Math.max(alive.rows, log.querySelectorAll('[data-key]').length);
        alive.nodes = Math.max(alive.nodes, document.querySelectorAll('*').length);
      }
    }
    watcher.disconnect();
    const seconds = (arrived - begun) / 1000;
    return { messages: all, frames, alive, tasks, seconds };
  });
  await page.close();
  const { frames, tasks, seconds, alive, messages } = result;
  return { messages, seconds: Math.round(seconds * 10) / 10, perSecond: Math.round(messages / seconds), frames: figures(frames), framesOver50: frames.filter((time) => time > 50).length, longTasks: tasks.length, domRows: alive.rows, domNodes: alive.nodes };
}

/** From the key to the frame in which the message stands in the list. */
async function echo(rounds = 60) {
  const page = await open();
  await show(page, '!staff');
  const field = page.locator('textarea').first();
  const times = [];
  for (let i = 0; i < rounds; i++) {
    await field.fill(`Проверка связи ${i}`);
    // Nobody presses the key in the frame of his last letter, or while his last message is still on its way.
    await page.waitForTimeout(150);
    await page.evaluate((text) => {
      const there = () => [...document.querySelectorAll('[data-message]')].some((row) => row.textContent.includes(text));
      window.echo = new Promise((resolve) => addEventListener('keydown', async (event) => resolve((await window.painted(there)) - event.timeStamp), { once: true, capture: true }));
    }, `Проверка связи ${i}`);
    await page.keyboard.press('Enter');
    times.push(await page.evaluate(() => window.echo));
  }
  await page.close();
  return figures(times);
}

/** From the click on a chat to the frame that shows its messages: first ever, and when it has been open before. */
async function switching() {
  const page = await open();
  const visit = () =>
    page.evaluate(async (most) => {
      const frame = () => new Promise(requestAnimationFrame);
      const ids = window.host.chats.rows.filter((row) => row.kind !== 'invitation' && row.id !== '!empty').map((row) => row.id);
      const times = [];
      for (const id of ids.slice(0, most)) {
        let row = document.querySelector(`[data-chat="${id}"]`);
        for (let i = 0; !row && i < 60; i++) {
          let scroller = document.querySelector('[data-chat]');
          while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
          if (scroller) scroller.scrollTop += 300;
          await frame();
          row = document.querySelector(`[data-chat="${id}"]`);
        }
        if (!row) continue;
        await frame();
        const old = document.querySelector('[role=log]');
        const begun = performance.now();
        row.click();
        const there = () => {
          const log = document.querySelector('[role=log]');
          return log && log !== old && log.querySelector('[data-message]');
        };
        times.push((await window.painted(there)) - begun);
      }
      return times;
    }, CHATS);
  const first = await visit();
  await page.close();
  return figures(first);
}

try {
  const result = ONLY_CABINET ? {} : { messages: MESSAGES, scroll: await scrolling(), echo: await echo(), switch: await switching() };
  result.cabinet = await cabinetBench(browser, site.url);
  console.log(JSON.stringify(result, null, 2));
} finally {
  await browser.close();
  site.close();
}
