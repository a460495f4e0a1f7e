import assert from 'node:assert/strict';
import { test } from 'node:test';
import { server } from '../support/programs.mjs';
import { browser, CHAT, device, message, openChat, say, signIn } from './browser.mjs';
import { organisation } from './organisation.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const place = (page, name) => page.getByRole('navigation').getByRole('button', { name }).click();
const field = (page) => page.getByLabel('Найти контакт');
const list = (page) => page.getByRole('listbox', { name: 'Найденные люди' });
const rows = (page) => list(page).locator('[data-contact]');
const shown = (page) => rows(page).evaluateAll((found) => found.map((one) => one.dataset.contact));
const people = (page, count) => page.getByRole('status').filter({ hasText: new RegExp(`^${count} человек`) }).waitFor();
const card = (page) => page.getByRole('complementary', { name: 'Контакт', exact: true });
const quick = (page) => page.getByRole('combobox', { name: 'Чат, человек или слова из сообщения' });
const ids = (list) => list.map(({ id }) => `@${id}`).sort();

/** «Контакты» of a school of a thousand people. */
async function contacts(t) {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const school = await organisation(t, synapse);
  const home = device(t, chrome);
  const window = await home.open();
  await signIn(window.page, synapse, 'maria');
  await place(window.page, 'Контакты');
  await people(window.page, school.count);
  return { school, home, ...window };
}

test('anybody of a thousand is found in any layout, by class and role, and the filters are there after a restart', async (t) => {
  const { school, home, page, broken, close } = await contacts(t);
  assert.ok((await rows(page).count()) < 50);
  // «соколов 7б» on a keyboard that stands on English.
  await field(page).pressSequentially('cjrjkjd 7,');
  const here = await school.membersOf('7Б');
  const named = school.people.filter(({ id, name }) => name.family === 'Соколов' && here.some((one) => one.id === id));
  await rows(page).first().locator('mark').nth(1).waitFor();
  // A comma may be no «б»: others of the seventh year stand below.
  assert.deepEqual((await shown(page)).slice(0, named.length).sort(), ids(named));
  assert.deepEqual(await rows(page).first().locator('mark').allTextContents(), ['Соколов', '7Б']);
  await page.keyboard.press('Escape');
  await people(page, school.count);

  await button(page, 'Все роли и классы').click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('button', { name: /^Родители/ }).click();
  await panel.getByRole('button', { name: /^5-е классы/ }).click();
  await panel.getByRole('button', { name: /^Показать 6 человек/ }).click();
  await people(page, 6);
  await field(page).fill('нетакого');
  await page.getByRole('heading', { name: 'Никого не нашлось' }).waitFor();
  await field(page).fill('');
  await people(page, 6);
  await place(page, 'Чаты');
  await close();

  const again = await home.open();
  await place(again.page, 'Контакты');
  await people(again.page, 6);
  await again.page.getByRole('button', { name: 'Убрать фильтр: Родители' }).click();
  await people(again.page, 99);
  await again.page.getByRole('button', { name: 'Сбросить', exact: true }).click();
  await people(again.page, school.count);
  assert.deepEqual([...broken, ...again.broken], []);
});

