import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import { media, message, words } from '../../../../test/sample-items';
import { PEOPLE } from '../../../../test/sample-people';
import type { Body, Item } from '../../../host/host';
import { buildRows, messagesIn } from '../rows';
import { Player, type Track } from './player.svelte';
import { nextVoice } from './playlist';

/** What an <audio> does, without a sound. */
class Silent {
  src = '';
  currentTime = 0;
  duration = 20;
  playbackRate = 1;
  onplay: (() => void) | null = null;
  onpause: (() => void) | null = null;
  onended: (() => void) | null = null;
  ontimeupdate: (() => void) | null = null;
  onloadedmetadata: (() => void) | null = null;
  onerror: (() => void) | null = null;
  play = async () => void this.onplay?.();
  pause = () => this.onpause?.();
}

const host = new FakeHost();
const track = (key: string, next: Track | null = null): Track => ({ host, key, seconds: 20, next: () => next });
const settle = () => new Promise((resolve) => setTimeout(resolve));
let sound: Silent;
const begin = () => {
  sound = new Silent();
  return new Player(() => sound as never);
};

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('fetch', (url: string) => Promise.resolve(url.includes('gone') ? new Response(null, { status: 404 }) : new Response('sound')));
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:sound', revokeObjectURL: () => undefined }));
});

describe('the player', () => {
  it('plays one recording at a time and goes on where each was left', async () => {
    const player = begin();
    player.toggle(track('a'));
    await settle();
    sound.currentTime = 7;
    sound.ontimeupdate?.();
    player.toggle(track('b'));
    await settle();
    expect([player.key, player.paused, player.at('b')]).toEqual(['b', false, 0]);
    player.toggle(track('a'));
    await settle();
    expect([player.key, sound.currentTime]).toEqual(['a', 7]);
  });

  it('plays on with the next voice message and begins anew the one that has ended', async () => {
    const player = begin();
    player.toggle(track('a', track('b')));
    await settle();
    sound.onended?.();
    await settle();
    expect([player.key, player.paused, player.at('a')]).toEqual(['b', false, 0]);
    sound.onended?.();
    await settle();
    expect([player.key, player.paused]).toEqual([null, true]);
  });

  it('keeps the speed, for this recording and for the next start', async () => {
    const player = begin();
    player.toggle(track('a', track('b')));
    await settle();
    player.nextSpeed();
    expect(sound.playbackRate).toBe(1.5);
    sound.onended?.();
    await settle();
    expect(sound.playbackRate).toBe(1.5);
    expect(begin().speed).toBe(1.5);
    player.nextSpeed();
    player.nextSpeed();
    expect(player.speed).toBe(1);
  });

  it('begins where one has pointed before playing, and never beyond its length', async () => {
    const player = begin();
    player.seek(track('a'), 12);
    player.seek(track('b'), 99);
    player.toggle(track('a'));
    await settle();
    expect([sound.currentTime, player.at('b')]).toEqual([12, 20]);
  });

  it('falls silent for a film, says what does not load, and lets a late answer go', async () => {
    const player = begin();
    player.toggle(track('a'));
    await settle();
    player.giveWay({ pause: () => undefined });
    expect(player.paused).toBe(true);
    player.toggle(track('gone'));
    await settle();
    expect([player.broken, player.key]).toEqual(['gone', null]);
    player.toggle(track('a'));
    player.stop();
    await settle();
    expect([player.key, player.paused]).toEqual([null, true]);
  });
});

it('the next voice message is one below, past everything else; music does not play on', () => {
  const voice = (key: string, is = true): Body => ({ kind: 'audio', voice: is, waveform: [], media: media(key), caption: null });
  const items: Item[] = [voice('a'), words('и'), voice('song', false), voice('b')].map((body, i) => message(PEOPLE[0]!, i, body));
  const rows = buildRows(items.map((item) => ({ key: item.id, item }))).flatMap(messagesIn);
  expect(nextVoice(rows, rows[0]!.key)?.key).toBe(rows[3]!.key);
  expect([nextVoice(rows, rows[2]!.key), nextVoice(rows, rows[3]!.key), nextVoice(rows, 'none')]).toEqual([null, null, null]);
});
