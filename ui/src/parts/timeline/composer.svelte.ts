// What is being written in one chat. Nothing typed here is ever lost: it is a draft until the core has the message.

import { asFailure, type Code, type Draft, type Host } from '../../host/host';

export const SAVE_AFTER = 400;

export class Composer {
  text = $state('');
  /** The event that is answered. */
  replyTo = $state<string | null>(null);
  failed = $state<Code | null>(null);
  readonly chat: string;
  readonly #host: Host;
  #saved = '';
  #touched = false;
  #loaded = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, chat: string) {
    this.#host = host;
    this.chat = chat;
  }

  get empty(): boolean {
    return this.text.trim() === '';
  }

  /** Brings back the draft, unless the person already writes. */
  async load(): Promise<void> {
    if (this.#loaded) return;
    this.#loaded = true;
    try {
      const draft = await this.#host.call('draft', { chat: this.chat });
      if (!draft || this.#touched) return;
      this.text = draft.text;
      this.replyTo = draft.replyTo;
      this.#saved = JSON.stringify(draft);
    } catch {
      this.#loaded = false;
    }
  }

  write(text: string): void {
    this.text = text;
    this.failed = null;
    this.#changed();
  }

  reply(event: string | null): void {
    this.replyTo = event;
    this.#changed();
  }

  /** Keeps the draft now. */
  flush(): void {
    clearTimeout(this.#timer);
    const draft: Draft | null = this.empty && this.replyTo === null ? null : { text: this.text, replyTo: this.replyTo, mentions: [] };
    const now = draft ? JSON.stringify(draft) : '';
    if (!this.#touched || now === this.#saved) return;
    this.#saved = now;
    this.#host.call('save_draft', { chat: this.chat, draft }).catch(() => {
      if (this.#saved === now) this.#saved = '\0';
    });
  }

  async send(): Promise<boolean> {
    if (this.empty) return false;
    const { text, replyTo } = this;
    clearTimeout(this.#timer);
    this.#touched = true;
    this.text = '';
    this.replyTo = null;
    this.failed = null;
    try {
      await this.#host.call('send_message', { chat: this.chat, written: { text: text.trim(), mentions: [] }, replyTo, ack: null });
      return true;
    } catch (thrown) {
      this.text = this.text === '' ? text : `${text}\n${this.text}`;
      this.replyTo ??= replyTo;
      this.failed = asFailure(thrown).code;
      return false;
    } finally {
      // Only now: until the core has the message, the draft on disk is what keeps it.
      this.flush();
    }
  }

  #changed(): void {
    this.#touched = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), SAVE_AFTER);
  }
}
