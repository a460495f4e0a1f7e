// The note of a person as it is typed. It is saved by itself; what could not be saved stays until it can.

import { asFailure, type Code, type Host } from '../../../host/host';

export const NOTE_AFTER = 800;

/** Notes that are typed and not yet saved, also of cards that were left since. */
const unsaved = new WeakMap<Host, Map<string, NoteSaver>>();

/** The note of a person: the one whose text was not saved yet, or a new one. */
export function noteOf(host: Host, me: string, person: string, text: string): NoteSaver {
  const kept = unsaved.get(host)?.get(keyOf(me, person));
  return kept ?? new NoteSaver(host, me, person, text);
}

// Two accounts of one window have notes of their own.
const keyOf = (me: string, person: string) => `${me} ${person}`;

export class NoteSaver {
  text = $state('');
  saving = $state(false);
  /** Whether what is shown was typed here and is kept. */
  saved = $state(false);
  failed = $state<Code | null>(null);
  readonly person: string;
  /** Changes with every key and every save: an answer that was asked for before is out of date. */
  stamp = 0;
  readonly #host: Host;
  readonly #key: string;
  #kept: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;

  constructor(host: Host, me: string, person: string, text: string) {
    this.#host = host;
    this.#key = keyOf(me, person);
    this.person = person;
    this.text = this.#kept = text;
  }

  get dirty(): boolean {
    return this.text !== this.#kept;
  }

  type(text: string): void {
    this.text = text;
    this.saved = false;
    this.stamp++;
    this.#remember();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), NOTE_AFTER);
  }

  /** The note as the core knows it, asked for at a stamp; what is typed here goes before it. */
  told(text: string, stamp: number): void {
    if (this.dirty || this.saving || stamp !== this.stamp || text === this.#kept) return;
    this.text = this.#kept = text;
    this.saved = false;
  }

  /** Saves what is typed now; one save after the other, so that the newest text is the last. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#save().finally(() => (this.#running = null));
    return this.#running;
  }

  async #save(): Promise<void> {
    while (this.dirty) {
      const text = this.text;
      this.saving = true;
      this.failed = null;
      try {
        await this.#host.call('set_note', { person: this.person, text: text.trim() });
        this.#kept = text;
        this.stamp++;
        this.saved = !this.dirty;
      } catch (thrown) {
        this.failed = asFailure(thrown).code;
        break;
      } finally {
        this.saving = false;
      }
    }
    if (!this.dirty) this.failed = null;
    this.#remember();
  }

  #remember(): void {
    const all = unsaved.get(this.#host) ?? new Map<string, NoteSaver>();
    unsaved.set(this.#host, all);
    if (this.dirty) all.set(this.#key, this);
    else all.delete(this.#key);
  }
}
