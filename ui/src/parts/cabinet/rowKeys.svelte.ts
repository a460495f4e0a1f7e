// The rows of a list by the keyboard: the arrows go from one to the next, Shift takes along what lies between, Space chooses.

import { tick } from 'svelte';
import type { Selection } from './selection.svelte';

interface Rows {
  readonly selection: Selection;
  /** Ids in the order of the list. */
  readonly shown: readonly string[];
}

/** How far Page Up and Page Down go. */
const PAGE = 10;

export class RowKeys {
  /** The row that the keyboard is at. */
  at = $state<string | null>(null);
  readonly #rows: () => Rows;
  readonly #show: (id: string, index: number) => void;
  /** The one row that Tab comes to. */
  readonly reachable = $derived.by<string | undefined>(() => {
    const { shown } = this.#rows();
    return this.at !== null && shown.includes(this.at) ? this.at : shown[0];
  });

  /** `show` brings a row into view and gives it the focus. */
  constructor(rows: () => Rows, show: (id: string, index: number) => void) {
    this.#rows = rows;
    this.#show = show;
  }

  /** Goes to a row, or to the first one. */
  focus(id: string | undefined = this.#rows().shown[0]): void {
    const index = id === undefined ? -1 : this.#rows().shown.indexOf(id);
    if (index === -1) return;
    this.at = id!;
    this.#show(id!, index);
  }

  /** `run`: everything from the last row that was touched. A box that was clicked has turned by itself, also where nothing changes. */
  choose(id: string, run: boolean, box?: HTMLInputElement): void {
    const { selection, shown } = this.#rows();
    this.at = id;
    if (run) selection.extend(id, shown);
    else selection.toggle(id);
    if (box) void tick().then(() => (box.checked = selection.has(id)));
  }

  /** Whether the key was one of those that go from row to row. */
  step(event: KeyboardEvent): boolean {
    const from = this.reachable;
    if (from === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
    const { selection, shown } = this.#rows();
    const here = shown.indexOf(from);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + PAGE, PageUp: here - PAGE, Home: 0, End: shown.length - 1 }[event.key];
    const next = to === undefined ? undefined : shown[Math.max(0, Math.min(to, shown.length - 1))];
    if (next === undefined) return false;
    event.preventDefault();
    if (event.shiftKey && selection.size === 0) selection.toggle(from);
    if (event.shiftKey) selection.extend(next, shown);
    this.focus(next);
    return true;
  }

  /** The same, and Space on a row itself. */
  press(event: KeyboardEvent, onRow: boolean): void {
    if (this.step(event) || !onRow || event.key !== ' ' || this.reachable === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.choose(this.reachable, event.shiftKey);
  }
}
