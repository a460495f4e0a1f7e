// The messages that are chosen to be forwarded, deleted or copied together.

import { messagesIn, type MessageRow, type Row } from '../rows';

/** Only what the server has, and what still says something, can be chosen. */
export function selectable(row: MessageRow): row is MessageRow & { message: { event: string } } {
  return row.message.event !== null && row.message.body.kind !== 'deleted';
}

export class Selection {
  readonly #all: () => readonly Row[];
  #events: ReadonlySet<string> = $state.raw(new Set());
  /** Where a range begins. */
  #anchor: string | null = null;
  /** What was chosen before the range that is being stretched. */
  #before: ReadonlySet<string> = new Set();

  /** In the order of the conversation; what has been deleted meanwhile is no longer in it. */
  readonly rows: MessageRow[] = $derived.by(() => this.#chosen());
  readonly active: boolean = $derived(this.rows.length > 0);

  constructor(rows: () => readonly Row[]) {
    this.#all = rows;
  }

  #chosen(): MessageRow[] {
    return this.#events.size === 0 ? [] : this.#rows().filter((row) => selectable(row) && this.#events.has(row.message.event));
  }

  #rows(): MessageRow[] {
    return this.#all().flatMap(messagesIn);
  }

  has(event: string | null): boolean {
    return event !== null && this.#events.has(event);
  }

  toggle(row: MessageRow): void {
    if (!selectable(row)) return;
    const { event } = row.message;
    const next = new Set(this.#events);
    if (!next.delete(event)) next.add(event);
    this.#events = next;
    this.#anchor = event;
    this.#before = next;
  }

  /** Everything from where the range began to a row, besides what was chosen before. */
  stretch(row: MessageRow): void {
    const rows = this.#rows();
    const from = this.#anchor === null ? -1 : rows.findIndex((other) => other.message.event === this.#anchor);
    const to = rows.findIndex((other) => other.key === row.key);
    if (from === -1 || to === -1) return this.toggle(row);
    const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1).filter(selectable);
    this.#events = new Set([...this.#before, ...range.map((other) => other.message.event)]);
  }

  /** Stretches the range by one message up or down from a row, as Shift with an arrow does. */
  step(from: MessageRow, by: 1 | -1): void {
    if (!this.active || this.#anchor === null) this.toggle(from);
    const rows = this.#rows();
    const next = rows[rows.findIndex((row) => row.key === from.key) + by];
    if (next) this.stretch(next);
  }

  clear(): void {
    this.#events = new Set();
    this.#anchor = null;
    this.#before = new Set();
  }
}
