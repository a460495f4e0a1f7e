import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { messagesOf } from '../../../../test/fake-chats';
import { FakeHost } from '../../../../test/fake-host';
import { Pins } from './pins.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const CHAT = '!algebra';

async function pinned(count: number) {
  const host = new FakeHost();
  const events = messagesOf(host.chats.conversation(CHAT)).flatMap(({ event, body }) => (event && body.kind === 'text' ? [event] : [])).slice(0, count);
  host.details.change(CHAT, () => ({ pinned: events }));
  const pins = new Pins(host, CHAT);
  pins.open();
  await vi.advanceTimersByTimeAsync(10);
  return { host, events, pins };
}

it('shows the newest pin first and goes round from it to the oldest', async () => {
  const { events, pins } = await pinned(3);
  expect([1, 2, 3, 4].map(() => pins.next())).toEqual([events[2], events[1], events[0], events[2]]);
});

it('goes to a pin that is new', async () => {
  const { host, events, pins } = await pinned(3);
  pins.next();
  const more = messagesOf(host.chats.conversation(CHAT)).at(-2)!.event!;
  host.details.change(CHAT, () => ({ pinned: [...events, more] }));
  expect(pins.shown?.event).toBe(more);
});

it('shows nothing when the last pin is taken away', async () => {
  const { host, pins } = await pinned(1);
  pins.next();
  host.details.change(CHAT, () => ({ pinned: [] }));
  expect([pins.shown, pins.next()]).toEqual([null, null]);
});

it('leaves out a message that was deleted', async () => {
  const { host, events, pins } = await pinned(2);
  const gone = host.call('delete_messages', { chat: CHAT, events: [events[1]!], reason: null });
  await vi.advanceTimersByTimeAsync(10);
  await gone;
  host.details.change(CHAT, () => ({}));
  expect(pins.messages.map((message) => message.event)).toEqual([events[0]]);
});

it('remembers the pins of a chat that was left', async () => {
  const { host, events, pins } = await pinned(2);
  pins.close();
  host.details.change(CHAT, () => ({ pinned: [] }));
  expect(pins.messages.map((message) => message.event)).toEqual(events);
});
