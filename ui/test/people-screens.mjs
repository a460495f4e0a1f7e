// More screens of the cabinet and of the organisations, for pictures and for axe: what to open and what to do there.

const section = (name, act) => async (page) => {
  await page.getByRole('button', { name: /^Кабинет/ }).click();
  await page.waitForTimeout(300);
  await page.locator(`[data-to="${name}"]`).click();
  await page.waitForTimeout(300);
  await act?.(page);
};
const people = (act) => section('people', act);
const card = (at, act) =>
  people(async (page) => {
    await page.locator('[data-person]').nth(at).click();
    await page.waitForTimeout(200);
    await act?.(page);
  });
const press = (page, name) => page.getByRole('button', { name }).first().click();
const choose = async (page) => {
  await page.locator('[data-person]').nth(2).focus();
  await page.keyboard.press(' ');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowDown');
};
const settings = (act) => async (page) => {
  await page.getByRole('button', { name: /^Настройки/ }).first().click();
  await page.waitForTimeout(300);
  await act?.(page);
};
const make = (act) => settings(async (page) => (await press(page, 'Создать организацию'), await page.waitForTimeout(200), await act?.(page)));
const names = (act) => make(async (page) => (await page.locator('.kinds button').nth(1).click(), await act?.(page)));

export const PEOPLE = {
  people: { query: 'cabinet&stuck', act: people() },
  peopleChosen: { query: 'cabinet', act: people(choose) },
  peopleRole: { query: 'cabinet', act: people(async (page) => page.locator('.row .role button').nth(3).click()) },
  peopleClass: { query: 'cabinet', act: people(async (page) => press(page, 'Все классы')) },
  peopleFree: { query: 'cabinet', act: people(async (page) => (await press(page, 'Все классы'), await press(page, /^Без класса/))) },
  peopleRemoved: { query: 'cabinet', act: people(async (page) => press(page, /^Удалённые/)) },
  peopleNobody: { query: 'cabinet', act: people(async (page) => page.locator('[data-find]').fill('нетакого')) },
  peopleMove: { query: 'cabinet', act: people(async (page) => (await choose(page), await press(page, 'Перевести'))) },
  person: { query: 'cabinet', act: card(3) },
  personEdit: { query: 'cabinet', act: card(3, (page) => press(page, 'Изменить имя и должность')) },
  personRemove: { query: 'cabinet', act: card(3, (page) => press(page, 'Удалить из организации')) },
  peopleCollege: { query: 'cabinet=college', act: people() },
  outbox: { query: 'cabinet&stuck', act: section('outbox') },
  outboxDrop: { query: 'cabinet&stuck', act: section('outbox', (page) => press(page, 'Не отправлять')) },
  outboxEmpty: { query: 'cabinet', act: section('outbox') },
  journal: { query: 'cabinet', act: section('journal') },
  journalOffline: { query: 'cabinet&offline', act: section('journal') },
  organisations: { query: 'cabinet&several', act: settings() },
  organisationsNone: { query: '', act: settings() },
  organisationLeave: { query: 'cabinet&several', act: settings((page) => press(page, /^Выйти из организации/)) },
  organisationOwner: { query: 'cabinet&several', act: settings((page) => page.getByRole('button', { name: /^Выйти из организации/ }).nth(1).click()) },
  organisationKind: { query: '', act: make() },
  organisationNames: { query: '', act: names((page) => page.locator('button[type=submit]').click()) },
  organisationMaking: {
    query: '',
    act: names(async (page) => {
      await page.locator('dialog input').nth(0).fill('ГБПОУ «Колледж связи № 4»');
      await page.locator('dialog input').nth(1).fill('Колледж № 4');
      await page.locator('button[type=submit]').click();
      await page.locator('button[type=submit]').click();
      await page.waitForTimeout(900);
    }),
  },
};
