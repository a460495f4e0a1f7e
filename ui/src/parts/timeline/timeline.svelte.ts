// The items of one chat as the core streams them: its newest end, or a part of it around an event. The newest end is
// also kept as it was last seen.

import type { Code, Host, Item, ListDiff, Message, Paging, TimelineUpdate } from '../../host/host';
import { applyDiffs } from '../../lib/applyDiff';
import { FrameBatch } from '../../lib/frames';
import { Echoes, type Echo } from './echoes';
import { ItemKeys } from './itemKeys';
import { buildRows, growRows, messagesIn, sameTail, type MessageRow, type Row } from './rows';

/** So many items stay in memory of a chat that was left. */
export const KEPT = 50;
/** From so many items on, older ones are put before them and nothing is built anew. */
const LONG = 100;

export class Timeline {
  rows = $state.raw<Row[]>([]);
  paging = $state<Paging>('idle');
  /** The same below; the newest end has nothing below it. */
  newer = $state<Paging>('start');
  /** False while what is shown is remembered, not streamed. */
  live = $state(false);
  /** Why the core does not stream it. */
  refused = $state<Code | null>(null);
  olderFailed = $state(false);
  newerFailed = $state(false);
  /** A page was asked for and has not been answered. */
  asking = $state(false);
  readonly chat: string;
  readonly around: string | null;
  readonly #host: Host;
  readonly #keys: ItemKeys;
  readonly #batch = new FrameBatch<ListDiff<Item>>((diffs) => this.#apply(diffs));
  /** The part of the same chat that is shown in its stead. */
  instead: Timeline | null = null;
  readonly #me: string | null;
  readonly #echoes = new Echoes();
  #items: Item[] = [];
  /** What the rows are built from: the items, and below them what the core has not told of yet. */
  #shown: Item[] = [];
  #stop: (() => void) | null = null;
  #answered: (() => void) | null = null;

  constructor(host: Host, chat: string, seed: Item[] = [], around: string | null = null, keys = new ItemKeys(), me: string | null = null) {
    this.#host = host;
    this.chat = chat;
    this.around = around;
    this.#keys = keys;
    this.#me = me;
    if (around !== null) this.newer = 'idle';
    this.#show(seed);
  }

  /** Another part of the same chat, whose messages keep their rows. */
  beside(event: string): Timeline {
    return new Timeline(this.#host, this.chat, [], event, this.#keys.beside());
  }

  /** The newest items, to remember. */
  get newest(): Item[] {
    return this.#items.slice(-KEPT);
  }

  /** Tells `answered` once there is something to show, or the reason why there is not. */
  open(answered?: () => void): void {
    if (answered) this.#answered = answered;
    if (this.#stop) return;
    this.#keys.reopened();
    this.olderFailed = false;
    this.refused = null;
    const { chat, around } = this;
    this.#stop = this.#host.watch('timeline', { chat, around }, (update) => this.#receive(update), (why) => {
      this.refused = why.code;
      this.#answer();
    });
  }

  close(): void {
    this.#stop?.();
    this.#stop = this.#answered = null;
    this.#batch.drop();
    this.live = false;
    this.paging = 'idle';
    this.#echoes.dropTaken();
    this.#show(this.newest);
  }

  /** Streams it anew: the line before what is unread stands where it begins now. */
  reopen(): void {
    this.close();
    this.open();
  }

  /** Shows what the person says before the core does; nothing where the list is only remembered. */
  say(text: string): Echo | null {
    if (!this.live || this.#me === null) return null;
    const echo = this.#echoes.say(text, this.#me, this.#items, Date.now());
    this.#show(this.#items);
    return echo;
  }

  /** The core has it, and tells of it by itself. */
  taken(echo: Echo): void {
    echo.taken = true;
    if (!this.#stop) this.unsay(echo);
  }

  /** The core does not take it. */
  unsay(echo: Echo): void {
    if (this.#echoes.drop(echo)) this.#show(this.#items);
  }

  async loadOlder(): Promise<void> {
    if (!this.live || this.asking || this.paging !== 'idle') return;
    this.olderFailed = !(await this.#page('load_older'));
  }

  async loadNewer(): Promise<void> {
    if (!this.live || this.asking || this.newer !== 'idle') return;
    this.newerFailed = !(await this.#page('load_newer'));
  }

  async #page(call: 'load_older' | 'load_newer'): Promise<boolean> {
    this.asking = true;
    this.olderFailed = this.newerFailed = false;
    try {
      await this.#host.call(call, { chat: this.chat, around: this.around });
      return true;
    } catch {
      return false;
    } finally {
      this.asking = false;
    }
  }

  async retry(item: string): Promise<void> {
    await this.#host.call('retry_message', { chat: this.chat, item: this.#echoes.idOf(item) });
  }

  async discard(item: string): Promise<void> {
    await this.#host.call('discard_message', { chat: this.chat, item: this.#echoes.idOf(item) });
  }

  /** The row of an event, where it is loaded. */
  keyOf(event: string): string | null {
    const key = this.#keys.ofEvent(event);
    if (key === undefined) return null;
    return this.rows.find((row) => row.key === key || messagesIn(row).some((message) => message.key === key))?.key ?? null;
  }

  /** The message of an event, where it is loaded, be it in the part that is shown. */
  message(event: string): Message | null {
    for (const row of this.messages()) if (row.message.event === event) return row.message;
    return this.instead?.message(event) ?? null;
  }

  /** The messages that are loaded, also those that stand together in an album. */
  messages(): MessageRow[] {
    return this.rows.flatMap(messagesIn);
  }

  #receive(update: TimelineUpdate): void {
    if (update.kind === 'paging') this.paging = update.paging;
    else if (update.kind === 'newer') this.newer = update.paging;
    else this.#batch.add(...update.diffs);
  }

  #apply(diffs: ListDiff<Item>[]): void {
    // A reset after the first one comes from a reconnected stream, whose ids start anew.
    const anew = diffs.some((diff) => diff.op === 'reset');
    if (this.live && anew) this.#keys.reopened();
    const items = applyDiffs(this.#items, diffs);
    for (const [echo, item] of this.#echoes.meet(items, (some) => this.#keys.knows(some), anew ? this.#items : [])) this.#keys.rename(item, echo.item);
    if (anew) this.#echoes.dropTaken();
    this.#show(items);
    this.live = true;
    this.#answer();
  }

  #answer(): void {
    this.#answered?.();
    this.#answered = null;
  }

  #show(items: Item[]): void {
    const shown = this.#echoes.below(items);
    const kept = sameTail(this.#shown, shown);
    const name = (some: readonly Item[]) => this.#keys.name(some);
    this.#items = items;
    this.#shown = shown;
    this.rows = (kept >= LONG && growRows(shown, kept, this.rows, name)) || buildRows(name(shown), this.rows);
  }
}
