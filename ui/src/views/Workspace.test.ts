import { mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../test/fake-host';
import { SCHOOL_ME } from '../../test/sample-people';
import { Preferences } from '../parts/settings';
import type { Session } from '../parts/session';
import { Desk } from './desk.svelte';
import Workspace from './Workspace.svelte';

let host: FakeHost;
let desk: Desk;
let app: Record<string, unknown>;
let answer: ((chat: string) => void) | null;

beforeEach(async () => {
  const Never = class { observe = () => undefined; unobserve = () => undefined; disconnect = () => undefined; };
  vi.stubGlobal('IntersectionObserver', Never);
  vi.stubGlobal('ResizeObserver', Never);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }));
  HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  HTMLDialogElement.prototype.close = function () { this.open = false; };
  Element.prototype.scrollTo = () => undefined;
  Element.prototype.scrollIntoView = () => undefined;
  Element.prototype.animate ??= (() => ({ cancel: () => undefined, finished: Promise.resolve() })) as never;
  host = new FakeHost({ chats: 20 });
  answer = null;
  const call = host.call.bind(host);
  host.call = ((name: never, args: never) => (name === 'direct_chat' ? new Promise((resolve) => (answer = resolve as never)) : call(name, args))) as typeof host.call;
  desk = new Desk(host, SCHOOL_ME, null);
  desk.goLive();
  await vi.waitFor(() => expect(desk.chats.rows.length).toBe(20));
  app = mount(Workspace, { target: document.body, props: { host, desk, session: {} as Session, preferences: new Preferences(host, (await call('boot', {})).settings), version: '1' } });
  await tick();
});
afterEach(async () => {
  await unmount(app);
  desk.leave();
  vi.unstubAllGlobals();
});

const press = (key: string, more: KeyboardEventInit = {}, on: EventTarget = document.activeElement!) => on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));

/** Chooses somebody with Ctrl+K, whose chat takes its time. */
async function choose() {
  press('k', { code: 'KeyK', ctrlKey: true }, window);
  await tick();
  const field = document.querySelector<HTMLInputElement>('dialog input')!;
  field.value = 'абрамов';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  press('Enter', {}, field);
  await vi.waitFor(() => expect(answer).not.toBeNull());
  expect(document.querySelector('dialog')).toBeNull();
}

async function answered(): Promise<string | null> {
  answer!(desk.chats.rows[7]!.id);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return desk.chats.selected;
}

it('leads to the chat with whom Ctrl+K found', async () => {
  await choose();
  expect(await answered()).toBe(desk.chats.rows[7]!.id);
});

it('stays where something is being written meanwhile', async () => {
  await choose();
  const field = document.createElement('textarea');
  document.body.append(field);
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  expect(await answered()).toBeNull();
  field.remove();
});

it('stays in a chat that was chosen meanwhile, and where another list is open', async () => {
  await choose();
  desk.chats.select(desk.chats.rows[2]!.id);
  await tick();
  expect(await answered()).toBe(desk.chats.rows[2]!.id);
  answer = null;
  await choose();
  press('k', { code: 'KeyK', ctrlKey: true }, window);
  await tick();
  expect(await answered()).toBe(desk.chats.rows[2]!.id);
});
