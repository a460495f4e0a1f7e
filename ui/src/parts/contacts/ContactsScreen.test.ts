import { mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { SCHOOL_ME } from '../../../test/sample-people';
import { Contacts } from './contacts.svelte';
import ContactsScreen from './ContactsScreen.svelte';

const onwrite = vi.fn(() => Promise.resolve());
let contacts: Contacts;
let screen: Record<string, unknown>;
let field: HTMLInputElement;

beforeEach(async () => {
  const Never = class { observe = () => undefined; unobserve = () => undefined; disconnect = () => undefined; };
  vi.stubGlobal('IntersectionObserver', Never);
  vi.stubGlobal('ResizeObserver', Never);
  Element.prototype.scrollTo = () => undefined;
  onwrite.mockClear();
  const host = new FakeHost({ contacts: { people: 100 } });
  contacts = new Contacts(host);
  screen = mount(ContactsScreen, { target: document.body, props: { host, me: SCHOOL_ME.id, contacts, onwrite, onchat: () => undefined, oncabinet: () => undefined } });
  await vi.waitFor(() => expect(contacts.total).not.toBeNull());
  await tick();
  field = document.querySelector('search input')!;
});
afterEach(async () => {
  await unmount(screen);
  contacts.leave();
  vi.unstubAllGlobals();
});

const press = (key: string, ctrlKey = false) => field.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
const idle = () => vi.waitFor(() => expect(contacts.idle).toBe(true));
function type(text: string) {
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

it('does nothing with Enter where nobody is marked', () => {
  press('Enter');
  press('Enter', true);
  expect([contacts.card, onwrite.mock.calls]).toEqual([null, []]);
});

it('opens, and writes to, whom the words that were typed find', async () => {
  type('щукин');
  press('Enter', true);
  await idle();
  expect(onwrite.mock.calls).toEqual([[contacts.hit(0)!.person.id]]);
  type('абрамов');
  press('Enter');
  expect(contacts.card).toBeNull();
  await idle();
  expect([contacts.card, onwrite.mock.calls.length]).toEqual([contacts.hit(0)!.person.id, 1]);
});

it('does nothing any more after another key or a click', async () => {
  type('щукин');
  press('Enter', true);
  press('Shift');
  await idle();
  type('абрамов');
  press('Enter', true);
  document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  await idle();
  expect(onwrite.mock.calls).toEqual([]);
});
