import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import type { Message } from '../../../host/host';
import { Timeline } from '../timeline.svelte';
import { Place, type Spot } from './place.svelte';

const CHAT = '!parents5a';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] }));
afterEach(() => void vi.useRealTimers());

/** Long enough for a stream, a page or a frame; the component calls `settle` whenever something has come. */
async function settle(place?: Place) {
  await vi.advanceTimersByTimeAsync(200);
  place?.settle();
}

async function open() {
  const host = new FakeHost();
  const live = new Timeline(host, CHAT);
  live.open();
  await settle();
  const place = new Place(host, live);
  const all = host.chats.conversation(CHAT).items.flatMap((item) => (item.kind.kind === 'message' && item.kind.message.event ? [item.kind.message] : []));
  const event = (at: number) => (all.at(at) as Message).event!;
  return { host, live, place, event };
}

const spot = (event: string): Spot => ({ event, edge: 300 });

describe('the place in a chat', () => {
  it('is moved in the list that is there when the message is loaded', async () => {
    const { host, place, event } = await open();
    place.jump(event(-10), 'end');
    expect(place.arrival).toEqual({ key: place.live.keyOf(event(-10)), edge: null, flash: true });
    expect([place.away, place.trail, host.calls('load_older')]).toEqual([false, ['end'], []]);
  });

  it('opens the chat around a message that is not loaded, and grows both ways', async () => {
    const { place, event } = await open();
    place.jump(event(500), spot(event(-10)));
    expect([place.away, place.seeking]).toEqual([false, true]);
    await settle(place);
    expect([place.away, place.seeking, place.trail]).toEqual([true, false, [spot(event(-10))]]);
    expect(place.arrival).toMatchObject({ key: place.shown.keyOf(event(500)), flash: true });
    const before = place.shown.rows.length;
    void place.shown.loadNewer();
    await settle();
    void place.shown.loadOlder();
    await settle();
    expect(place.shown.rows.length).toBeGreaterThan(before + 40);
  });

  it('goes back by the way it came, also across the part that was left', async () => {
    const { place, event } = await open();
    place.jump(event(500), spot(event(-10)));
    await settle(place);
    place.jump(event(20), spot(event(505)));
    await settle(place);
    place.back();
    await settle(place);
    expect(place.arrival).toEqual({ key: place.shown.keyOf(event(505)), edge: 300, flash: false });
    place.back();
    await settle(place);
    expect([place.away, place.arrival]).toEqual([false, { key: place.live.keyOf(event(-10)), edge: 300, flash: false }]);
    expect(place.trail).toEqual([]);
  });

  it('returns to the newest end, which has gone on meanwhile', async () => {
    const { host, place, event } = await open();
    place.jump(event(500), 'end');
    await settle(place);
    host.chats.receive(CHAT, 'Пока вас не было');
    await settle(place);
    place.latest();
    expect([place.away, place.arrival, place.trail]).toEqual([false, { key: null, edge: null, flash: false }, []]);
    expect(place.shown.messages().at(-1)!.message.body).toMatchObject({ text: { plain: 'Пока вас не было' } });
  });

  it('goes on in the newest end where one has come down to it, at the same message', async () => {
    const { place, event } = await open();
    place.jump(event(-60), 'end');
    await settle(place);
    expect(place.away).toBe(true);
    place.join(spot(event(-60)));
    expect(place.away).toBe(true);
    while (place.shown.newer !== 'start') {
      void place.shown.loadNewer();
      await settle();
    }
    place.join(spot(event(-60)));
    expect(place.away).toBe(true);
    const key = place.shown.keyOf(event(-12));
    place.join(spot(event(-12)));
    expect([place.away, place.arrival]).toEqual([false, { key, edge: 300, flash: false }]);
  });

  it('keeps the names of rows from one part to another', async () => {
    const { place, event } = await open();
    const key = place.live.keyOf(event(-3));
    place.jump(event(-50), 'end');
    await settle(place);
    while (place.shown.newer !== 'start') {
      void place.shown.loadNewer();
      await settle();
    }
    expect(place.shown.keyOf(event(-3))).toBe(key);
  });

  it('says why a message is not found and stays where it was', async () => {
    const { host, place, event } = await open();
    place.jump('$none', 'end');
    await settle(place);
    expect([place.missed, place.away, place.seeking, place.trail]).toEqual(['chatGone', false, false, []]);
    host.chats.offline = true;
    place.jump(event(500), 'end');
    expect(place.missed).toBe(null);
    await settle(place);
    expect([place.missed, place.away]).toEqual(['noNetwork', false]);
  });

  it('forgets the message before when another one is asked for', async () => {
    const { place, event } = await open();
    place.jump(event(500), 'end');
    place.jump(event(900), 'end');
    await settle(place);
    expect(place.shown.around).toBe(event(900));
  });

  it('goes to a date, or says that nothing is that late', async () => {
    const { host, place } = await open();
    const day = host.chats.conversation(CHAT).items.filter((item) => item.kind.kind === 'day')[3]!.kind as { at: number };
    await Promise.all([place.jumpToDate(day.at, 'end'), settle()]);
    await settle(place);
    const first = place.shown.message(place.shown.around!)!;
    expect([place.away, new Date(first.at).toDateString()]).toEqual([true, new Date(day.at).toDateString()]);
    await Promise.all([place.jumpToDate(Date.now() + 86_400_000, 'end'), settle()]);
    expect([place.missed, place.seeking]).toEqual(['nothingLater', false]);
    host.failing = { event_at: { code: 'noNetwork', retryAfter: null } };
    await Promise.all([place.jumpToDate(0, 'end'), settle()]);
    expect(place.missed).toBe('noNetwork');
  });

  it('knows a quoted message in the part that is shown', async () => {
    const { live, place, event } = await open();
    expect(live.message(event(500))).toBe(null);
    place.jump(event(500), 'end');
    await settle(place);
    expect(live.message(event(500))?.event).toBe(event(500));
    place.close();
    expect(live.message(event(500))).toBe(null);
  });
});
