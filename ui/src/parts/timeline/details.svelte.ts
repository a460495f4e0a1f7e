// What is known of a whole chat and what the person may do in it, while the chat is open and as it was last seen.

import type { ChatDetails, ChatRights, Host } from '../../host/host';

/** Until the core has said what is allowed, nothing is offered. */
const NO_RIGHTS: ChatRights = {
  send: false,
  react: false,
  vote: false,
  pin: false,
  mentionAll: false,
  deleteOthers: false,
  invite: false,
  remove: false,
  rename: false,
  setTopic: false,
  setAvatar: false,
  setWriters: false,
  acknowledge: false,
};

export class Details {
  now = $state.raw<ChatDetails | null>(null);
  readonly rights: ChatRights = $derived(this.now?.rights ?? NO_RIGHTS);
  readonly chat: string;
  readonly #host: Host;
  #stop: (() => void) | null = null;

  constructor(host: Host, chat: string) {
    this.#host = host;
    this.chat = chat;
  }

  open(): void {
    this.#stop ??= this.#host.watch('details', { chat: this.chat }, (details) => (this.now = details));
  }

  close(): void {
    this.#stop?.();
    this.#stop = null;
  }
}
