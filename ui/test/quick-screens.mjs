// The list of Ctrl+K, for pictures and for axe: what to open and what to do there.

const quick = (text, act) => async (page) => {
  await page.keyboard.press('Control+k');
  await page.keyboard.insertText(text);
  await page.waitForTimeout(300);
  await act?.(page);
};
const filling = { done: 21, chats: 300, messages: 4_200, filling: true };

export const QUICK = {
  quick: { query: '', act: quick('') },
  quickFound: { query: '', act: quick('мар') },
  quickMessages: { query: '', act: quick('музей', async (page) => (await page.locator('dialog .hit').first().waitFor(), await page.keyboard.press('ArrowDown'), await page.keyboard.press('ArrowDown'))) },
  quickFilling: { query: '', act: async (page) => (await page.evaluate((index) => window.host.search.index.set(index), filling), await quick('музей')(page)) },
  quickNothing: { query: '', act: quick('нетакого') },
  quickCabinet: { query: 'cabinet', act: async (page) => (await page.getByRole('button', { name: /^Кабинет/ }).click(), await page.locator('[data-class]').first().waitFor(), await quick('волк')(page)) },
};
