// Plays recordings: one at a time, at a speed that is remembered, and on to the next voice message. It outlives the
// rows, which come and go while one scrolls.

import type { Host } from '../../../host/host';
import { Playable } from './playable.svelte';

export const SPEEDS = [1, 1.5, 2] as const;
const REMEMBERED = 'parta.speed';

/** A recording that can be played, and what follows it. */
export interface Track {
  host: Host;
  key: string;
  seconds: number | null;
  next: () => Track | null;
}

type Sound = Pick<HTMLAudioElement, 'src' | 'currentTime' | 'duration' | 'playbackRate' | 'play' | 'pause' | 'onplay' | 'onpause' | 'onended' | 'ontimeupdate' | 'onloadedmetadata' | 'onerror'>;

export class Player {
  /** The recording that plays or is held. */
  key = $state<string | null>(null);
  paused = $state(true);
  loading = $state(false);
  /** The last recording that could not be played. */
  broken = $state<string | null>(null);
  speed = $state<number>(rememberedSpeed());
  /** Where each recording that was begun stands, in seconds. */
  places = $state.raw<ReadonlyMap<string, number>>(new Map());
  length = $state(0);
  readonly #make: () => Sound;
  #sound: Sound | null = null;
  #track: Track | null = null;
  #playable: Playable | null = null;
  #other: Pick<HTMLMediaElement, 'pause'> | null = null;

  constructor(make: () => Sound = () => new Audio()) {
    this.#make = make;
  }

  at(key: string): number {
    return this.places.get(key) ?? 0;
  }

  /** The length as the file says it, where it is the one that plays. */
  lengthOf(track: Pick<Track, 'key' | 'seconds'>): number {
    return track.key === this.key && this.length > 0 ? this.length : (track.seconds ?? 0);
  }

  toggle(track: Track): void {
    if (track.key !== this.key) void this.#begin(track);
    else if (this.paused) this.#resume();
    else this.#sound?.pause();
  }

  /** Goes to a place; what does not play will begin there. */
  seek(track: Pick<Track, 'key' | 'seconds'>, to: number): void {
    const place = Math.max(0, Math.min(to, this.lengthOf(track)));
    this.#mark(track.key, place);
    if (track.key === this.key && this.#sound) this.#sound.currentTime = place;
  }

  nextSpeed(): void {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed as (typeof SPEEDS)[number]) + 1) % SPEEDS.length]!;
    if (this.#sound) this.#sound.playbackRate = this.speed;
    try {
      localStorage.setItem(REMEMBERED, String(this.speed));
    } catch {
      // Without room for it the speed lasts until the window is closed.
    }
  }

  /** A film begins to sound: everything else falls silent. */
  giveWay(to: Pick<HTMLMediaElement, 'pause'>): void {
    this.#sound?.pause();
    if (this.#other !== to) this.#other?.pause();
    this.#other = to;
  }

  stop(): void {
    this.#sound?.pause();
    this.#playable?.drop();
    this.#playable = null;
    this.#track = null;
    this.key = null;
    this.paused = true;
    this.loading = false;
  }

  async #begin(track: Track): Promise<void> {
    this.stop();
    this.#other?.pause();
    this.#track = track;
    this.key = track.key;
    this.length = 0;
    this.broken = null;
    this.loading = true;
    const playable = new Playable(track.host, track.key);
    this.#playable = playable;
    const loaded = await playable.load();
    // Another one was begun meanwhile.
    if (this.#playable !== playable) return playable.drop();
    this.loading = false;
    if (!loaded) return this.#fail();
    const sound = this.#heard();
    sound.src = playable.url!;
    sound.currentTime = this.at(track.key);
    sound.playbackRate = this.speed;
    this.#resume();
  }

  #resume(): void {
    this.#other?.pause();
    if (this.#sound) this.#sound.playbackRate = this.speed;
    this.#sound?.play().catch(() => this.#fail());
  }

  #heard(): Sound {
    if (this.#sound) return this.#sound;
    const sound = this.#make();
    sound.onplay = () => (this.paused = false);
    sound.onpause = () => (this.paused = true);
    sound.ontimeupdate = () => this.key !== null && this.#mark(this.key, sound.currentTime);
    sound.onloadedmetadata = () => {
      if (Number.isFinite(sound.duration)) this.length = sound.duration;
    };
    sound.onended = () => this.#ended();
    sound.onerror = () => this.key !== null && !this.loading && this.#fail();
    return (this.#sound = sound);
  }

  #ended(): void {
    const track = this.#track;
    if (!track) return;
    this.#mark(track.key, 0);
    const next = track.next();
    this.stop();
    if (next) void this.#begin(next);
  }

  #fail(): void {
    const { key } = this;
    this.stop();
    this.broken = key;
  }

  #mark(key: string, place: number): void {
    this.places = new Map(this.places).set(key, place);
  }
}

function rememberedSpeed(): number {
  try {
    const speed = Number(localStorage.getItem(REMEMBERED));
    return (SPEEDS as readonly number[]).includes(speed) ? speed : 1;
  } catch {
    return 1;
  }
}

export const player = new Player();
