// Takes the pictures of docs/ anew from the fake host: `npm run preview:fake` in one shell, this in another.
// node test/pictures.mjs [name…]

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { CABINET } from './cabinet-screens.mjs';
import { CONTACTS } from './contacts-screens.mjs';
import { PEOPLE } from './people-screens.mjs';
import { QUICK } from './quick-screens.mjs';

const OUT = fileURLToPath(new URL('../../docs/', import.meta.url));
const BASE = `${process.env.PREVIEW ?? 'http://127.0.0.1:5199'}/test/preview.html`;
/** It is always this moment, so that the same picture comes out on any day. */
const NOW = new Date('2026-11-25T17:42:00+03:00');
/** Where the pointer is over nothing: the rail between its places and the person. */
const ASIDE = [4, 600];
/** How far the recording has got when its picture is taken. */
const RECORDED = '0:08';

/** Leaves out the rows and the messages that are there to try the layout. */
const tidy = (page) =>
  page.evaluate(() => {
    const { chats } = window.host;
    for (const id of ['!long', '!rtl', '!empty']) chats.remove(id);
    const refused = chats.conversation('!parents5a').items.find(({ kind }) => kind.message?.send.reason === 'notAllowed');
    chats.discard('!parents5a', refused.id);
    // The numbers that tell the same words apart.
    for (const { kind } of chats.conversation('!parents5a').items) {
      const text = kind.message?.body.text;
      if (typeof text === 'object') for (const form of ['plain', 'html']) text[form] = text[form].replace(/ · \d+$/, '');
    }
  });
const talk = (act) => async (page) => {
  await tidy(page);
  await page.locator('[data-chat="!parents5a"]').click();
  await page.locator('[data-message]').first().waitFor();
  await page.waitForTimeout(400);
  await act?.(page);
};
const press = (page, name) => page.getByRole('button', { name }).first().click();
const message = (page, text) => page.getByRole('log').locator('[data-message]').filter({ hasText: text }).last();

const report = async (page) => {
  await message(page, 'Приказ о дежурстве').getByRole('button', { name: /Ознакомились/ }).click();
  await page.getByRole('dialog').getByText('Никита Фёдоров').waitFor();
};
const poll = async (page) => {
  // A page is on its way while the first of them is not there.
  await page.getByRole('log').evaluate((e) => (e.scrollTop -= 1900));
  await page.waitForTimeout(600);
  await message(page, 'Когда удобнее собрание?').evaluate((e) => (e.scrollIntoView({ block: 'start' }), (e.closest('[role=log]').scrollTop -= 2)));
};
const find = async (page) => {
  await press(page, 'Поиск в этом чате');
  await page.keyboard.insertText('музей');
  await page.locator('main mark').first().waitFor();
};
const compose = async (page) => {
  const field = page.getByPlaceholder('Сообщение');
  await field.fill('**Собрание** переносится на пятницу, 18:30:\n- итоги четверти\n- экскурсия\n\nПосмотрите, пожалуйста, ');
  await field.press('End');
  await page.keyboard.type('@анна');
  await page.getByRole('listbox').getByText('Анна Сергеевна').first().waitFor();
};
const media = async (page) => {
  await page.evaluate(() => (window.host.saves.slow = true));
  const file = page.locator('button.file', { hasText: 'Согласие на экскурсию' });
  const log = page.getByRole('log');
  for (let i = 0; i < 60 && !(await file.count()); i++) await log.evaluate((e) => new Promise((done) => ((e.scrollTop -= 200), requestAnimationFrame(() => requestAnimationFrame(done)))));
  await file.click();
  await page.waitForFunction(() => window.host.saves.now.now.length > 0);
  await page.evaluate(() => window.host.saves.come(window.host.saves.now.now[0].media, 120_000, 188_416));
  await message(page, 'Согласие на экскурсию').evaluate((e) => (e.scrollIntoView({ block: 'center' }), document.activeElement.blur()));
};
const jump = async (page) => {
  await message(page, 'Отличный план').getByRole('button', { name: /Собрание 26 ноября/ }).click();
  await message(page, 'Собрание 26 ноября в 18:30').waitFor();
};
const record = async (page) => {
  await press(page, 'Записать голосовое сообщение');
  await page.getByText(RECORDED, { exact: true }).waitFor();
};
const learning = async (page) => {
  await tidy(page);
  await press(page, 'Новый чат');
  await press(page, /^Учебный чат/);
  await press(page, /^5А/);
  await page.getByRole('checkbox', { name: /^Родители/ }).check();
  await press(page, 'Показать по одному: Ученики');
};
/** What is found in each chat: in the fake host they all have the same words. */
const SAID = [
  ['!parents5a', 'Мария Петровна, спасибо за поездку!', 0, 'Анна Белова'],
  ['!staff', 'Мария Петровна заменит меня на третьем уроке', 2, 'Сергей Власов'],
  ['!pupils5a', 'Маркеры и ватман приносим в пятницу', 5, 'Артём Кузнецов'],
  ['!olga', 'Марафон чтения начинается в понедельник', 26, 'Анна Белова'],
];
const quick = async (page) => {
  await tidy(page);
  await page.evaluate((said) => {
    for (const { id } of window.host.chats.rows) {
      const { items } = window.host.chats.conversation(id);
      const messages = items.flatMap(({ kind }) => kind.message ?? []);
      const link = messages.find(({ body }) => body.text?.plain?.endsWith('@Мария'));
      const [, plain = '', hours = 0, name = ''] = said.find(([chat]) => chat === id) ?? [];
      if (link) Object.assign(link, { sender: { ...link.sender, name }, body: { kind: 'text', text: { plain, html: plain } }, at: link.at - hours * 3_600_000 });
    }
  }, SAID);
  await QUICK.quickFound.act(page);
};
const card = async (page) => {
  await press(page, 'Контакты');
  await press(page, /^Все роли и/);
  await page.getByRole('dialog').getByRole('button', { name: /^Учителя/ }).click();
  await page.keyboard.press('Escape');
  await page.locator('[data-contact]').nth(4).click();
  await page.locator('textarea').fill('Ведёт олимпиадный кружок по четвергам, кабинет 305');
  await page.locator('textarea').blur();
};
const filters = async (page) => {
  await CONTACTS.contactsFilters.act(page);
  await page.getByRole('dialog').evaluate((e) => e.querySelectorAll('*').forEach((inner) => (inner.scrollTop = 0)));
};

