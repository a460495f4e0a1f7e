// The pinned messages of the open chat, as the core streams them and as they were last seen.

import type { Host, Item, ListDiff, Message } from '../../../host/host';
import { applyDiffs } from '../../../lib/applyDiff';

export interface PinnedMessage extends Message {
  event: string;
}

export class Pins {
  #items: Item[] = $state.raw([]);
  /** The newest pin last; what was deleted is no longer pinned in any way that helps. */
  readonly messages: PinnedMessage[] = $derived(this.#items.flatMap(pinned));
  /** Which one the bar shows, counted from the newest. */
  #back = $state(0);
  readonly chat: string;
  readonly #host: Host;
  #stop: (() => void) | null = null;

  constructor(host: Host, chat: string) {
    this.#host = host;
    this.chat = chat;
  }

  open(): void {
    this.#stop ??= this.#host.watch('pinned', { chat: this.chat }, (update) => {
      if (update.kind === 'diffs') this.#apply(update.diffs);
    });
  }

  close(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #apply(diffs: ListDiff<Item>[]): void {
    const newest = this.messages.at(-1)?.event;
    this.#items = applyDiffs(this.#items, diffs);
    if (this.messages.at(-1)?.event !== newest || this.#back >= this.messages.length) this.#back = 0;
  }

  /** Where the shown pin is in `messages`. */
  get at(): number {
    return this.messages.length - 1 - this.#back;
  }

  get shown(): PinnedMessage | null {
    return this.messages[this.at] ?? null;
  }

  /** The event of the shown pin; the next call gives the one before it, and after the oldest the newest again. */
  next(): string | null {
    const event = this.shown?.event ?? null;
    this.#back = this.at <= 0 ? 0 : this.#back + 1;
    return event;
  }
}

function pinned({ kind }: Item): PinnedMessage[] {
  if (kind.kind !== 'message' || kind.message.body.kind === 'deleted') return [];
  const { event } = kind.message;
  return event === null ? [] : [{ ...kind.message, event }];
}
