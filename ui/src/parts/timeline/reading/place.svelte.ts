// Where in a chat one reads: at its newest end, or around a message one went to; and the way back.

import type { Code, Host } from '../../../host/host';
import { asFailure } from '../../../host/host';
import { messagesIn, type Row } from '../rows';
import type { Timeline } from '../timeline.svelte';

/** A message whose lower edge stands so far below the top of the list, or the newest end. */
export type Spot = { event: string; edge: number } | 'end';

/** Where the list is asked to go. */
export interface Arrival {
  /** A row; none is the end. */
  key: string | null;
  /** How far below the top its lower edge is to stand; a good place for reading without one. */
  edge: number | null;
  /** Whether it is shown to be what was looked for. */
  flash: boolean;
}

/** So many steps back are remembered. */
const STEPS = 20;

export class Place {
  readonly live: Timeline;
  shown = $state.raw<Timeline>() as Timeline;
  /** A new one each time the list is to move. */
  arrival = $state.raw<Arrival | null>(null);
  seeking = $state(false);
  /** Why the last message asked for was not found. */
  missed = $state<Code | 'nothingLater' | null>(null);
  trail = $state.raw<Spot[]>([]);
  readonly #host: Host;
  #wanted = $state.raw<{ timeline: Timeline; arrive: Arrival['edge']; flash: boolean; from: Spot | null } | null>(null);

  constructor(host: Host, live: Timeline) {
    this.#host = host;
    this.live = live;
    this.shown = live;
  }

  /** Whether something else than the newest end is shown. */
  get away(): boolean {
    return this.shown !== this.live;
  }

  /** Goes to a message, loading around it where it is not loaded; `from` is where back leads. */
  jump(event: string, from: Spot | null): void {
    this.#go(event, null, true, from);
  }

  /** Goes to the first message of a day or a later one. */
  async jumpToDate(at: number, from: Spot | null): Promise<void> {
    this.#drop();
    this.seeking = true;
    try {
      const event = await this.#host.call('event_at', { chat: this.live.chat, at });
      this.seeking = false;
      if (event === null) this.missed = 'nothingLater';
      else this.jump(event, from);
    } catch (thrown) {
      this.seeking = false;
      this.missed = asFailure(thrown).code;
    }
  }

  /** Where one was before the last jump. */
  back(): void {
    const spot = this.trail.at(-1);
    if (spot === undefined) return;
    this.trail = this.trail.slice(0, -1);
    if (spot === 'end') this.latest();
    else this.#go(spot.event, spot.edge, false, null);
  }

  /** The newest end. */
  latest(): void {
    this.#drop();
    this.trail = [];
    this.#show(this.live, { key: null, edge: null, flash: false });
  }

  /** Goes on in the newest end once what is in view belongs to it: only there do new messages come. */
  join(spot: Spot): void {
    if (!this.away || this.shown.newer !== 'start') return;
    const key = spot === 'end' ? null : this.live.keyOf(spot.event);
    if (spot !== 'end' && key === null) return;
    this.#drop();
    this.#show(this.live, { key, edge: spot === 'end' ? null : spot.edge, flash: false });
  }

  /** Looks whether the part that was asked for has come; called whenever it changes. */
  settle(): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    const { timeline } = wanted;
    if (timeline.refused !== null) {
      this.#drop();
      this.missed = timeline.refused;
      return;
    }
    if (!timeline.live) return;
    const key = timeline.keyOf(timeline.around!) ?? nearest(timeline.rows);
    this.#wanted = null;
    this.seeking = false;
    if (key === null) {
      timeline.close();
      this.missed = 'chatGone';
      return;
    }
    if (wanted.from) this.#remember(wanted.from);
    this.#show(timeline, { key, edge: wanted.arrive, flash: wanted.flash });
  }

  /** What `settle` waits for. */
  get wanted(): Timeline | null {
    return this.#wanted?.timeline ?? null;
  }

  close(): void {
    this.#drop();
    if (this.away) this.shown.close();
    this.shown = this.live;
    this.live.instead = null;
    this.arrival = null;
    this.trail = [];
  }

  #go(event: string, edge: number | null, flash: boolean, from: Spot | null): void {
    this.#drop();
    this.missed = null;
    for (const timeline of [this.shown, this.live]) {
      const key = timeline.keyOf(event);
      if (key === null) continue;
      if (from) this.#remember(from);
      return this.#show(timeline, { key, edge, flash });
    }
    const timeline = this.live.beside(event);
    this.#wanted = { timeline, arrive: edge, flash, from };
    this.seeking = true;
    timeline.open();
  }

  #show(timeline: Timeline, arrival: Arrival): void {
    const left = this.shown;
    this.missed = null;
    this.shown = timeline;
    this.live.instead = timeline === this.live ? null : timeline;
    this.arrival = arrival;
    if (left !== timeline && left !== this.live) left.close();
  }

  #remember(spot: Spot): void {
    this.trail = [...this.trail, spot].slice(-STEPS);
  }

  #drop(): void {
    this.#wanted?.timeline.close();
    this.#wanted = null;
    this.seeking = false;
  }
}

/** An event that is itself not shown, such as a reaction, stands among those around it. */
function nearest(rows: readonly Row[]): string | null {
  const said = rows.filter((row) => messagesIn(row).length > 0 || row.kind === 'system');
  return said[Math.floor(said.length / 2)]?.key ?? null;
}
