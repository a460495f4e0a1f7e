// Maria, who runs the chat, and Olga, each at her own place; and what one does in an open conversation.

import { server } from '../support/programs.mjs';
import { browser, device, message, openChat, PATIENCE, signIn } from './browser.mjs';

export async function two(t, look = {}, devices) {
  const [synapse, chrome] = await Promise.all([server(t), browser(t, devices)]);
  const homes = { maria: device(t, chrome, look), olga: device(t, chrome, look) };
  const [maria, olga] = await Promise.all([homes.maria.open(), homes.olga.open()]);
  await signIn(maria.page, synapse, 'maria');
  await signIn(olga.page, synapse, 'olga');
  await openChat(maria.page);
  await openChat(olga.page);
  return { synapse, homes, maria: maria.page, olga: olga.page, leave: olga.close, broken: [maria.broken, olga.broken] };
}

export const field = (page) => page.getByLabel('Сообщение', { exact: true });

/** Opens the menu of a message. */
export const openMenu = (page, text) => message(page, text).first().click({ button: 'right', position: { x: 4, y: 4 } });

/** Opens the menu of a message and chooses. */
export async function act(page, text, what) {
  await openMenu(page, text);
  await page.getByRole('menuitem', { name: what }).click();
}

/** A picture of the blackboard, drawn by the browser. */
export async function drawn(page) {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 400 });
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#1f5f4a';
    pen.fillRect(0, 0, 640, 400);
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(url.split(',')[1], 'base64');
}

/** Waits until something stands wholly within what one sees of the conversation; rows come and go while it moves. */
export async function inSight(page, locator) {
  const stands = (shown) => {
    const [box, view] = [shown, shown.closest('[role=log]')].map((element) => element?.getBoundingClientRect());
    return view !== undefined && box.height > 0 && box.top >= view.top && box.bottom <= view.bottom;
  };
  const late = Date.now() + PATIENCE;
  while (!(await locator.evaluate(stands))) {
    if (Date.now() > late) throw new Error(`out of sight: ${locator}`);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}
