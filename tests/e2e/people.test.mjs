import assert from 'node:assert/strict';
import { test } from 'node:test';
import { server } from '../support/programs.mjs';
import { browser, device, signIn } from './browser.mjs';
import { organisation } from './organisation.mjs';

const button = (page, name, exact = true) => page.getByRole('button', { name, exact });
const section = (page, name) => page.getByRole('navigation', { name: 'Разделы кабинета' }).getByText(name).click();
const rows = (page) => page.locator('[data-person]');
const shown = (page) => rows(page).evaluateAll((names) => names.map((name) => name.dataset.person));
const box = (page, at) => page.getByRole('list', { name: 'Участники организации' }).getByRole('checkbox').nth(at);
const bulk = (page) => page.getByRole('toolbar', { name: 'Действия с выбранными' });
const chip = (page, name) => page.getByRole('group', { name: 'Кого показать' }).getByRole('button', { name });
const found = (page, count) => page.getByRole('status').filter({ hasText: new RegExp(`^(Найден|Найдено) ${count} `) }).waitFor();
const narrow = async (page, from, to) => (await button(page, from).click(), await page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${to}( |$)`) }).click());
/** So many steps are done, and nothing waits. */
async function allSent(page, steps) {
  await section(page, 'Ожидают отправки');
  await lately(page).getByRole('listitem').nth(steps - 1).waitFor();
  await page.getByText('Всё отправлено').waitFor();
}
const lately = (page) => page.getByRole('region', { name: 'Недавно отправлено' });

/** The cabinet of a school of a thousand people, as its administrator has it open. */
async function cabinet(t) {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const school = await organisation(t, synapse);
  const { page, broken } = await device(t, chrome).open();
  await signIn(page, synapse, 'maria');
  await button(page, 'Кабинет').click();
  return { school, page, broken };
}

test('a thousand people are there, few rows of them alive, and each letter and filter narrows them', async (t) => {
  const { school, page, broken } = await cabinet(t);
  await section(page, 'Участники');
  await found(page, school.count);
  await rows(page).first().focus();
  await page.keyboard.press('End');
  const last = page.locator(`[aria-posinset="${school.count}"]`);
  await last.waitFor();
  assert.ok((await rows(page).count()) < 50);
  await page.keyboard.press('Home');
  await page.locator('[aria-posinset="1"]').waitFor();

  const search = page.getByLabel('Имя, класс, должность или предмет');
  await search.pressSequentially('соколов');
  const named = school.people.filter(({ name }) => name.family === 'Соколов');
  await found(page, named.length);
  assert.ok((await rows(page).allTextContents()).every((name) => name.startsWith('Соколов ')));
  await search.pressSequentially(' 7б');
  const here = await school.membersOf('7Б');
  const both = named.filter(({ id }) => here.some((one) => one.id === id));
  await found(page, both.length);
  assert.deepEqual((await shown(page)).sort(), both.map(({ id }) => `@${id}`).sort());
  await search.fill('нетакого');
  await button(page, 'Показать всех').click();
  await found(page, school.count);

  await chip(page, /^Учителя/).click();
  await found(page, 40);
  await narrow(page, 'Все классы', '5А');
  await found(page, 1);
  await chip(page, /^Все/).click();
  await found(page, 33);
  await narrow(page, '5А', 'Все классы');
  assert.deepEqual(broken, []);
});

test('people are chosen together: a role for several, another class for thirty, and one event for each list', async (t) => {
  const { school, page, broken } = await cabinet(t);
  await section(page, 'Участники');
  await chip(page, /^Учителя/).click();
  await found(page, 40);
  await box(page, 0).click();
  await box(page, 4).click({ modifiers: ['Shift'] });
  await rows(page).nth(6).click({ modifiers: ['Control'] });
  await bulk(page).getByText('Выбрано 6').waitFor();
  const chosen = (await shown(page)).filter((_, at) => at < 5 || at === 6);
  await bulk(page).getByRole('button', { name: 'Роль' }).click();
  await page.getByRole('menuitem', { name: 'Сотрудник' }).click();
  await chip(page, /^Учителя ?34$/).waitFor();
  await chip(page, /^Сотрудники ?7$/).waitFor();
  await allSent(page, 1);
  const staff = await school.membersOf('staff');
  assert.deepEqual(staff.filter(({ id }) => chosen.includes(`@${id}`)).map(({ role }) => role), chosen.map(() => 'staff'));
  assert.equal(staff.filter(({ role }) => role === 'teacher').length, 34);
  const roles = await school.written(school.staff, 'people');
  assert.equal(roles['staff/1'], 1);
  assert.ok(Object.values(roles).every((times) => times === 1), JSON.stringify(roles));

  await section(page, 'Участники');
  await chip(page, /^Ученики/).click();
  await narrow(page, 'Все классы', '5А');
  await found(page, 30);
  await page.getByRole('checkbox', { name: 'Выбрать всех найденных' }).click();
  await bulk(page).getByText('Выбрано 30').waitFor();
  await bulk(page).getByRole('button', { name: 'Перевести' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '5Б', exact: true }).click();
  await dialog.getByRole('button', { name: 'Перевести в 5Б' }).click();
  await found(page, 0);
  await narrow(page, '5А', '5Б');
  await found(page, 60);
  await allSent(page, 2);
  const pupils = async (label) => (await school.membersOf(label)).filter((one) => one.as === 'student' && one.status === 'active').length;
  assert.deepEqual([await pupils('5А'), await pupils('5Б')], [0, 60]);
  const moved = Object.entries(await school.written(school.staff, 'people')).map(([key, times]) => [key, times - (roles[key] ?? 0)]);
  assert.deepEqual(moved.filter(([, times]) => times > 0).map(([key, times]) => [key.split('/')[0], times]).sort(), ['5А', '5Б'].map((label) => [school.class(label).id, 1]).sort());
  assert.deepEqual(broken, []);
});

test('the whole school goes on to the next year by one event for each class, and back', async (t) => {
  const { school, page, broken } = await cabinet(t);
  const classes = page.locator('[data-class]');
  const stageOf = async (label) => {
    const { stage, status } = await school.read(school.space, 'class', school.class(label).id);
    return [stage, status];
  };
  await section(page, 'Классы и группы');
  await page.getByText('30 классов · 900 учеников').waitFor();
  assert.equal(await classes.count(), 30);
  await button(page, 'Новый учебный год').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Перейдут 28').waitFor();
  await dialog.getByText('Выпускаются 2').waitFor();
  for (const label of ['1А станет 2А', '8В станет 9В', '10Б станет 11Б']) assert.equal(await dialog.getByText(label).count(), 1, label);
  await button(page, 'Перевести 30 классов').click();
  await classes.getByText('9В', { exact: true }).waitFor();
  assert.equal(await classes.count(), 28);
  await allSent(page, 1);
  assert.deepEqual([await stageOf('1А'), await stageOf('11Б')], [[2, 'active'], [11, 'graduated']]);
  const once = Object.values(await school.written(school.space, 'class'));
  assert.deepEqual(once, Array(30).fill(1));

  await lately(page).getByRole('button', { name: 'Отменить' }).click();
  await section(page, 'Классы и группы');
  await classes.getByText('1А', { exact: true }).waitFor();
  assert.equal(await classes.count(), 30);
  await allSent(page, 2);
  for (const label of ['1А', '8В', '11Б']) assert.deepEqual(await stageOf(label), [school.class(label).stage, 'active']);
  assert.equal((await school.read(school.space, 'org', '')).school_year, 2026);
  assert.deepEqual(Object.values(await school.written(school.space, 'class')), Array(30).fill(2));
  assert.deepEqual(broken, []);
});