test('a card is opened by the keys, tells the family, and a note of it is there after a restart', async (t) => {
  const { school, home, page, broken, close } = await contacts(t);
  const parent = school.people.find(({ role, children }) => role === 'parent' && children);
  const child = school.people.find(({ id }) => id === parent.children[0]);
  const full = ({ name }) => `${name.family} ${name.given} ${name.patronymic}`;
  await field(page).fill(`${full(parent)} родитель`);
  await rows(page).first().waitFor();
  await page.waitForFunction((id) => document.querySelector('[data-contact]')?.dataset.contact === id, `@${parent.id}`);
  await page.keyboard.press('Enter');
  await card(page).waitFor();
  await page.getByText(full(child)).waitFor();
  const note = page.getByRole('textbox', { name: 'Заметка' });
  await note.fill('звонить после шести');
  await page.getByText('Сохранено').waitFor();
  // To the child and what stands there of his mother or father.
  await page.getByText(full(child)).click();
  await page.getByRole('heading', { name: full(child) }).waitFor();
  await page.getByText(full(parent)).last().click();
  await page.getByRole('heading', { name: full(parent) }).waitFor();
  await page.keyboard.press('Escape');
  await card(page).waitFor({ state: 'detached' });
  await close();

  const again = await home.open();
  await again.page.getByRole('navigation').getByRole('button', { name: 'Контакты' }).waitFor();
  await again.page.keyboard.press('Control+k');
  await quick(again.page).fill(full(parent));
  const option = again.page.getByRole('option').filter({ hasText: full(parent) }).first();
  await option.waitFor();
  await again.page.keyboard.press('Control+Enter');
  await again.page.getByRole('heading', { name: full(parent) }).waitFor();
  assert.equal(await again.page.getByRole('textbox', { name: 'Заметка' }).inputValue(), 'звонить после шести');
  // Who runs the organisation goes on from here to the cabinet.
  await button(again.page, 'Изменить в кабинете').click();
  await again.page.getByRole('list', { name: 'Участники организации' }).waitFor();
  assert.deepEqual([...broken, ...again.broken], []);
});

test('a file of contacts is looked at, taken, found, changed and removed', async (t) => {
  const { page, broken } = await contacts(t);
  const file = 'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Поваров;Пётр;;;\r\nTEL:+7 900 000-00-01\r\nORG:Столовая\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nN:Ёлкина;Нина;Львовна;;\r\nEMAIL:nina@example.org\r\nEND:VCARD\r\n';
  const add = async (name) => (await button(page, 'Добавить контакты').click(), await page.getByRole('menuitem', { name }).click());
  await add('Загрузить из файла…');
  await page.locator('input[type=file][accept*=vcf]').setInputFiles({ name: 'contacts.vcf', mimeType: 'text/vcard', buffer: Buffer.from(file) });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: /Ёлкина/ }).waitFor();
  await dialog.getByRole('button', { name: /^Добавить 2/ }).click();
  await dialog.waitFor({ state: 'detached' });

  await field(page).fill('столовая');
  await people(page, 1);
  await rows(page).first().click();
  await page.getByRole('heading', { name: 'Поваров Пётр' }).waitFor();
  await button(page, 'Изменить').click();
  await dialog.getByLabel('Фамилия').fill('Кашеваров');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Кашеваров Пётр' }).waitFor();
  await field(page).fill('rfitdfhjd');
  await list(page).locator('mark').getByText('Кашеваров').waitFor();
  await people(page, 1);

  await add('Новый контакт');
  await dialog.getByRole('button', { name: 'Добавить', exact: true }).click();
  await dialog.getByRole('alert').first().waitFor();
  await dialog.getByLabel('Фамилия').fill('Садовников');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await field(page).fill('садовников');
  await list(page).getByText('Садовников').waitFor();
  await people(page, 1);
  assert.deepEqual(broken, []);
});

test('Ctrl+K finds chats, people and messages, and goes to what was said', async (t) => {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const { page, broken } = await device(t, chrome).open();
  await signIn(page, synapse, 'maria');
  await openChat(page);
  await say(page, 'Экскурсия в планетарий отменяется');
  await message(page, 'планетарий').getByLabel(/отправлено/i).waitFor();
  await place(page, 'Контакты');
  await page.keyboard.press('Control+k');
  const sought = quick(page);
  await sought.fill('родители');
  await page.getByRole('option').filter({ hasText: CHAT }).waitFor();
  await sought.fill('планетарии');
  await page.getByRole('option').filter({ hasText: 'отменяется' }).click();
  await message(page, 'планетарий').waitFor();
  assert.deepEqual(broken, []);
});
