// Offers names while one is being typed after «@». An answer that was overtaken is dropped.

import type { Found, Host, Mention } from '../../../host/host';
import { badgeWords, verifiedName } from '../../../lib/badge';
import { fold, score } from '../../../lib/match';
import { askedName, EVERYONE, spokenName, type Asked } from './mentions';

const MOST = 8;

export type Offer = { kind: 'person'; found: Found } | { kind: 'everyone' };

export class Mentioning {
  offers = $state.raw<Offer[]>([]);
  /** The one that Enter takes. */
  at = $state(0);
  readonly #host: Host;
  readonly #chat: string;
  #asked: Asked | null = null;
  /** Where a list was closed by hand; it stays so until another «@». */
  #shut = -1;
  #turn = 0;

  constructor(host: Host, chat: string) {
    this.#host = host;
    this.#chat = chat;
  }

  get open(): boolean {
    return this.offers.length > 0;
  }

  /** Looks whether a name is being typed before the caret. `everyone` is the word for all, where one may call all. */
  look(text: string, caret: number, mentions: readonly Mention[], everyone: string | null): void {
    const asked = askedName(text, caret, mentions);
    if (asked?.from !== this.#shut) this.#shut = -1;
    if (!asked || this.#shut >= 0) return this.#clear();
    if (asked.from === this.#asked?.from && asked.text === this.#asked.text) return;
    this.#asked = asked;
    // Until the answer is there, Enter must not take a name that no longer fits.
    const still = this.offers.filter((offer) => fits(offer, asked.text, everyone));
    if (still.length < this.offers.length) this.#offer(still);
    void this.#find(asked, everyone);
  }

  step(by: number): void {
    this.at = (this.at + by + this.offers.length) % this.offers.length;
  }

  /** What the chosen name makes of the text, and whom it means. */
  choose(text: string, mentions: readonly Mention[], everyone: string, offer = this.offers[this.at]): { text: string; caret: number; mention: Mention } | null {
    const asked = this.#asked;
    if (!asked || !offer) return null;
    const mention = offer.kind === 'everyone' ? { id: EVERYONE, name: everyone } : { id: offer.found.person.id, name: spokenName(offer.found, mentions) };
    const rest = text.slice(asked.to);
    const space = /^[\s.,;:!?)]/.test(rest) ? '' : ' ';
    this.#clear();
    const head = `${text.slice(0, asked.from)}@${mention.name}${space}`;
    return { text: head + rest, caret: head.length, mention };
  }

  /** Closes the list for the name that is being typed. */
  shut(): void {
    this.#shut = this.#asked?.from ?? -1;
    this.#clear();
  }

  #clear(): void {
    this.#turn++;
    this.#asked = null;
    if (this.offers.length > 0) this.offers = [];
  }

  #offer(offers: Offer[]): void {
    this.offers = offers;
    this.at = 0;
  }

  async #find(asked: Asked, everyone: string | null): Promise<void> {
    const turn = ++this.#turn;
    const found = await this.#host.call('find_people', { text: asked.text, chat: this.#chat, most: MOST }).catch(() => []);
    if (turn !== this.#turn) return;
    const people = found.map((one): Offer => ({ kind: 'person', found: one }));
    const all: Offer[] = fits({ kind: 'everyone' }, asked.text, everyone) ? [{ kind: 'everyone' }] : [];
    this.#offer(asked.text === '' ? [...people, ...all] : [...all, ...people]);
  }
}

function fits(offer: Offer, text: string, everyone: string | null): boolean {
  // A space ends the one word that means everybody.
  if (offer.kind === 'everyone') return everyone !== null && !/\s/.test(text) && fold(everyone).startsWith(fold(text));
  const { person, badge } = offer.found;
  return score(`${verifiedName(person, badge)} ${badge ? badgeWords(badge) : ''}`, text) > 0;
}
