import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { row } from '../../../test/sample-chats';
import type { ChatRow, Host } from '../../host/host';
import { markRead } from './reading.svelte';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A chat whose end is in view, in a window that is looked at. */
function open(part: Partial<ChatRow>) {
  let chat = $state.raw(row('!a', 'А', part));
  let returns = $state(0);
  const call = vi.fn(() => Promise.resolve(null));
  const close = $effect.root(() => markRead({ call } as unknown as Host, () => chat, () => true, () => returns));
  const settle = () => {
    flushSync();
    vi.advanceTimersByTime(1_000);
    flushSync();
    return call.mock.calls.length;
  };
  return { settle, close, change: (more: Partial<ChatRow>) => (chat = { ...chat, ...more }), comeBack: () => returns++ };
}

describe('a chat that is looked at', () => {
  it('is told to be read, once for what came', () => {
    const { settle, change, close } = open({ unread: 2 });
    expect(settle()).toBe(1);
    expect(settle()).toBe(1);
    change({ unread: 0 });
    expect(settle()).toBe(1);
    change({ unread: 1 });
    expect(settle()).toBe(2);
    close();
  });

  it('loses the mark that it was opened with', () => {
    const { settle, close } = open({ markedUnread: true });
    expect(settle()).toBe(1);
    close();
  });

  it('keeps a mark that was set while it stood open, whatever comes', () => {
    const { settle, change, close } = open({});
    change({ markedUnread: true });
    expect(settle()).toBe(0);
    change({ unread: 1 });
    expect(settle()).toBe(0);
    change({ markedUnread: false, unread: 0 });
    expect(settle()).toBe(0);
    change({ unread: 1 });
    expect(settle(), 'the mark is gone, and the chat is read as it comes').toBe(1);
    close();
  });

  it('loses that mark as soon as the person comes back to it', () => {
    const { settle, change, comeBack, close } = open({});
    change({ markedUnread: true });
    expect(settle()).toBe(0);
    comeBack();
    expect(settle()).toBe(1);
    close();
  });
});
