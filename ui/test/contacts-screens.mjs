// The screens of «Контакты», for pictures and for axe: what to open and what to do there.

const contacts = (act) => async (page) => {
  await page.getByRole('button', { name: 'Контакты' }).click();
  await page.waitForTimeout(300);
  await act?.(page);
};
const find = (page, text) => page.getByRole('combobox', { name: 'Найти контакт' }).fill(text);
const filters = async (page) => page.getByRole('button', { name: /^Все роли и/ }).click();
const value = (page, name) => page.getByRole('dialog').getByRole('button', { name }).first().click();

export const CONTACTS = {
  contacts: { query: 'people=4000&classes=60', act: contacts(async (page) => page.locator('[data-contact]').nth(2).click()) },
  contactsTyped: { query: 'people=4000', act: contacts((page) => find(page, '5а мат')) },
  contactsFilters: { query: 'people=4000&classes=120', act: contacts(async (page) => (await filters(page), await value(page, /^Учителя/), await value(page, /^5-е классы/), await value(page, /^6Б/))) },
  contactsChosen: { query: 'people=4000&classes=120', act: contacts(async (page) => (await filters(page), await value(page, /^Ученики/), await value(page, /^5-е классы/), await value(page, /^Выбыли/), await page.keyboard.press('Escape'))) },
  contactsSeveral: { query: 'people=400&several', act: contacts(filters) },
  contactsCollege: { query: 'cabinet=college&people=400', act: contacts(filters) },
  contactsNothing: { query: 'people=400', act: contacts(async (page) => (await filters(page), await value(page, /^Учителя/), await page.keyboard.press('Escape'), await find(page, 'нетакого'))) },
  contactsFirst: { query: 'nobody', act: contacts() },
  contactsNarrow: { query: 'people=400', act: async (page) => (await page.setViewportSize({ width: 720, height: 640 }), await contacts(async (page) => page.locator('[data-contact]').nth(1).click())(page)) },
};
