import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { OpenChats } from './openChats.svelte';
import { KEPT, Timeline } from './timeline.svelte';

const CHAT = '!staff';
const texts = (timeline: Timeline) => timeline.rows.flatMap((row) => (row.kind === 'message' && row.message.body.kind === 'text' ? [row.message.body.text.plain] : []));

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] }));
afterEach(() => void vi.useRealTimers());
const settle = (ms = 200) => vi.advanceTimersByTimeAsync(ms);

describe('a timeline', () => {
  it('streams, loads older items above and keeps the rows it had', async () => {
    const host = new FakeHost();
    const timeline = new Timeline(host, CHAT);
    timeline.open();
    await settle();
    const before = timeline.rows;
    void timeline.loadOlder();
    await settle();
    expect(timeline.rows.length).toBeGreaterThan(before.length);
    expect(timeline.rows.at(-1)).toBe(before.at(-1));
  });

  it('asks for one page at a time, and for none while offline', async () => {
    const host = new FakeHost({ delay: 50 });
    const timeline = new Timeline(host, CHAT);
    timeline.open();
    await settle();
    void timeline.loadOlder();
    void timeline.loadOlder();
    await settle(1000);
    expect(host.calls('load_older')).toHaveLength(1);
    timeline.paging = 'offline';
    void timeline.loadOlder();
    expect(host.calls('load_older')).toHaveLength(1);
  });

  it('says when a page failed', async () => {
    const host = new FakeHost({ failing: { load_older: { code: 'serverError', retryAfter: null } } });
    const timeline = new Timeline(host, CHAT);
    timeline.open();
    await settle();
    void timeline.loadOlder();
    await settle();
    expect(timeline.olderFailed).toBe(true);
  });

  it('remembers the newest items of a chat that was left', async () => {
    const host = new FakeHost();
    const timeline = new Timeline(host, '!parents5a');
    timeline.open();
    await settle();
    for (let i = 0; i < 3; i++) {
      void timeline.loadOlder();
      await settle();
    }
    timeline.close();
    expect(timeline.live).toBe(false);
    expect(timeline.newest).toHaveLength(KEPT);
    expect(texts(timeline).at(-1)).toContain('автобус бесплатный');
  });
});

describe('open chats', () => {
  it('leave the stream of a chat a moment after one has gone on', async () => {
    const host = new FakeHost();
    const open = new OpenChats(host, null);
    open.show(CHAT);
    open.open();
    await settle();
    const first = open.current!.timeline;
    open.show('!parents5a');
    open.open();
    expect(first.live).toBe(true);
    await settle(3000);
    expect(first.live).toBe(false);
  });

  it('keep it for one who comes straight back', async () => {
    const host = new FakeHost();
    const open = new OpenChats(host, null);
    open.show(CHAT);
    open.open();
    await settle();
    const { timeline } = open.current!;
    open.show('!parents5a');
    open.show(CHAT);
    open.open();
    await settle(3000);
    expect(open.current!.timeline).toBe(timeline);
    expect(timeline.live).toBe(true);
  });

  it('keep the draft of a chat that is left', async () => {
    const host = new FakeHost();
    const open = new OpenChats(host, null);
    open.show(CHAT);
    open.open();
    open.current!.composer.write('не договорил');
    open.show(null);
    expect(host.calls('save_draft')).toEqual([{ chat: CHAT, draft: { text: 'не договорил', replyTo: null, mentions: [] } }]);
  });
});
