// Measures a conversation as a person has it: a real Synapse, the real core over the bridge, the production build in
// headless Chromium. Prints JSON.
// node talk-bench.mjs [--messages 10000] [--chats 40]

import { figures, painting } from '../../ui/test/measuring.mjs';
import { server } from '../support/programs.mjs';
import { browser, CHAT, device, openChat, signIn } from './browser.mjs';
import { Person } from './person.mjs';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
};
const MESSAGES = option('messages', 10_000);
const CHATS = option('chats', 40);
/** What a chat shows without being asked for more. */
const SCREEN = 30;
const ECHOES = 60;
/** How long the whole may take. */
const GIVEN = 600_000;

/** Messages of a school: mostly short, some long, some of several lines. */
function words(n) {
  const long = n % 7 === 0 ? ' Просьба принести до пятницы сменную обувь, подписанную папку для труда и согласие на поездку.' : '';
  const lines = n % 23 === 0 ? '\nСбор у главного входа.\nВозвращаемся к обеду.' : '';
  return `Реплика № ${n}.${long}${lines}`;
}

async function fill(synapse) {
  const [head, parent] = ['maria', 'olga'].map((login) => Person.spokenFor(synapse, login));
  const begun = Date.now() - MESSAGES * 60_000;
  const others = [];
  const long = (async () => {
    for (let n = 1; n <= MESSAGES; n++) await (n % 3 ? parent : head).say(synapse.chat, words(n), { at: begun + n * 60_000 });
  })();
  const short = (async () => {
    for (let chat = 1; chat <= CHATS; chat++) {
      const name = `Кружок № ${chat}.`;
      const room = await head.makeChat(name, parent);
      for (let n = 1; n <= SCREEN; n++) await parent.say(room, words(n));
      others.push(name);
    }
  })();
  await Promise.all([long, short]);
  return others;
}

/** From the newest message to the first one, a page for each frame, as if Page Up were held down. */
const upwards = (page) =>
  page.evaluate(
    async ({ first, given }) => {
      const frame = () => new Promise(requestAnimationFrame);
      const log = document.querySelector('[role=log]');
      const frames = [];
      const alive = { rows: 0, nodes: 0 };
      const begun = performance.now();
      let before = begun;
      const arrived = () => log.scrollTop < 1 && [...log.querySelectorAll('[data-message]')].slice(0, 3).some((row) => row.textContent.includes(first));
      while (!arrived()) {
        if (performance.now() - begun > given) throw new Error('the first message did not come');
        log.scrollTop -= log.clientHeight;
        await frame();
        const now = performance.now();
        frames.push(now - before);
        before = now;
        if (frames.length % 20 === 0) {
          alive.rows = Math.max(alive.rows, log.querySelectorAll('[data-key]').length);
          alive.nodes = Math.max(alive.nodes, document.querySelectorAll('*').length);
        }
      }
      return { seconds: (performance.now() - begun) / 1000, frames, alive };
    },
    { first: 'Реплика № 1.', given: GIVEN },
  );

const scrolled = ({ seconds, frames, alive }) => ({
  seconds,
  perSecond: Math.round(MESSAGES / seconds),
  framesOver50: frames.filter((time) => time > 50).length,
  frames: figures(frames),
  domRows: alive.rows,
  domNodes: alive.nodes,
});

/** Brings the row of a chat into the list, which holds only those near the view. */
const reach = (page, name) =>
  page.evaluate(async (name) => {
    const there = () => [...document.querySelectorAll('[data-chat]')].some((row) => row.textContent.includes(name));
    for (let frames = 0; !there(); frames++) {
      if (frames > 1_000) throw new Error(`no chat «${name}»`);
      let scroller = document.querySelector('[data-chat]');
      while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
      if (scroller) scroller.scrollTop = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1 ? 0 : scroller.scrollTop + 300;
      await new Promise(requestAnimationFrame);
    }
  }, name);

/** From the click on a chat to the frame that shows its newest message. */
async function opening(page, name) {
  await reach(page, name);
  return page.evaluate(async (name) => {
    const old = document.querySelector('[role=log]');
    const row = [...document.querySelectorAll('[data-chat]')].find((row) => row.textContent.includes(name));
    const begun = performance.now();
    row.click();
    const there = () => {
      const log = document.querySelector('[role=log]');
      return log && log !== old && log.querySelector('[data-message]');
    };
    return (await window.painted(there)) - begun;
  }, name);
}

/** From the key to the frame in which the message stands in the list. */
async function echo(page) {
  const field = page.getByLabel('Сообщение', { exact: true });
  const times = [];
  for (let n = 0; n < ECHOES; n++) {
    const text = `Проверка связи ${n}`;
    await field.fill(text);
    // Nobody presses the key in the frame of his last letter, or while his last message is still on its way.
    await page.waitForTimeout(150);
    await page.evaluate((text) => {
      const there = () => [...document.querySelectorAll('[data-message]')].some((row) => row.textContent.includes(text));
      window.echo = new Promise((resolve) => addEventListener('keydown', async (event) => resolve((await window.painted(there)) - event.timeStamp), { once: true, capture: true }));
    }, text);
    await page.keyboard.press('Enter');
    times.push(await page.evaluate(() => window.echo));
  }
  return figures(times);
}

const endings = [];
const t = { passed: true, after: (ending) => void endings.push(ending) };
try {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const others = await fill(synapse);
  const home = device(t, chrome);
  const first = await home.open();
  await signIn(first.page, synapse, 'maria');
  // Once through everything, so that all of it is here.
  for (const name of [...others, CHAT]) {
    await reach(first.page, name);
    await openChat(first.page, name);
  }
  await first.page.locator('[data-message]').first().waitFor();
  const server10k = scrolled(await upwards(first.page));
  await first.close();

  const again = await home.open();
  const { page } = again;
  await page.locator('[data-chat]').first().waitFor();
  await page.evaluate(painting);
  const opened = [];
  for (const name of others) opened.push(await opening(page, name));
  const echoed = await echo(page);
  const long = await opening(page, CHAT);
  const cached = scrolled(await upwards(page));
  await again.close();
  console.log(JSON.stringify({ messages: MESSAGES, chats: CHATS, open: { ...figures(opened), long }, echo: echoed, cached, server: server10k }, null, 2));
} finally {
  for (const ending of endings.reverse()) await ending();
}
