// Tells the others that the person is writing: seldom enough for a slow link, and never longer than it is true.

import type { Host } from '../../../host/host';

/** The server forgets it by itself after a while; so often it is told again. */
export const AGAIN = 4_000;
/** A pause as long as this is no writing. */
export const IDLE = 6_000;

export class Typing {
  readonly #host: Host;
  readonly #chat: string;
  #told: number | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, chat: string) {
    this.#host = host;
    this.#chat = chat;
  }

  /** A key was pressed. */
  key(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stop(), IDLE);
    const now = Date.now();
    if (this.#told !== null && now - this.#told < AGAIN) return;
    this.#told = now;
    this.#tell(true);
  }

  stop(): void {
    clearTimeout(this.#idle);
    if (this.#told === null) return;
    this.#told = null;
    this.#tell(false);
  }

  #tell(on: boolean): void {
    // Nobody misses it where it does not arrive.
    this.#host.call('set_typing', { chat: this.#chat, on }).catch(() => undefined);
  }
}
