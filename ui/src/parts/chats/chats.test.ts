import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { sampleChats } from '../../../test/sample-chats';
import { Chats } from './chats.svelte';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] }));
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(50);

async function open(host = new FakeHost({ chats: 40 })) {
  const chats = new Chats(host, null);
  chats.watch();
  await settle();
  return { host, chats };
}

it('shows what was remembered until the true list comes', async () => {
  const rows = sampleChats(3, 0);
  const chats = new Chats(new FakeHost({ chats: 40 }), { rows, selected: rows[0]!.id });
  chats.watch();
  expect([chats.rows.length, chats.live, chats.current?.id]).toEqual([3, false, rows[0]!.id]);
  await settle();
  expect([chats.rows.length, chats.live]).toEqual([40, true]);
});

it('follows the list as it moves', async () => {
  const { host, chats } = await open();
  host.chats.receive('!committee', 'собрали 25 из 28');
  await settle();
  expect([chats.rows[0]!.id, chats.rows[0]!.unread]).toEqual(['!committee', 1]);
});

it('goes from chat to chat, and to the unread ones only', async () => {
  const { chats } = await open();
  chats.step(1);
  expect(chats.selected).toBe('!parents5a');
  chats.stepUnread(1);
  expect(chats.selected).toBe('!staff');
  chats.step(-1);
  chats.step(-1);
  expect(chats.selected).toBe('!parents5a');
});

it('counts unread chats without the muted ones, unless one is mentioned there', async () => {
  const { host, chats } = await open();
  const before = chats.unreadChats;
  host.chats.read('!pupils5a');
  await settle();
  expect(chats.unreadChats).toBe(before);
  host.chats.read('!staff');
  await settle();
  expect(chats.unreadChats).toBe(before - 1);
});

it('filters by the beginnings of words', async () => {
  const { chats } = await open();
  chats.filter = 'род ком';
  expect(chats.visible.map((row) => row.id)).toEqual(['!committee']);
});

it('leaves a chat whose invitation was declined', async () => {
  const { chats } = await open();
  chats.select('!invite');
  const answered = chats.answer('!invite', 'decline_invitation');
  await settle();
  await answered;
  expect([chats.selected, chats.rows.some((row) => row.id === '!invite')]).toEqual([null, false]);
});
