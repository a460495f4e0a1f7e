// The screens of the cabinet, for pictures and for axe: what to open and what to do there.

const cabinet = (act) => async (page) => {
  await page.getByRole('button', { name: /^Кабинет/ }).click();
  await page.waitForTimeout(300);
  await act?.(page);
};
const section = (name, act) =>
  cabinet(async (page) => {
    await page.locator(`[data-to="${name}"]`).click();
    await page.waitForTimeout(250);
    await act?.(page);
  });
const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click();
const pick = async (page) => {
  await page.locator('[data-class=C004]').focus();
  await page.keyboard.press(' ');
};
const open = (act) =>
  cabinet(async (page) => {
    await page.locator('[data-class=C004]').click();
    await page.waitForTimeout(200);
    await act?.(page);
  });

export const CABINET = {
  classes: { query: 'cabinet', act: cabinet() },
  classesChosen: { query: 'cabinet&stuck', act: cabinet(async (page) => (await pick(page), await page.keyboard.press('Shift+ArrowDown'))) },
  classesDelete: { query: 'cabinet', act: cabinet(async (page) => (await pick(page), await press(page, 'Удалить'))) },
  classesAdd: { query: 'cabinet', act: cabinet(async (page) => (await press(page, 'Создать классы'), await page.getByRole('button', { name: 'Все классы с буквой Г' }).click())) },
  groupsAdd: { query: 'cabinet=college', act: cabinet(async (page) => (await press(page, 'Создать группы'), await page.locator('textarea').fill('ИС-262\nИС-261'))) },
  promotion: { query: 'cabinet', act: cabinet(async (page) => press(page, 'Новый учебный год')) },
  promotionCollege: { query: 'cabinet=college', act: cabinet(async (page) => press(page, 'Новый учебный год')) },
  promotionClash: { query: 'cabinet', act: cabinet(async (page) => (await pick(page), await press(page, 'Перевести'))) },
  class: { query: 'cabinet', act: open() },
  classMove: { query: 'cabinet', act: open(async (page) => (await page.locator('[data-member]').first().click(), await press(page, 'Перевести в…'))) },
  classAdd: { query: 'cabinet', act: open(async (page) => press(page, 'Добавить')) },
  classRename: { query: 'cabinet', act: open(async (page) => press(page, 'Переименовать')) },
  cabinetInfo: { query: 'cabinet&stuck&several&offline', act: section('info') },
  cabinetEdit: { query: 'cabinet', act: section('info', async (page) => (await page.locator('[data-edit]').click(), await page.locator('input[name=inn]').fill('123'), await page.keyboard.press('Enter'))) },
  administrators: { query: 'cabinet', act: section('administrators') },
  administratorLeaving: { query: 'cabinet&offline', act: section('administrators', async (page) => (await page.getByRole('button', { name: /^Действия/ }).first().click(), await page.getByRole('menuitem').last().click())) },
  administratorsOnly: { query: 'cabinet&administrator', act: section('administrators') },
  appoint: { query: 'cabinet', act: section('administrators', async (page) => press(page, 'Назначить')) },
  makeOwner: { query: 'cabinet', act: section('administrators', async (page) => (await page.getByRole('button', { name: /^Действия/ }).first().click(), await page.getByRole('menuitem').first().click())) },
  cabinetBlank: { query: 'cabinet&blank', act: cabinet() },
  kindergarten: { query: 'cabinet=kindergarten&people=200', act: cabinet() },
  dismissed: { query: 'cabinet&several&stuck', act: cabinet(async (page) => (await page.locator('aside [aria-haspopup=menu]').click(), await page.getByRole('menuitem').nth(2).click())) },
};
