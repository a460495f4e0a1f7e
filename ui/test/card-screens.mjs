// The card of a person and the dialogs of the address book, for pictures and for axe.

const press = (name) => (page) => page.getByRole('button', { name }).first().click();
const bottom = (page) => page.locator('.scroll').evaluate((e) => (e.scrollTop = e.scrollHeight));
const choose = (name, mimeType = 'text/vcard', size = 4_000) => (page) => page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: Buffer.alloc(size, 'x') });

export const CARD = {
  card: { query: 'card=teacher&cabinet' },
  cardNarrow: { query: 'card=teacher&cabinet&narrow' },
  cardNote: {
    query: 'card=teacher',
    act: async (page) => {
      await page.locator('textarea').fill('Спросить про олимпиаду');
      await page.locator('textarea').blur();
      await bottom(page);
    },
  },
  cardCopy: { query: 'card=known', act: press('Скопировать') },
  cardAdd: { query: 'card=known', act: async (page) => (await press('Добавить в чат…')(page), await page.waitForTimeout(600), await page.keyboard.press('Enter')) },
  cardParent: { query: 'card=parent' },
  cardStudent: { query: 'card=student' },
  cardImitator: { query: 'card=imitator' },
  cardImitatorNarrow: { query: 'card=imitator&narrow' },
  cardOwn: { query: 'card=own' },
  cardKnown: { query: 'card=known' },
  cardFormer: { query: 'card=former' },
  cardMe: { query: 'card=me' },
  cardLong: { query: 'card=long&cabinet' },
  cardLongNarrow: { query: 'card=long&cabinet&narrow' },
  cardSlow: { query: 'card=teacher&hang', act: (page) => page.waitForTimeout(400) },
  cardFailed: { query: 'card=own:none' },
  contactNew: { query: 'book=new' },
  contactWrong: {
    query: 'book=edit',
    act: async (page) => {
      await page.locator('input[type=tel]').first().fill('нет');
      await page.locator('input[type=email]').first().fill('ivanova@');
      await page.locator('dialog input').nth(7).fill('maria');
      await page.keyboard.press('Enter');
    },
  },
  contactEmpty: { query: 'book=new', act: (page) => page.keyboard.press('Enter') },
  contactLeave: { query: 'book=new', act: async (page) => (await page.keyboard.type('Иванова'), await page.keyboard.press('Escape')) },
  contactImport: { query: 'book=import' },
  contactImportRows: { query: 'book=import', act: choose('contacts.vcf') },
  contactImportBad: { query: 'book=import', act: choose('Список класса.xlsx', 'application/vnd.ms-excel') },
};
