import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost, type FakeOptions } from '../../../../test/fake-host';
import { SCHOOL_ME } from '../../../../test/sample-people';
import { toasts } from '../../../kit/toasts.svelte';
import { OpenChats } from '../openChats.svelte';
import type { MessageRow } from '../rows';
import { MessageActs } from './acts.svelte';
import { menuItems } from './menu';

const CHAT = '!staff';
let copied = '';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] });
  copied = '';
  vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void (copied = text) }, platform: '', languages: ['ru'] });
  toasts.list = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const settle = (ms = 100) => vi.advanceTimersByTimeAsync(ms);

async function begin(options: FakeOptions = {}) {
  const host = new FakeHost(options);
  const open = new OpenChats(host, null);
  open.show(CHAT);
  open.open();
  await settle();
  const done: string[] = [];
  const acts = new MessageActs(host, open.current!, {
    me: () => SCHOOL_ME.id,
    chat: () => host.chats.rows.find((row) => row.id === CHAT)!,
    reply: (row) => done.push(`reply ${row.message.event}`),
    edit: (event) => done.push(`edit ${event}`),
    jump: (event) => done.push(`jump ${event}`),
    openChat: (chat) => done.push(`open ${chat}`),
    write: (person) => done.push(`write ${person}`),
    used: (emoji) => done.push(`used ${emoji}`),
  });
  const find = (text: string) => open.current!.timeline.rows.find((row): row is MessageRow => row.kind === 'message' && row.message.body.kind === 'text' && row.message.body.text.plain.includes(text))!;
  return { host, acts, done, find };
}

describe('a reaction', () => {
  it('is set by one pick and taken back by the next, and only the first is remembered', async () => {
    const { acts, done, find } = await begin();
    acts.react(find('деньги на автобус'), '🎉');
    await settle();
    expect(find('деньги на автобус').message.reactions).toMatchObject([{ key: '🎉', count: 1, own: true }]);
    acts.react(find('деньги на автобус'), '🎉');
    await settle();
    expect(find('деньги на автобус').message.reactions).toEqual([]);
    expect(done).toEqual(['used 🎉']);
  });

  it('is not sent where one may not react', async () => {
    const { host, acts, find } = await begin();
    host.details.setRights(CHAT, { react: false });
    acts.react(find('деньги на автобус'), '🎉');
    expect(host.calls('react')).toEqual([]);
  });
});

describe('the menu', () => {
  it('names what one may do in the words of the person’s language', async () => {
    const { acts, find } = await begin();
    expect(menuItems(acts, find('Отличный план')).map((item) => item.label)).toEqual(['Ответить', 'Изменить', 'Закрепить', 'Копировать текст', 'Копировать ссылку', 'Переслать', 'Выбрать', 'Прочитали 3 человека', 'Удалить']);
  });

  it('follows the rights while it is open', async () => {
    const { host, acts, find } = await begin();
    host.details.setRights(CHAT, { pin: false });
    expect(menuItems(acts, find('Отличный план')).map((item) => item.label)).not.toContain('Закрепить');
  });
});

describe('an act', () => {
  it('goes to the one who does it', async () => {
    const { acts, done, find } = await begin();
    const row = find('Отличный план');
    acts.run('reply', row);
    acts.run('edit', row);
    expect(done).toEqual([`reply ${row.message.event}`, `edit ${row.message.event}`]);
    acts.run('forward', row);
    expect(acts.shown).toEqual({ kind: 'forward', rows: [row] });
    acts.run('readers', row);
    expect(acts.shown).toEqual({ kind: 'readers', row });
  });

  it('copies the address of a message', async () => {
    const { acts, find } = await begin();
    acts.run('copyLink', find('Отличный план'));
    await settle();
    expect(copied).toMatch(/^https:\/\/matrix\.to\/#\//);
    expect(toasts.list.map((toast) => toast.text)).toEqual(['Ссылка скопирована']);
  });

  it('that fails is said in words, and nothing is shown as done', async () => {
    const { acts, find } = await begin({ failing: { pin_message: { code: 'notAllowed', retryAfter: null } } });
    acts.run('pin', find('Отличный план'));
    await settle();
    expect(toasts.list.map((toast) => [toast.look, toast.text])).toEqual([['error', 'У вас нет прав на это в этом чате.']]);
  });

  it('of unpinning can be taken back', async () => {
    const { host, acts } = await begin();
    const event = acts.open.pins.messages.at(-1)!.event;
    void acts.pin(event, false);
    await settle();
    expect(host.details.of(CHAT).now.pinned).not.toContain(event);
    toasts.list.at(-1)!.action!.run();
    await settle();
    expect(host.details.of(CHAT).now.pinned.at(-1)).toBe(event);
  });
});

it('copies what was chosen in the order of the conversation, and leaves the selection', async () => {
  vi.setSystemTime(new Date(2026, 10, 20, 12));
  const { acts, find } = await begin();
  acts.selection.toggle(find('Всем привет'));
  acts.selection.toggle(find('деньги на автобус'));
  acts.copyChosen();
  await settle();
  expect(copied).toMatch(/^Анна Сергеевна Белова, \d\d:\d\d\nА деньги на автобус[^]*\n\nОльга Викторовна Кузнецова, \d\d:\d\d\nВсем привет!$/);
  expect(acts.selection.active).toBe(false);
});

it('copies the day as well where it is not today', async () => {
  vi.setSystemTime(new Date(2026, 10, 20, 12));
  const { acts, find } = await begin();
  acts.selection.toggle(find('Всем привет'));
  vi.setSystemTime(new Date(2026, 10, 21, 12));
  acts.copyChosen();
  await settle();
  expect(copied).toBe('Ольга Викторовна Кузнецова, 20 ноября, 11:57\nВсем привет!');

  acts.host.call('send_message', { chat: CHAT, written: { text: 'Уже сегодня', mentions: [] }, replyTo: null, ack: null });
  await settle(1_000);
  acts.selection.toggle(find('Всем привет'));
  acts.selection.toggle(find('Уже сегодня'));
  acts.copyChosen();
  await settle();
  expect(copied).toMatch(/^Ольга Викторовна Кузнецова, 20 ноября, 11:57\nВсем привет!\n\nОльга Викторовна Кузнецова, 21 ноября, 12:00\nУже сегодня$/);

  vi.setSystemTime(new Date(2027, 0, 9, 12));
  acts.selection.toggle(find('Всем привет'));
  acts.copyChosen();
  await settle();
  expect(copied).toContain(', 20 ноября 2026 г., 11:57');
});

it('leads to the chat with a person, but not with oneself', async () => {
  const { acts, done } = await begin();
  acts.person('@p9:school1.example');
  acts.person(SCHOOL_ME.id);
  expect(done).toEqual(['write @p9:school1.example']);
});

it('acknowledges once and knows when', async () => {
  const { acts, find } = await begin();
  const { event } = find('Прошу подтвердить, что вы').message;
  void acts.acknowledge(event!);
  await settle();
  expect(find('Прошу подтвердить, что вы').message.ack).toMatchObject({ own: true, count: 13 });
  expect(acts.acknowledged.has(event!)).toBe(true);
});
