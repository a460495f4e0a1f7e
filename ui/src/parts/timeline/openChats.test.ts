import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { OpenChats } from './openChats.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('forgets what was left long ago, but nothing that is still under way there', () => {
  const open = new OpenChats(new FakeHost(), null);
  open.show('!asked');
  const asked = open.current;
  asked?.composer.askAck({ due: null });
  open.show('!plain');
  const plain = open.current;
  for (let i = 0; i < 40; i++) open.show(`!chat${i}`);
  open.show('!asked');
  expect(open.current).toBe(asked);
  open.show('!plain');
  expect(open.current).not.toBe(plain);
});

describe('turning to another chat', () => {
  const settle = (ms = 10) => vi.advanceTimersByTimeAsync(ms);
  const shown = (open: OpenChats) => open.current?.timeline.chat;

  async function at(chat: string) {
    const open = new OpenChats(new FakeHost(), null);
    open.turnTo(chat);
    await settle();
    return open;
  }

  it('keeps the one before in view until there is something to show', async () => {
    const open = await at('!staff');
    open.turnTo('!parents5a');
    expect(shown(open)).toBe('!staff');
    await settle();
    expect([shown(open), open.current?.timeline.live]).toEqual(['!parents5a', true]);
  });

  it('does not wait for a slow one', async () => {
    const slow = new OpenChats(new FakeHost({ slow: 5_000 }), null);
    slow.turnTo('!staff');
    slow.turnTo('!parents5a');
    expect(shown(slow)).toBe('!staff');
    await settle(100);
    expect([shown(slow), slow.current?.timeline.live]).toEqual(['!parents5a', false]);
    await settle(6_000);
    expect(slow.current?.timeline.live).toBe(true);
  });

  it('shows what it remembers at once', async () => {
    const open = await at('!staff');
    open.turnTo('!parents5a');
    await settle(10_000);
    open.turnTo('!staff');
    expect([shown(open), open.current?.timeline.live]).toEqual(['!staff', false]);
    await settle();
    expect(open.current?.timeline.live).toBe(true);
  });

  it('goes where one went last, and lets go of the rest', async () => {
    const open = await at('!staff');
    open.turnTo('!parents5a');
    open.turnTo('!class5a');
    open.turnTo('!parents5a');
    open.turnTo('!staff');
    await settle();
    expect(shown(open)).toBe('!staff');
    const { timeline } = open.current!;
    await settle(10_000);
    expect([shown(open), timeline.live]).toEqual(['!staff', true]);
    open.turnTo('!parents5a');
    open.turnTo(null);
    await settle(10_000);
    expect(open.current).toBeNull();
    expect(timeline.live).toBe(false);
  });
});
