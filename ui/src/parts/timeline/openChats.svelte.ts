// The conversations of the last few chats, so that going back to one paints at once.

import type { Host, Item } from '../../host/host';
import { Pins } from './acts/pins.svelte';
import { Composer } from './composer.svelte';
import { Details } from './details.svelte';
import { Place } from './reading/place.svelte';
import { Timeline } from './timeline.svelte';

export interface OpenChat {
  timeline: Timeline;
  /** Where in it one reads. */
  place: Place;
  composer: Composer;
  details: Details;
  pins: Pins;
}

const REMEMBERED = 24;
/** A chat that was left keeps its stream for a moment: many people go straight back. */
const LINGER = 2_000;
/** So long the chat before stays in view: what comes within it is painted once, not as an empty chat and then a full one. */
const HOLD = 60;

export class OpenChats {
  current = $state.raw<OpenChat | null>(null);
  readonly #host: Host;
  readonly #me: string | null;
  readonly #known = new Map<string, OpenChat>();
  readonly #leaving = new Map<string, ReturnType<typeof setTimeout>>();
  /** The chat that is chosen and has nothing to show yet. */
  #next: OpenChat | null = null;
  #arrival: ReturnType<typeof setTimeout> | undefined;
  #seed: { chat: string; items: Item[] } | null;

  constructor(host: Host, seed: { chat: string; items: Item[] } | null, me: string | null = null) {
    this.#host = host;
    this.#me = me;
    this.#seed = seed;
  }

  /** Shows a chat without streaming it yet, as it was when the app was last open. */
  show(chat: string | null): void {
    this.#dropNext();
    if (this.current && this.current.timeline.chat !== chat) this.#leave(this.current);
    this.current = chat === null ? null : this.#recall(chat);
  }

  /** Streams what is shown. */
  open(): void {
    if (this.current) this.#stream(this.current);
  }

  /** Streams a chat, and shows it as soon as it has something to show. */
  turnTo(chat: string | null): void {
    if (this.#next && this.#next.timeline.chat === chat) return;
    this.#dropNext();
    if (this.current?.timeline.chat === chat) return this.open();
    const next = chat === null ? null : this.#recall(chat);
    if (!this.current || !next || next.timeline.rows.length > 0) {
      this.show(chat);
      return this.open();
    }
    const arrive = () => {
      if (this.#next !== next) return;
      this.#next = null;
      this.show(chat);
    };
    this.#next = next;
    this.#arrival = setTimeout(arrive, HOLD);
    this.#stream(next, arrive);
  }

  #stream({ timeline, composer, details, pins }: OpenChat, answered?: () => void): void {
    clearTimeout(this.#leaving.get(timeline.chat));
    this.#leaving.delete(timeline.chat);
    timeline.open(answered);
    details.open();
    pins.open();
    void composer.load();
  }

  /** What was about to be shown and is not wanted any more. */
  #dropNext(): void {
    clearTimeout(this.#arrival);
    const next = this.#next;
    this.#next = null;
    if (next) this.#leave(next);
  }

  closeAll(): void {
    this.#dropNext();
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
    for (const { timeline, composer, details, pins } of this.#known.values()) {
      composer.drop();
      timeline.close();
      details.close();
      pins.close();
    }
  }

  #leave(left: OpenChat): void {
    const { chat } = left.timeline;
    left.composer.flush();
    clearTimeout(this.#leaving.get(chat));
    this.#leaving.set(
      chat,
      setTimeout(() => {
        this.#leaving.delete(chat);
        if (this.current === left || this.#next === left) return;
        left.timeline.close();
        left.details.close();
        left.pins.close();
      }, LINGER),
    );
  }

  #recall(chat: string): OpenChat {
    const known = this.#known.get(chat) ?? this.#make(chat);
    this.#known.delete(chat);
    this.#known.set(chat, known);
    this.#forgetOldest();
    return known;
  }

  #make(chat: string): OpenChat {
    const items = this.#seed?.chat === chat ? this.#seed.items : [];
    this.#seed = null;
    const timeline = new Timeline(this.#host, chat, items, null, undefined, this.#me);
    return { timeline, place: new Place(this.#host, timeline), composer: new Composer(this.#host, chat, timeline), details: new Details(this.#host, chat), pins: new Pins(this.#host, chat) };
  }

  #forgetOldest(): void {
    // A recording or a half-made change waits for the person, however many chats he looks into.
    const oldest = [...this.#known.keys()].find((chat) => !this.#known.get(chat)?.composer.held);
    if (this.#known.size <= REMEMBERED || oldest === undefined || this.#known.get(oldest) === this.current) return;
    this.#known.get(oldest)?.composer.flush();
    this.#known.get(oldest)?.timeline.close();
    this.#known.get(oldest)?.details.close();
    this.#known.get(oldest)?.pins.close();
    this.#known.delete(oldest);
  }
}
