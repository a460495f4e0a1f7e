// What one watcher sees of a conversation: a stretch of its items, kept true while they change.

import type { Item, ListDiff, Paging, TimelineUpdate } from '../src/host/host';

export const PAGE = 30;

export class FakeWindow {
  readonly around: string | null;
  readonly #tell: (update: TimelineUpdate) => void;
  #from: number;
  #to: number;

  constructor(items: readonly Item[], around: string | null, tell: (update: TimelineUpdate) => void) {
    const at = around === null ? -1 : items.findIndex((item) => item.kind.kind === 'message' && item.kind.message.event === around);
    this.around = around;
    this.#tell = tell;
    this.#from = Math.max(0, at === -1 ? items.length - PAGE : at - PAGE / 2);
    this.#to = at === -1 ? items.length : Math.min(items.length, at + PAGE / 2);
  }

  begin(items: readonly Item[], offline: boolean): void {
    this.#diff({ op: 'reset', items: items.slice(this.#from, this.#to) });
    this.#tell({ kind: 'paging', paging: this.#older(offline) });
    if (this.around !== null) this.#tell({ kind: 'newer', paging: this.#newer(items, offline) });
  }

  say(kind: 'paging' | 'newer', paging: Paging): void {
    this.#tell({ kind, paging });
  }

  /** One more page above. */
  grow(items: readonly Item[]): void {
    const from = Math.max(0, this.#from - PAGE);
    const page = items.slice(from, this.#from);
    this.#from = from;
    this.#tell({ kind: 'diffs', diffs: page.reverse().map((item) => ({ op: 'pushFront', item })) });
    this.#tell({ kind: 'paging', paging: this.#older(false) });
  }

  /** One more page below. */
  reach(items: readonly Item[]): void {
    const page = items.slice(this.#to, this.#to + PAGE);
    this.#to += page.length;
    this.#diff({ op: 'append', items: page });
    this.#tell({ kind: 'newer', paging: this.#newer(items, false) });
  }

  pushed(items: readonly Item[]): void {
    if (this.#to !== items.length - 1) return;
    this.#to++;
    this.#diff({ op: 'pushBack', item: items.at(-1)! });
  }

  changed(items: readonly Item[], at: number): void {
    if (at >= this.#from && at < this.#to) this.#diff({ op: 'set', index: at - this.#from, item: items[at]! });
  }

  removed(at: number): void {
    if (at >= this.#to) return;
    const index = at - this.#from;
    this.#to--;
    if (index < 0) this.#from--;
    else this.#diff({ op: 'remove', index });
  }

  #older(offline: boolean): Paging {
    return this.#from === 0 ? 'start' : offline ? 'offline' : 'idle';
  }

  #newer(items: readonly Item[], offline: boolean): Paging {
    return this.#to === items.length ? 'start' : offline ? 'offline' : 'idle';
  }

  #diff(diff: ListDiff<Item>): void {
    this.#tell({ kind: 'diffs', diffs: [diff] });
  }
}