const PICTURES = {
  'acknowledgement-dark': { query: '', act: talk(report) },
  'acknowledgement-light': { query: '', act: talk(report) },
  'class-light': CABINET.class,
  'compose-dark': { query: '', act: talk(compose) },
  'compose-light': { query: '', act: talk(compose) },
  'contacts-filters-dark': { query: 'people=1000&classes=30', act: filters },
  'contacts-light': { query: 'people=1000', act: card },
  'conversation-dark': { query: '', act: talk() },
  'conversation-light': { query: '', act: talk() },
  'info-light': { query: '', act: talk((page) => press(page, 'О чате')) },
  'jump-dark': { query: '', act: talk(jump) },
  'jump-light': { query: '', act: talk(jump) },
  'learning-chat-light': { query: '', act: learning },
  'media-dark': { query: '', act: talk(media) },
  'media-light': { query: '', act: talk(media) },
  'outbox-dark': PEOPLE.outbox,
  'people-dark': PEOPLE.people,
  'poll-dark': { query: '', act: talk(poll) },
  'poll-light': { query: '', act: talk(poll) },
  'promotion-light': CABINET.promotion,
  // So few chats and people that all three kinds of what is found have room.
  'quick-light': { query: 'chats=24&people=90', act: quick },
  'search-dark': { query: '', act: talk(find) },
  'search-light': { query: '', act: talk(find) },
  'voice-dark': { query: '', act: talk(record), moving: true },
  'voice-light': { query: '', act: talk(record), moving: true },
  'welcome-light': { query: 'screen=welcome&demo' },
};

/** Half a minute of something as loud and as quiet as speech, for the microphone. */
function speech(file) {
  const rate = 48_000;
  const wav = Buffer.alloc(44 + rate * 30 * 2);
  wav.write('RIFF');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(wav.length - 44, 40);
  for (let i = 0; i < rate * 30; i++) {
    const s = i / rate;
    const syllable = Math.abs(Math.sin(s * 9.1) * Math.sin(s * 5.3 + 1));
    const phrase = Math.max(0.04, Math.min(1, 0.8 + Math.sin(s * 2.1)));
    wav.writeInt16LE(Math.round(14_000 * syllable * phrase * Math.sin(s * 2 * Math.PI * 180)), 44 + i * 2);
  }
  writeFileSync(file, wav);
}

const only = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'parta-pictures-'));
const voice = join(folder, 'voice.wav');
speech(voice);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${voice}`] });
let wrong = 0;
const complain = (text) => (wrong++, console.log(text));
for (const [name, { query, act, moving }] of Object.entries(PICTURES)) {
  if (only.length > 0 && !only.includes(name)) continue;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU', timezoneId: 'Europe/Moscow', reducedMotion: 'reduce', permissions: ['microphone'] });
  await context.clock.setFixedTime(NOW);
  const page = await context.newPage();
  page.on('pageerror', (error) => complain(`${name}: ${error.message}`));
  try {
    await page.goto(`${BASE}?${query}&theme=${name.split('-').at(-1)}`);
    await page.waitForTimeout(400);
    await page.mouse.move(...ASIDE);
    await act?.(page);
    await page.mouse.move(...ASIDE);
    await page.evaluate(() => document.fonts.ready);
    // Long enough for the date over a scrolled conversation to go away.
    if (!moving) await page.waitForTimeout(2_500);
    const spinning = await page.evaluate(() => [...document.querySelectorAll('span')].some((e) => getComputedStyle(e).animationName.endsWith('turn') && e.checkVisibility()));
    if (spinning || (await page.locator('.toast').count())) complain(`${name}: a notice or a spinner is in the way`);
    await page.screenshot({ path: join(OUT, `${name}.png`) });
  } catch (error) {
    complain(`${name}: ${error.message}`);
  }
  await context.close();
}
await browser.close();
rmSync(folder, { recursive: true });
process.exitCode = wrong ? 1 : 0;
