import assert from 'node:assert/strict';
import { test } from 'node:test';
import { server } from '../support/programs.mjs';
import { browser, device, signIn } from './browser.mjs';

const button = (page, name, exact = true) => page.getByRole('button', { name, exact });
const section = async (page, name) => page.getByRole('navigation', { name: 'Разделы кабинета' }).getByText(name).click();

test('an organisation is made, filled with classes, and changed without a network', async (t) => {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const place = device(t, chrome);
  const { page, broken } = await place.open();
  await signIn(page, synapse, 'maria');
  await button(page, 'Настройки').click();
  await button(page, 'Создать организацию').click();
  await page.getByRole('dialog').getByRole('button', { name: /^Школа/ }).click();
  await page.getByLabel('Полное наименование').fill('МБОУ «Школа № 7»');
  await page.getByLabel('Краткое наименование').fill('Школа № 7');
  await page.getByLabel('ИНН').fill('7712345679');
  await button(page, 'Дальше').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Создать организацию' }).click();
  // The check digits are wrong: a sentence says so, and what was typed stays.
  await dialog.getByLabel('ИНН').waitFor();
  assert.equal(await dialog.getByLabel('Краткое наименование').inputValue(), 'Школа № 7');
  await dialog.getByLabel('ИНН').fill('7712345671');
  await button(page, 'Дальше').click();
  await dialog.getByRole('button', { name: 'Создать организацию' }).click();

  await page.getByRole('navigation', { name: 'Разделы кабинета' }).waitFor();
  await section(page, 'Классы и группы');
  await button(page, 'Создать классы').first().click();
  await dialog.getByRole('button', { name: 'Все 5-е классы' }).click();
  await dialog.getByRole('button', { name: /^Создать \d+ класс/ }).click();
  await page.getByText('5Б', { exact: true }).first().waitFor();
  await page.getByText('Все чаты соответствуют плану').waitFor();

  await synapse.ask('kill');
  await button(page, 'Новый учебный год').click();
  await dialog.getByRole('button', { name: /^(Перевести|Начать)/ }).click();
  await page.getByText('6Б', { exact: true }).first().waitFor();
  await section(page, 'Ожидают отправки');
  await page.getByText('ждёт сети').first().waitFor();
  await synapse.ask('restart');
  await page.getByText('Всё отправлено').first().waitFor();
  await section(page, 'Журнал действий');
  await page.getByText('6А').first().waitFor();
  assert.deepEqual(broken, []);
});
