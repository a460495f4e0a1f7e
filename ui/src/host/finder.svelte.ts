// Asks for what fits some words as one types; an answer that was overtaken is dropped, and what was found before stays until the next is there.

import { asFailure, type ApiFailure } from './host';

/** Long enough for the keys of one word, too short to notice. */
const AFTER_KEY = 90;
/** Nobody is called by more letters than these; a pasted page is not asked for. */
const ASKED = 300;

/** What of a text is asked for. */
export function askedOf(text: string): string {
  // A letter of two halves is not cut in the middle.
  return text.trim().slice(0, ASKED).replace(/[\uD800-\uDBFF]$/, '').trimEnd();
}

export class Finder<T> {
  query = $state('');
  found = $state.raw() as T;
  asking = $state(false);
  failed = $state.raw<ApiFailure | null>(null);
  /** The words that `found` answers; null until the first answer. */
  answered = $state<string | null>(null);
  readonly #ask: (text: string) => Promise<T>;
  readonly #none: T;
  readonly #after: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #then: (() => void) | null = null;

  /** `after` a key so many milliseconds pass; with 0 each key asks. */
  constructor(ask: (text: string) => Promise<T>, none: T, after = AFTER_KEY) {
    this.#ask = ask;
    this.#none = this.found = none;
    this.#after = after;
  }

  /** Whether `found` answers exactly what is typed. */
  get current(): boolean {
    return !this.asking && this.failed === null && this.answered === askedOf(this.query);
  }

  /** Looks for other words, a moment after the last key. */
  change(query: string): void {
    this.query = query;
    this.asking = true;
    this.#then = null;
    clearTimeout(this.#timer);
    if (this.#after === 0) void this.look();
    else this.#timer = setTimeout(() => void this.look(), this.#after);
  }

  async look(): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    const text = askedOf(this.query);
    this.asking = true;
    try {
      const found = await this.#ask(text);
      if (turn !== this.#turn) return;
      this.found = found;
      this.answered = text;
      this.failed = null;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.failed = asFailure(thrown);
      this.#then = null;
    }
    this.asking = false;
    this.#then?.();
    this.#then = null;
  }

  /** Does it with what answers the words that were typed: a quick Enter is not meant for what the words before found. */
  whenAnswered(act: () => void): void {
    if (this.asking) this.#then = act;
    else if (!this.failed) act();
  }

  /** Forgets what is under way. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.#then = null;
    this.asking = false;
  }

  /** Forgets what was found too. */
  clear(): void {
    this.drop();
    this.query = '';
    this.found = this.#none;
    this.answered = this.failed = null;
  }
}
