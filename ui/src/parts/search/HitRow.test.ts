import { mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { message, words } from '../../../test/sample-items';
import { OWN, SCHOOL_ME } from '../../../test/sample-people';
import { stubBrowser } from '../../../test/screen';
import { Chats, QuickSwitch } from '../chats';
import { EverywhereResults, Everywhere } from '.';

let host: FakeHost;
let chats: Chats;
let app: Record<string, unknown>;

beforeEach(async () => {
  stubBrowser();
  host = new FakeHost({ chats: 20 });
  // Somebody who calls himself like a teacher, and what was written to him.
  host.chats.setRow('!maria', (row) => ({ ...row, mark: 'imitates' }));
  host.chats.conversation('!maria').items = [message(OWN, 1, words('Квитанция во вложении'))];
  chats = new Chats(host, null);
  chats.watch();
  await vi.waitFor(() => expect(chats.live).toBe(true));
});
afterEach(async () => {
  await unmount(app);
  vi.unstubAllGlobals();
});

const nothing = () => undefined;
const head = async () => {
  await vi.waitFor(() => expect(document.querySelector('.option.hit')).not.toBeNull());
  return document.querySelector('.option.hit .name')!.textContent;
};

it('heads what one said to somebody from outside with what is to be known of him, by Ctrl+K', async () => {
  const props = { host, me: SCHOOL_ME.id, chats, offline: false, onchat: nothing, onwrite: () => Promise.resolve(), onhit: nothing, onall: nothing, onclose: nothing };
  app = mount(QuickSwitch, { target: document.body, props });
  await tick();
  const field = document.querySelector<HTMLInputElement>('dialog input')!;
  field.value = 'квитанция';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  expect(await head()).toMatch(/ \(не из организации\)$/);
});

it('does so in the list of chats', async () => {
  const everywhere = new Everywhere(host, SCHOOL_ME.id);
  app = mount(EverywhereResults, { target: document.body, props: { host, everywhere, id: 'a', chats: chats.rows, offline: false, chatRow: nothing as never, onchoose: nothing } });
  everywhere.change('квитанция');
  expect(await head()).toMatch(/ \(не из организации\)$/);
});
