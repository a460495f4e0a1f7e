// Measures the cabinet at 4,000 people and 120 classes: each letter typed, each page scrolled, each class opened.

import { painting, stopwatch } from './measuring.mjs';

const PEOPLE = 4_000;
const CLASSES = 120;
/** What somebody types, a letter at a time, and then takes back. */
const QUERIES = ['иванова м', 'соколов', '7а', '10б петр', 'математика', 'александр', 'учит', 'ковал'];

async function open(browser, url, section, sign) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU', timezoneId: 'Europe/Moscow' });
  await page.goto(`${url}/test/preview.html?theme=light&delay=0&cabinet&people=${PEOPLE}&classes=${CLASSES}`);
  await page.getByRole('button', { name: /^Кабинет/ }).click();
  await page.locator(`[data-to="${section}"]`).click();
  await page.locator(sign).first().waitFor();
  await page.evaluate(painting);
  return page;
}

/** Clicks on something and waits until what comes of it is painted. */
const click = (page, what, sign = null, gone = null) =>
  page.evaluate(
    async ([what, sign, gone]) => {
      const begun = performance.now();
      document.querySelector(what).click();
      return (await window.painted(() => (!sign || document.querySelector(sign)) && (!gone || !document.querySelector(gone)))) - begun;
    },
    [what, sign, gone],
  );

/** From each key to the frame that shows what it leaves: with what the call to the core takes, for the people are found there. Here the fake host answers it. */
async function typing(page) {
  const watch = await stopwatch(page);
  await page.locator('[data-find]').focus();
  await page.evaluate(() => addEventListener('beforeinput', () => (window.key = (async (begun) => (await window.painted(() => !document.querySelector('[aria-busy=true]'))) - begun)(performance.now())), { capture: true }));
  const press = async (key) => {
    await page.keyboard[key.length === 1 ? 'insertText' : 'press'](key);
    return page.evaluate(() => window.key);
  };
  for (const key of QUERIES.flatMap((query) => [...query, ...Array.from(query, () => 'Backspace')])) await watch.measure(() => press(key));
  return watch.figures();
}

/** A page for each frame, to the end. */
async function scrolling(page) {
  const watch = await stopwatch(page);
  const next = () =>
    page.evaluate(async () => {
      const inside = [...document.querySelectorAll('[data-person], [data-class]')];
      let list = inside[0].parentElement;
      while (list.scrollHeight <= list.clientHeight + 1 || getComputedStyle(list).overflowY !== 'auto') list = list.parentElement;
      const begun = performance.now();
      const before = list.scrollTop;
      list.scrollTop += list.clientHeight;
      return { took: (await window.painted(() => true)) - begun, moved: list.scrollTop > before, rows: inside.length };
    });
  let rows = 0;
  for (let moved = true, pages = 0; moved && pages < 80; pages++)
    await watch.measure(async () => {
      const page = await next();
      rows = Math.max(rows, page.rows);
      moved = page.moved;
      return page.took;
    });
  return { ...watch.figures(), rows };
}

/** One class after the other. */
async function opening(page) {
  const watch = await stopwatch(page);
  const ids = await page.locator('[data-class]').evaluateAll((buttons) => buttons.map((button) => button.dataset.class));
  for (const id of ids.slice(0, 30)) {
    await watch.measure(() => click(page, `[data-class="${id}"]`, '[data-member]'));
    await click(page, '[aria-label^="К списку"]', '[data-class]');
  }
  return watch.figures();
}

/** From another section to the painted one. */
async function coming(page, section, sign) {
  const watch = await stopwatch(page);
  for (let i = 0; i < 20; i++) {
    await click(page, '[data-to=administrators]', null, '[data-find]');
    await watch.measure(() => click(page, `[data-to="${section}"]`, sign));
  }
  return watch.figures();
}

/** Everybody, and nobody. */
async function choosing(page) {
  const watch = await stopwatch(page);
  for (let i = 0; i < 20; i++) await watch.measure(() => click(page, '.head input[type=checkbox]'));
  return watch.figures();
}

export async function cabinetBench(browser, url) {
  const section = async (name, sign) => {
    const page = await open(browser, url, name, sign);
    const result = { type: await typing(page), scroll: await scrolling(page), choose: await choosing(page), open: await coming(page, name, sign) };
    if (name === 'classes') result.page = await opening(page);
    await page.close();
    return result;
  };
  return { people: await section('people', '[data-person]'), classes: await section('classes', '[data-class]') };
}
