// Leads to the chat with somebody, which may take the server seconds to make. Whoever has gone on to something else
// meanwhile is left there: the chat is in the list anyway.

import { asFailure, type Host } from '../host/host';
import { toasts } from '../kit/toasts.svelte';
import { t } from '../lib/i18n.svelte';

export class Writing {
  readonly #host: Host;
  readonly #go: (chat: string) => void;
  #turn = 0;

  constructor(host: Host, go: (chat: string) => void) {
    this.#host = host;
    this.#go = go;
  }

  /** Ends with the answer, whether it is still wanted or not. */
  async to(person: string): Promise<void> {
    const turn = ++this.#turn;
    try {
      const chat = await this.#host.call('direct_chat', { person });
      if (turn === this.#turn) this.#go(chat);
    } catch (thrown) {
      toasts.show(t('card_write_failed', { reason: t(`error_${asFailure(thrown).code}`) }), 'error');
    }
  }

  /** Something else was chosen, or is being written. */
  moved(): void {
    this.#turn++;
  }
}
