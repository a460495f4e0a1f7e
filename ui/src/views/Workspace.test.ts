import { mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../test/fake-host';
import { message, words } from '../../test/sample-items';
import { PEOPLE, SCHOOL_ME } from '../../test/sample-people';
import { stubBrowser } from '../../test/screen';
import { Preferences } from '../parts/settings';
import type { Session } from '../parts/session';
import { Desk } from './desk.svelte';
import Workspace from './Workspace.svelte';

let host: FakeHost;
let desk: Desk;
let app: Record<string, unknown>;
let answer: ((chat: string) => void) | null;

beforeEach(async () => {
  stubBrowser();
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

const rowOf = (chat: string) => document.querySelector<HTMLElement>(`[data-chat="${chat}"]`)!;
const known = (chat: string) => desk.chats.rows.find((row) => row.id === chat)!;
const items = () => [...document.querySelectorAll<HTMLElement>('[role=menuitem]')];
const labels = () => items().map((item) => item.textContent.trim());
const run = async (label: string) => {
  items().find((item) => item.textContent.trim() === label)!.click();
  await vi.waitFor(() => expect(items()).toEqual([]));
};

it('marks a chat read, unread and muted from the menu of its row', async () => {
  rowOf('!maria').focus();
  press('F10', { shiftKey: true });
  await tick();
  expect(labels()).toEqual(['Открыть', 'Отметить прочитанным', 'Без уведомлений']);
  await run('Отметить прочитанным');
  await vi.waitFor(() => expect(known('!maria')).toMatchObject({ unread: 0, markedUnread: false }));
  expect(document.activeElement).toBe(rowOf('!maria'));
  expect(desk.chats.selected, 'nothing is opened by it').toBeNull();

  rowOf('!maria').firstElementChild!.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  await tick();
  await run('Отметить непрочитанным');
  await vi.waitFor(() => expect(known('!maria').markedUnread).toBe(true));
  press('ContextMenu');
  await tick();
  await run('Без уведомлений');
  await vi.waitFor(() => expect(known('!maria')).toMatchObject({ markedUnread: true, muted: true }));
  press('ContextMenu');
  await tick();
  expect(labels()).toEqual(['Открыть', 'Отметить прочитанным', 'Включить все уведомления']);
  await run('Открыть');
  await vi.waitFor(() => expect(desk.chats.selected).toBe('!maria'));
});

it('offers no more than to open an invitation', async () => {
  rowOf('!invite').focus();
  press('ContextMenu');
  await tick();
  expect(labels()).toEqual(['Открыть']);
  press('Escape');
  await tick();
  expect(items()).toEqual([]);
});

/** Follows a link to a message of a chat that takes its time to open; what is given lets it, and tells where it was gone to. */
async function follow(link: string) {
  const watch = host.watch.bind(host) as (...args: unknown[]) => () => void;
  const around: string[] = [];
  let come = (): void => undefined;
  host.watch = ((name: string, args: { chat?: string; around?: string | null }, ...on: unknown[]) => {
    if (name !== 'timeline' || args.chat !== '!maria') return watch(name, args, ...on);
    if (args.around) around.push(args.around);
    let stop = (): void => undefined;
    come = () => (stop = watch(name, args, ...on));
    return () => stop();
  }) as typeof host.watch;
  host.chats.conversation('!empty').items = [message(PEOPLE[0]!, 1, words('Смотрите', `<a href="${link}">здесь</a>`))];
  desk.chats.select('!empty');
  await vi.waitFor(() => expect(document.querySelector('[role=log] .rich a')).not.toBeNull());
  document.querySelector<HTMLElement>('[role=log] .rich a')!.click();
  await vi.waitFor(() => expect(desk.open.current?.timeline.chat).toBe('!maria'));
  return async () => {
    come();
    await vi.waitFor(() => expect(desk.open.current?.timeline.live).toBe(true));
    // Whoever goes to a message does so as soon as its chat is live.
    await tick();
    return around;
  };
}

it.each([[false, ['$elsewhere']], [true, []]])('goes to the message of a link once its chat is there, unless another one was chosen meanwhile: %s', async (meanwhile, went) => {
  const come = await follow('https://matrix.to/#/!maria/$elsewhere');
  for (const chat of meanwhile ? ['!olga', '!maria'] : []) {
    desk.chats.select(chat);
    await vi.waitFor(() => expect(desk.open.current?.timeline.chat).toBe(chat));
  }
  expect(await come()).toEqual(went);
});
