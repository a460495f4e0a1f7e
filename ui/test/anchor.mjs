// Proves in a browser that nothing jumps: needs `npm run preview:fake`. node test/anchor.mjs

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' });
const errors = [];
page.on('pageerror', (error) => errors.push(error.stack));
await page.goto(`${process.env.BASE ?? 'http://127.0.0.1:5199'}/test/preview.html?theme=light`);
await page.locator('[data-chat="!parents5a"]').click();
await page.locator('[data-message]').first().waitFor();
await page.waitForTimeout(300);

// Follows one message frame by frame while `during` happens; returns how far it moved at most.
const drift = (during) =>
  page.evaluate(async (source) => {
    const log = document.querySelector('[role=log]');
    const view = log.getBoundingClientRect();
    const followed = [...log.querySelectorAll('[data-message]')].find((m) => m.getBoundingClientRect().top > view.top + 60);
    const key = followed.dataset.message;
    const start = followed.getBoundingClientRect().bottom;
    let most = 0;
    let frames = 0;
    const rows = () => log.querySelector('div').style.height;
    const before = rows();
    await (0, eval)(source)(window.host, log);
    for (let i = 0; i < 60; i++) {
      await new Promise(requestAnimationFrame);
      const now = log.querySelector(`[data-message="${key}"]`);
      if (!now) return { most: Infinity, changed: true };
      most = Math.max(most, Math.abs(now.getBoundingClientRect().bottom - start));
      frames++;
    }
    return { most, frames, changed: rows() !== before };
  }, during);

const scrolled = () => page.evaluate(() => document.querySelector('[role=log]').scrollTop);

let loaded = 0;
for (let i = 0; i < 40; i++) {
  await page.mouse.move(800, 400);
  const from = await scrolled();
  await page.mouse.wheel(0, -700);
  // The wheel itself moves things: wait until it has arrived.
  for (let n = 0; n < 40 && (await scrolled()) === from; n++) await page.waitForTimeout(16);
  await page.waitForTimeout(60);
  const result = await drift('() => undefined');
  if (result.changed) loaded++;
  assert.ok(result.most <= 1.5, `moved by ${result.most} while older messages came (round ${i})`);
}
assert.ok(loaded > 5, `only ${loaded} pages came`);
for (const [name, act] of [
  ['a message arrives below', '(host) => host.chats.receive("!parents5a", "Новое\\nсообщение")'],
  ['the window narrows', '() => { document.querySelector("aside").style.width = "460px"; }'],
]) {
  const { most } = await drift(act);
  console.log(name, most);
  if (name !== 'the window narrows') assert.ok(most <= 1.5, `${name}: moved by ${most}`);
}
const alive = await page.evaluate(() => ({ nodes: document.querySelectorAll('*').length, rows: document.querySelectorAll('[data-message]').length }));
console.log('pages', loaded, alive);

// At the bottom it stays at the bottom.
await page.locator('button.latest').click();
await page.waitForTimeout(200);
const gap = () => page.evaluate(() => { const l = document.querySelector('[role=log]'); return l.scrollHeight - l.scrollTop - l.clientHeight; });
assert.ok((await gap()) < 2, `gap ${await gap()}`);
await page.evaluate(() => window.host.chats.receive('!parents5a', 'Ещё одно'));
await page.waitForTimeout(200);
assert.ok((await gap()) < 2, `gap after a new message ${await gap()}`);
await page.locator('textarea').fill('первая\nвторая\nтретья\nчетвёртая');
await page.waitForTimeout(100);
assert.ok((await gap()) < 2, `gap after the field grew ${await gap()}`);
await page.keyboard.press('Enter');
await page.waitForTimeout(500);
assert.ok((await gap()) < 2, 'gap after sending');

// A jump to a message that is not loaded stands still while pages come at both ends, and back is where one was.
const quote = async (at) => {
  if (await page.locator('button.latest').count()) await page.locator('button.latest').click();
  await page.evaluate((from) => {
    const messages = window.host.chats.conversation('!parents5a').items.filter((item) => item.kind.kind === 'message' && item.kind.message.event);
    window.host.chats.receive('!parents5a', 'Вот оно', { reply: { sender: null, preview: null, event: messages.at(from).kind.message.event } });
  }, at);
  await page.getByText('Вот оно').last().waitFor();
  await page.mouse.move(800, 400);
  await page.mouse.wheel(0, -36);
  await page.waitForTimeout(300);
  return page.getByTitle('Перейти к сообщению').last();
};
const quoted = await quote(300);
const stood = () => quoted.evaluate((button) => button.getBoundingClientRect().bottom);
const before = await stood();
await quoted.click();
await page.locator('.bubble.flash').waitFor();
const jumped = await drift('() => undefined');
assert.ok(jumped.most <= 1.5, `moved by ${jumped.most} after a jump`);
await page.keyboard.press('Alt+ArrowLeft');
await quoted.waitFor();
await page.waitForTimeout(100);
assert.ok(Math.abs((await stood()) - before) <= 1.5, `back at ${await stood()}, was at ${before}`);

// Reading on from a jump to the newest end: nothing jumps where the two parts meet.
await (await quote(-300)).click();
await page.locator('.bubble.flash').waitFor();
let met = false;
for (let i = 0; i < 60 && !met; i++) {
  // By hand: a wheel would come in pieces, and where the two parts meet the offset changes by itself.
  await page.evaluate(() => document.querySelector('[role=log]').scrollBy(0, 600));
  await page.waitForTimeout(60);
  const result = await drift('() => undefined');
  assert.ok(result.most <= 1.5, `moved by ${result.most} on the way to the end (round ${i})`);
  met = await page.evaluate(() => !document.querySelector('button.latest'));
}
assert.ok(met, 'came down to the newest end');
await page.evaluate(() => window.host.chats.receive('!parents5a', 'И здесь приходит новое'));
await page.getByText('И здесь приходит новое').last().waitFor();
assert.ok((await gap()) < 2, 'the end is the newest end again');
console.log('jumps stand still');

// Switching chats.
const times = await page.evaluate(async () => {
  const took = [];
  const rows = [...document.querySelectorAll('[data-chat]')].slice(0, 12).filter((r) => !['!invite', '!empty'].includes(r.dataset.chat));
  for (let round = 0; round < 6; round++)
    for (const row of rows) {
      const start = performance.now();
      row.click();
      await new Promise((r) => requestAnimationFrame(() => setTimeout(r)));
      while (!document.querySelector('[data-message]')) await new Promise(requestAnimationFrame);
      took.push(performance.now() - start);
      await new Promise((r) => setTimeout(r, 30));
    }
  return took.sort((a, b) => a - b);
});
console.log('switch p50', times[times.length >> 1].toFixed(1), 'p95', times[Math.floor(times.length * 0.95)].toFixed(1));
console.log(errors.length ? `${errors.length} errors, the first: ${errors[0]}` : 'no errors');
await browser.close();
process.exitCode = errors.length ? 1 : 0;
