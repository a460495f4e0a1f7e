// Chats, people and messages that fit what is typed, in one list. What is shown stays where it is: whatever comes later
// stands below, and the marked row is known by what it is, not by its place.

import { NO_FILTERS } from '../../host/contacts';
import { askedOf, Finder } from '../../host/finder.svelte';
import type { ApiFailure, ChatRow, ContactHit, Hit, Host } from '../../host/host';
import { badgeWords, imitates } from '../../lib/badge';
import { t } from '../../lib/i18n.svelte';
import { hitKey, MessageSearch } from '../search';
import type { Chats } from './chats.svelte';

export type QuickEntry =
  | { kind: 'chat'; key: string; chat: ChatRow }
  | { kind: 'person'; key: string; found: ContactHit }
  | { kind: 'hit'; key: string; hit: Hit }
  | { kind: 'all'; key: 'all' };

export interface QuickSection {
  name: 'chats' | 'people' | 'messages';
  entries: QuickEntry[];
}

/** So many chats where nothing is typed. */
const RECENT = 40;
/** So many where something is: the people below must be in sight. */
const CHATS = 5;
const MOST = 8;
/** One letter is in nearly every message. */
const LETTERS = 2;

export class QuickSearch {
  query = $state('');
  /** Whether Enter was pressed before what it is meant for had come. */
  readonly awaiting: boolean = $derived.by(() => this.#awaiting());
  readonly people: Finder<ContactHit[]>;
  readonly messages: MessageSearch;
  readonly text = $derived(askedOf(this.query));
  readonly sections: readonly QuickSection[] = $derived.by(() => this.#sections());
  readonly entries: readonly QuickEntry[] = $derived(this.sections.flatMap(({ entries }) => entries));
  /** The first row until another one is chosen; none where that one is there no longer. */
  readonly marked: QuickEntry | undefined = $derived.by(() => (this.#mark === null ? this.entries[0] : this.#chosen));
  readonly asking: boolean = $derived.by(() => this.people.asking || this.messages.asking);
  /** Whether the marked row answers what is typed and will stay the one that is marked. */
  readonly ready: boolean = $derived.by(() => this.#ready());
  readonly #chats: Chats;
  readonly #me: string;
  readonly #cards: boolean;
  #mark = $state<string | null>(null);
  /** The failures there were when Enter began to wait. */
  #waiting = $state.raw<{ people: ApiFailure | null; messages: ApiFailure | null } | null>(null);
  readonly #chosen: QuickEntry | undefined = $derived(this.#mark === null ? undefined : this.entries.find(({ key }) => key === this.#mark));
  readonly #rows: ChatRow[] = $derived.by(() => this.#findChats());
  readonly #hits: Hit[] = $derived.by(() => this.#findHits());
  #shownRows: { text: string; rows: ChatRow[] } = { text: '', rows: [] };
  #shownHits: { text: string; hits: Hit[] } = { text: '', hits: [] };

  /** Without `cards` there is nothing to do with a contact that has no account. */
  constructor(host: Host, chats: Chats, me: string, cards: boolean) {
    this.#chats = chats;
    this.#me = me;
    this.#cards = cards;
    this.people = new Finder(async (text) => (await host.call('find_contacts', { text, filters: NO_FILTERS, skip: 0, most: MOST })).hits, []);
    this.messages = new MessageSearch(host, null, MOST);
  }

  /** Follows the index of messages while the list is on screen. */
  watch(): () => void {
    const stop = this.messages.watch();
    // What has ended the waiting once does not let it go on.
    const still = $effect.root(() => {
      $effect(() => {
        if (this.#waiting && !this.awaiting) this.#waiting = null;
      });
    });
    return () => {
      stop();
      still();
      this.people.drop();
    };
  }

  change(query: string): void {
    this.query = query;
    this.#mark = this.#waiting = null;
    if (this.text === '') this.people.clear();
    else this.people.change(this.text);
    this.messages.change((this.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < LETTERS ? '' : this.text);
  }

  retry(): void {
    this.#waiting = null;
    if (this.people.failed) void this.people.look();
    if (this.messages.failed) this.messages.retry();
  }

  step(by: number): void {
    const at = this.entries.findIndex(({ key }) => key === this.marked?.key);
    const to = this.entries[Math.max(0, Math.min(this.entries.length - 1, at + by))];
    if (to) this.mark(to.key);
  }

  mark(key: string): void {
    this.#mark = key;
    this.#waiting = null;
  }

  /** What Enter is meant for; null where it has to wait for an answer. */
  enter(): QuickEntry | null {
    this.#waiting = this.ready ? null : { people: this.people.failed, messages: this.messages.failed };
    return this.ready ? (this.marked ?? null) : null;
  }

  #ready(): boolean {
    switch (this.marked?.kind) {
      case 'chat':
      case 'all':
        return true;
      case 'person':
        return this.people.current;
      case 'hit':
        return !this.people.asking && this.messages.answered && this.messages.failed === null;
      default:
        return !this.asking;
    }
  }

  /** A failure ends it, and so does the loss of the row that was chosen by hand. */
  #awaiting(): boolean {
    if (this.#waiting === null || !this.asking && !this.ready || (this.#mark !== null && !this.#chosen)) return false;
    const { people, messages } = this.#waiting;
    return [null, people].includes(this.people.failed) && [null, messages].includes(this.messages.failed);
  }

  #sections(): QuickSection[] {
    const peers = new Set(this.#rows.map(({ peer }) => peer));
    // Whoever has a direct chat among the found ones is not named twice.
    const fits = ({ person, own }: ContactHit) => person.id !== this.#me && !peers.has(person.id) && (this.#cards || own === null || !person.id.startsWith('own:'));
    const all: QuickSection[] = [
      { name: 'chats', entries: this.#rows.map((chat) => ({ kind: 'chat', key: `chat-${chat.id}`, chat })) },
      { name: 'people', entries: (this.people.failed ? [] : this.people.found).filter(fits).map((found) => ({ kind: 'person', key: `person-${found.person.id}`, found })) },
      { name: 'messages', entries: this.#hits.map((hit) => ({ kind: 'hit', key: `hit-${hitKey(hit)}`, hit })) },
    ];
    if (this.#hits.length > 0) all[2]!.entries.push({ kind: 'all', key: 'all' });
    return all.filter(({ entries }) => entries.length > 0);
  }

  /** A new message moves its chat up in the list of chats, but not here. */
  #findChats(): ChatRow[] {
    const before = this.#shownRows.text === this.text ? this.#shownRows.rows : [];
    const rows = settled(before, this.#chats.search(this.text), ({ id }) => id, this.text === '' ? RECENT : CHATS);
    this.#shownRows = { text: this.text, rows };
    return rows;
  }

  /** Messages wait for the people, who stand above them; while the index fills, more of them come below. */
  #findHits(): Hit[] {
    const { text, hits, answered } = this.messages;
    if (text === '') this.#shownHits = { text, hits: [] };
    else if (answered && !this.people.asking) this.#shownHits = { text, hits: settled(this.#shownHits.text === text ? this.#shownHits.hits : [], hits, hitKey, MOST) };
    return this.#shownHits.hits;
  }
}

/** Who a person is, below his name. */
export function aboutPerson(found: ContactHit): string {
  if (found.badge) return badgeWords(found.badge);
  return imitates(found.person) ? t('mark_imitates') : (found.reach ?? t('people_outside'));
}

/** Those of before that are still there, in their order and as they are now, and the others below. */
function settled<T>(before: readonly T[], now: readonly T[], key: (one: T) => string, most: number): T[] {
  const rest = new Map(now.map((one) => [key(one), one]));
  const kept = before.flatMap((old) => {
    const one = rest.get(key(old));
    rest.delete(key(old));
    return one === undefined ? [] : [one];
  });
  return [...kept, ...rest.values()].slice(0, most);
}
