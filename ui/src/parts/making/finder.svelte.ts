// Looks people up as one types; an answer that was overtaken is dropped.

import { asFailure, type ApiFailure, type Found, type Host } from '../../host/host';

/** Long enough for the keys of one word, too short to notice. */
const AFTER_KEY = 90;

export class PeopleFinder {
  query = $state('');
  found = $state.raw<Found[]>([]);
  asking = $state(false);
  failed = $state.raw<ApiFailure | null>(null);
  /** The words that `found` answers; null until the first answer. */
  answered = $state<string | null>(null);
  readonly #host: Host;
  readonly #chat: string | null;
  readonly #most: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(host: Host, { chat = null, most = 60 }: { chat?: string | null; most?: number } = {}) {
    this.#host = host;
    this.#chat = chat;
    this.#most = most;
  }

  /** Looks for other words, a moment after the last key. */
  change(query: string): void {
    this.query = query;
    this.asking = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), AFTER_KEY);
  }

  async look(): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    const text = this.query.trim();
    this.asking = true;
    try {
      const found = await this.#host.call('find_people', { text, chat: this.#chat, most: this.#most });
      if (turn !== this.#turn) return;
      this.found = found;
      this.answered = text;
      this.failed = null;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.failed = asFailure(thrown);
    }
    this.asking = false;
  }

  /** Forgets what is under way. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.asking = false;
  }
}
