// One field that looks for chats, people and messages at once, and what of it is marked.

import type { ChatRow, Found, Hit, Host } from '../../host/host';
import { PeopleFinder } from '../making';
import { hitKey, MessageSearch } from './search.svelte';

export type Entry =
  | { kind: 'chat'; key: string; chat: ChatRow }
  | { kind: 'person'; key: string; found: Found }
  | { kind: 'hit'; key: string; hit: Hit }
  | { kind: 'more'; key: 'more-chats' | 'more-people'; count: number };

/** So many of a group before the others are unfolded. */
const SHOWN = 5;

/** The element of an entry: ids of elements hold no spaces. */
export function optionId(list: string, key: string): string {
  return `${list}-${key.replaceAll(' ', '_')}`;
}

export class Everywhere {
  readonly messages: MessageSearch;
  readonly people: PeopleFinder;
  at = $state(0);
  #chats = $state.raw<ChatRow[]>([]);
  #unfolded = $state.raw<{ chats: boolean; people: boolean }>({ chats: false, people: false });
  readonly #me: string;
  /** With a filter only messages can fit. */
  readonly filtered = $derived.by(() => Object.values(this.messages.filters).some((value) => value !== null));
  readonly active = $derived.by(() => this.messages.active);
  readonly chatEntries = $derived.by(() => this.#chatEntries());
  readonly personEntries = $derived.by(() => this.#personEntries());
  readonly hitEntries = $derived.by((): Entry[] => this.messages.hits.map((hit) => ({ kind: 'hit', key: `hit-${hitKey(hit)}`, hit })));
  readonly entries = $derived.by((): Entry[] => [...this.chatEntries, ...this.personEntries, ...this.hitEntries]);
  readonly marked = $derived.by((): Entry | undefined => this.entries[Math.min(this.at, this.entries.length - 1)]);

  constructor(host: Host, me: string) {
    this.messages = new MessageSearch(host, null);
    this.people = new PeopleFinder(host, { most: 20 });
    this.#me = me;
  }

  change(text: string): void {
    this.at = 0;
    this.#unfolded = { chats: false, people: false };
    this.messages.change(text);
    if (text.trim() === '') this.people.drop();
    else this.people.change(text);
  }

  /** The chats that fit, as the list of chats finds them. */
  setChats(chats: ChatRow[]): void {
    this.#chats = chats;
  }

  unfold(key: 'more-chats' | 'more-people'): void {
    this.#unfolded = { ...this.#unfolded, [key === 'more-chats' ? 'chats' : 'people']: true };
  }

  step(by: number): void {
    this.at = Math.max(0, Math.min(this.entries.length - 1, this.at + by));
  }

  mark(key: string): void {
    const at = this.entries.findIndex((entry) => entry.key === key);
    if (at >= 0) this.at = at;
  }

  #chatEntries(): Entry[] {
    if (this.filtered || this.messages.text.trim() === '') return [];
    return fold(this.#chats.map((chat) => ({ kind: 'chat', key: `chat-${chat.id}`, chat })), this.#unfolded.chats, 'more-chats');
  }

  /** Whoever has a direct chat among the found ones is not named twice. */
  #personEntries(): Entry[] {
    if (this.filtered || this.messages.text.trim() === '' || this.people.answered === null) return [];
    const peers = new Set(this.#chats.map((chat) => chat.peer));
    const people = this.people.found.filter(({ person }) => person.id !== this.#me && !peers.has(person.id));
    return fold(people.map((found) => ({ kind: 'person', key: `person-${found.person.id}`, found })), this.#unfolded.people, 'more-people');
  }
}

function fold(entries: Entry[], unfolded: boolean, key: 'more-chats' | 'more-people'): Entry[] {
  const hidden = entries.length - SHOWN;
  return unfolded || hidden <= 1 ? entries : [...entries.slice(0, SHOWN), { kind: 'more', key, count: hidden }];
}
