// The card of a person as the core tells it, asked for again whenever it may be another.

import { asFailure, type ApiFailure, type ContactCard, type Host } from '../../../host/host';
import { toasts } from '../../../kit/toasts.svelte';
import { t } from '../../../lib/i18n.svelte';
import { noteOf, type NoteSaver } from './note.svelte';
import { cardName, hasAccount, noteFailure } from './words';

/** So long the card before stays: a blink of nothing between two people would only disturb. */
export const SLOW_AFTER = 200;

export class CardStore {
  card = $state.raw<ContactCard | null>(null);
  note = $state.raw<NoteSaver | null>(null);
  failed = $state.raw<ApiFailure | null>(null);
  slow = $state(false);
  /** Whose card was asked for last. */
  person = $state('');
  readonly #host: Host;
  readonly #me: string;
  readonly #ongone: () => void;
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `ongone`: whose card was shown is no more in the address book. */
  constructor(host: Host, me: string, ongone: () => void = () => undefined) {
    this.#host = host;
    this.#me = me;
    this.#ongone = ongone;
  }

  /** Whether what is shown is still the card of the person before. */
  get stale(): boolean {
    return this.card !== null && this.card.person.id !== this.person;
  }

  show(person: string): void {
    if (person === this.person) return;
    this.leave();
    this.person = person;
    this.failed = null;
    this.slow = false;
    this.#timer = setTimeout(() => {
      this.slow = true;
      this.card = this.note = null;
    }, SLOW_AFTER);
    void this.load();
  }

  watch(): () => void {
    let known: number | null = null;
    return this.#host.watch('contacts_changed', {}, (change) => {
      // The first number only says where it begins.
      if (known !== null && known !== change) void this.load();
      known = change;
    });
  }

  async load(): Promise<void> {
    const turn = ++this.#turn;
    const { person } = this;
    const stamp = this.note?.stamp ?? 0;
    try {
      const card = await this.#host.call('contact_card', { person });
      if (turn !== this.#turn) return;
      clearTimeout(this.#timer);
      if (this.note?.person === person) this.note.told(card.note, stamp);
      else this.note = noteOf(this.#host, this.#me, person, card.note);
      this.card = card;
      this.failed = null;
      this.slow = false;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      clearTimeout(this.#timer);
      this.slow = false;
      const failure = asFailure(thrown);
      // What is known of him stays: only a card that was never there is missed.
      if (this.stale) this.card = this.note = null;
      if (this.card === null) this.failed = failure;
      else if (failure.code === 'planGone' && !hasAccount(this.card)) this.#ongone();
    }
  }

  retry(): void {
    this.failed = null;
    this.slow = true;
    void this.load();
  }

  /** Nothing typed is lost with the card. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    if (this.note && this.card) void keep(this.note, cardName(this.card));
  }
}

/** Nobody sees the card any longer: what could not be saved has to be said elsewhere. */
async function keep(note: NoteSaver, name: string): Promise<void> {
  await note.flush();
  if (note.failed) toasts.show(t('card_note_kept_back', { name, reason: noteFailure(note.failed) }), 'error', { label: t('retry'), run: () => void keep(note, name) });
}
