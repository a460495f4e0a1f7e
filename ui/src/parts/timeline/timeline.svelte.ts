// The items of one chat as the core streams them, while the chat is open and as they were last seen.

import type { Host, Item, ListDiff, Message, Paging, TimelineUpdate } from '../../host/host';
import { applyDiffs } from '../../lib/applyDiff';
import { FrameBatch } from '../../lib/frames';
import { ItemKeys } from './itemKeys';
import { buildRows, type Row } from './rows';

/** So many items stay in memory of a chat that was left. */
export const KEPT = 50;

export class Timeline {
  rows = $state.raw<Row[]>([]);
  paging = $state<Paging>('idle');
  /** False while what is shown is remembered, not streamed. */
  live = $state(false);
  olderFailed = $state(false);
  /** A page was asked for and has not been answered. */
  asking = $state(false);
  readonly chat: string;
  readonly #host: Host;
  readonly #keys = new ItemKeys();
  readonly #batch = new FrameBatch<ListDiff<Item>>((diffs) => this.#apply(diffs));
  #items: Item[] = [];
  #stop: (() => void) | null = null;

  constructor(host: Host, chat: string, seed: Item[] = []) {
    this.#host = host;
    this.chat = chat;
    this.#show(seed);
  }

  /** The newest items, to remember. */
  get newest(): Item[] {
    return this.#items.slice(-KEPT);
  }

  open(): void {
    if (this.#stop) return;
    this.#keys.reopened();
    this.olderFailed = false;
    this.#stop = this.#host.watch('timeline', { chat: this.chat, around: null }, (update) => this.#receive(update));
  }

  close(): void {
    this.#stop?.();
    this.#stop = null;
    this.#batch.drop();
    this.live = false;
    this.paging = 'idle';
    this.#show(this.newest);
  }

  async loadOlder(): Promise<void> {
    if (!this.live || this.asking || this.paging !== 'idle') return;
    this.asking = true;
    this.olderFailed = false;
    try {
      await this.#host.call('load_older', { chat: this.chat, around: null });
    } catch {
      this.olderFailed = true;
    } finally {
      this.asking = false;
    }
  }

  async retry(item: string): Promise<void> {
    await this.#host.call('retry_message', { chat: this.chat, item });
  }

  async discard(item: string): Promise<void> {
    await this.#host.call('discard_message', { chat: this.chat, item });
  }

  /** The row of an event, where it is loaded. */
  keyOf(event: string): string | null {
    const key = this.#keys.ofEvent(event);
    return key !== undefined && this.rows.some((row) => row.key === key) ? key : null;
  }

  message(event: string): Message | null {
    for (const row of this.rows) if (row.kind === 'message' && row.message.event === event) return row.message;
    return null;
  }

  #receive(update: TimelineUpdate): void {
    if (update.kind === 'paging') this.paging = update.paging;
    else if (update.kind === 'diffs') this.#batch.add(...update.diffs);
  }

  #apply(diffs: ListDiff<Item>[]): void {
    // A reset after the first one comes from a reconnected stream, whose ids start anew.
    if (this.live && diffs.some((diff) => diff.op === 'reset')) this.#keys.reopened();
    this.#show(applyDiffs(this.#items, diffs));
    this.live = true;
  }

  #show(items: Item[]): void {
    this.#items = items;
    this.rows = buildRows(this.#keys.name(items), this.rows);
  }
}
