import { mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { message, poll, words } from '../../../test/sample-items';
import { OWN, PEOPLE, SCHOOL_ME } from '../../../test/sample-people';
import { stubBrowser } from '../../../test/screen';
import type { Item } from '../../host/host';
import Conversation from './Conversation.svelte';
import { OpenChats } from './openChats.svelte';

const CHAT = '!empty';
const NEVER = 9_007_199_254_740_991;
let host: FakeHost;
let app: Record<string, unknown> | null = null;
let chats: OpenChats;

beforeEach(() => {
  stubBrowser();
  host = new FakeHost({ chats: 20 });
});
afterEach(async () => {
  if (app) await unmount(app);
  app = null;
  chats.closeAll();
  vi.unstubAllGlobals();
});

/** Shows a chat in which so much was said. */
async function show(items: Item[], onopenchat: (chat: string, event?: string | null) => void = () => undefined) {
  host.chats.conversation(CHAT).items = items;
  chats = new OpenChats(host, null, SCHOOL_ME.id);
  chats.show(CHAT);
  chats.open();
  const nothing = () => undefined;
  const props = { host, me: SCHOOL_ME.id, chat: host.chats.rows.find((row) => row.id === CHAT)!, open: chats.current!, sendKey: 'enter' as const, chats: host.chats.rows, recentEmoji: [], onemoji: nothing, onopenchat, online: true, onwrite: nothing, returns: 0, head: { info: false, oninfo: nothing, onsearch: nothing, onleave: nothing } };
  app = mount(Conversation, { target: document.body, props });
  await vi.waitFor(() => expect(chats.current!.timeline.live).toBe(true));
  await tick();
}

const log = () => document.querySelector('[role=log]')!.textContent;
const button = (name: string) => [...document.querySelectorAll('button')].find((one) => one.getAttribute('aria-label') === name || one.textContent.trim() === name)!;
const said = (at: number, text: string) => message(PEOPLE[0]!, at, words(text));

describe('a message made to do harm', () => {
  it('with two answers of one name does not take the others from the screen', async () => {
    const twice = poll('Кто за?', ['Первый', 'Второй']);
    if (twice.kind === 'poll') twice.poll.answers[1]!.id = twice.poll.answers[0]!.id;
    await show([said(1, 'До этого'), message(PEOPLE[1]!, 2, twice), said(3, 'После этого')]);
    for (const text of ['До этого', 'Первый', 'Второй', 'После этого']) expect(log()).toContain(text);
  });

  it('of a time and a term that no calendar has is shown without them', async () => {
    await show([said(1, 'До этого'), message(PEOPLE[1]!, NEVER, words('Подтвердите'), { ack: { due: NEVER, own: false, count: 0 } }), { id: 'd', kind: { kind: 'day', at: NEVER } }, said(3, 'После этого')]);
    for (const text of ['До этого', 'Подтвердите', 'Ознакомлен(а)', 'После этого']) expect(log()).toContain(text);
    expect(log()).not.toMatch(/до\s*$|NaN|Invalid/m);
  });

  it('that can’t be drawn at all leaves a line, the chat, and what can be done to it', async () => {
    const broken = message(PEOPLE[1]!, 2, words('Беда'), { reactions: [0, 1].map(() => ({ key: '👍', count: 1, own: false, who: [] })) });
    await show([said(1, 'До этого'), broken, said(3, 'После этого')]);
    for (const text of ['До этого', 'Это сообщение показать пока нельзя', 'После этого']) expect(log()).toContain(text);
    const note = [...document.querySelectorAll<HTMLElement>('[role=log] article')].find((row) => row.textContent.includes('показать пока нельзя'))!;
    note.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    await tick();
    expect(document.querySelector('[role=menu]')).not.toBeNull();
  });

  it('is drawn once it has changed for the better', async () => {
    const broken = message(PEOPLE[1]!, 2, words('Беда'), { reactions: [0, 1].map(() => ({ key: '👍', count: 1, own: false, who: [] })) });
    await show([said(1, 'До этого'), broken]);
    expect(log()).toContain('показать пока нельзя');
    const event = broken.kind.kind === 'message' ? broken.kind.message.event! : '';
    host.chats.change(CHAT, event, () => ({ body: { kind: 'deleted' }, reactions: [] }));
    await vi.waitFor(() => expect(log()).toContain('Сообщение удалено'));
    expect(log()).not.toContain('показать пока нельзя');
  });
});

describe('the name of a day', () => {
  const day = (at: number): Item => ({ id: `d${at}`, kind: { kind: 'day', at } });
  const at = new Date(2026, 2, 10, 12).getTime();
  const calendar = () => document.querySelector('[role=dialog] [role=grid]');

  it('offers the days to go to, and goes to the one that is chosen', async () => {
    await show([day(at), said(at, 'В этот день')]);
    document.querySelector<HTMLElement>('[data-day]')!.click();
    await tick();
    expect(calendar()?.getAttribute('aria-label')).toBe('март 2026');
    button('5 марта 2026 г.').click();
    await vi.waitFor(() => expect(host.calls('event_at')).toEqual([{ chat: CHAT, at: new Date(2026, 2, 5).getTime() }]));
    expect(calendar()).toBeNull();
  });

  it('closes them with a second click, and on Escape', async () => {
    await show([day(at), said(at, 'В этот день')]);
    const name = document.querySelector<HTMLElement>('[data-day]')!;
    name.click();
    await tick();
    name.click();
    await tick();
    expect(calendar()).toBeNull();
    name.focus();
    name.click();
    await tick();
    calendar()!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    await tick();
    expect(calendar()).toBeNull();
    expect(document.activeElement).toBe(name);
  });

  it('is a step on the way from message to message', async () => {
    await show([said(at - 1e9, 'До'), day(at), said(at, 'После'), said(at + 1, 'И ещё')]);
    const name = document.querySelector<HTMLElement>('[data-day]')!;
    for (const [key, text] of [['ArrowDown', 'После'], ['ArrowUp', 'До']] as const) {
      name.focus();
      name.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      expect(document.activeElement?.textContent).toContain(text);
    }
  });

  it('is asked for in the menu of the chat', async () => {
    await show([said(at, 'В этот день')]);
    button('Ещё о чате').click();
    await tick();
    button('Перейти к дате').click();
    await vi.waitFor(() => expect(calendar()).not.toBeNull());
  });

  it('is not asked for where nothing was said', async () => {
    await show([]);
    button('Ещё о чате').click();
    await tick();
    expect(button('Перейти к дате')).toBeUndefined();
  });
});

describe('the focus', () => {
  const field = () => document.querySelector('textarea');
  const item = (name: string) => [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((one) => one.textContent.trim() === name)!;

  it('is where one writes once the bar of the selection is gone with it', async () => {
    await show([said(Date.now(), 'Привет')]);
    document.querySelector('[role=log] article')!.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    await tick();
    item('Выбрать').click();
    await vi.waitFor(() => expect(button('Снять выделение')).toBeDefined());
    button('Снять выделение').focus();
    button('Снять выделение').click();
    await vi.waitFor(() => expect(document.activeElement).toBe(field()));
  });

  it('is where one writes once the last pin is gone with its bar', async () => {
    await show([said(Date.now(), 'Привет')]);
    const message = host.chats.conversation(CHAT).items[0]!.kind;
    host.details.change(CHAT, () => ({ pinned: message.kind === 'message' ? [message.message.event!] : [] }));
    await vi.waitFor(() => expect(button('Все закреплённые сообщения')).toBeDefined());
    button('Все закреплённые сообщения').focus();
    button('Все закреплённые сообщения').click();
    await tick();
    button('Открепить').focus();
    button('Открепить').click();
    await vi.waitFor(() => expect(document.activeElement).toBe(document.querySelector('dialog button')));
    document.querySelector('dialog')!.dispatchEvent(new Event('cancel', { cancelable: true }));
    await vi.waitFor(() => expect(document.activeElement).toBe(field()));
  });
});

it('tries a message again that was not sent: by the button below it, and by its menu', async () => {
  const failed = () => message(OWN, 1, words('Не ушло'), { event: null, send: { kind: 'failed', reason: 'server' } });
  const [first, second] = [failed(), failed()];
  await show([first, second]);
  const rows = [...document.querySelectorAll<HTMLElement>('[role=log] article')];
  const again = [...rows[0]!.querySelectorAll<HTMLButtonElement>('[role=alert] button')].find((button) => button.textContent === 'Повторить')!;
  expect([again.disabled, again.tabIndex]).toEqual([false, 0]);
  again.focus();
  again.click();
  await vi.waitFor(() => expect(rows[0]!.querySelector('[role=alert]')).toBeNull());
  expect(document.activeElement).toBe(rows[0]);
  rows[1]!.focus();
  rows[1]!.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }));
  await tick();
  [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((item) => item.textContent.trim() === 'Повторить')!.click();
  await vi.waitFor(() => expect(host.calls('retry_message')).toEqual([first, second].map(({ id }) => ({ chat: CHAT, item: id }))));
});

it('goes from a link to the message it names, and to an invitation without one: there is nothing to see yet', async () => {
  const opened = vi.fn();
  const link = (chat: string) => `<a href="https://matrix.to/#/${chat}/$m1">${chat}</a>`;
  await show([message(PEOPLE[0]!, 1, words('Смотрите', ['!maria', '!invite'].map(link).join(' ')))], opened);
  for (const anchor of document.querySelectorAll<HTMLElement>('[role=log] .rich a')) anchor.click();
  expect(opened.mock.calls).toEqual([['!maria', '$m1'], ['!invite', null]]);
});
