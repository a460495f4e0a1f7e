// Messages that fit some words and filters. An answer that was overtaken is dropped, and while the index fills the
// results are asked for again.

import { asFailure, type ApiFailure, type Hit, type Host, type IndexState, type Person, type SearchKind } from '../../host/host';

export interface Filters {
  chat: { id: string; name: string } | null;
  from: Person | null;
  kind: SearchKind | null;
  /** Days, by the local calendar, as `2026-11-20`; both belong to what is looked for. */
  since: string | null;
  until: string | null;
}

export const NO_FILTERS: Filters = { chat: null, from: null, kind: null, since: null, until: null };
const PAGE = 40;
const MOST = 200;
const AFTER_KEY = 120;
/** The index moves many times a second while it fills. */
const AFTER_INDEX = 700;

export class MessageSearch {
  text = $state('');
  filters = $state.raw<Filters>(NO_FILTERS);
  hits = $state.raw<Hit[]>([]);
  more = $state(false);
  asking = $state(false);
  failed = $state.raw<ApiFailure | null>(null);
  index = $state.raw<IndexState | null>(null);
  /** Whether `hits` answer what is asked now. */
  answered = $state(false);
  /** In one chat, or in all. */
  readonly chat: string | null;
  readonly active = $derived(this.text.trim() !== '' || Object.values(this.filters).some((value) => value !== null));
  readonly complete = $derived(this.index !== null && this.index.done >= this.index.chats && this.index.sealed === 0);
  readonly #host: Host;
  readonly #page: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(host: Host, chat: string | null, page = PAGE) {
    this.#host = host;
    this.chat = chat;
    this.#page = page;
  }

  /** Follows the index while the search is on screen. */
  watch(): () => void {
    const stop = this.#host.watch('index', { chat: this.chat }, (index) => this.#indexMoved(index));
    return () => {
      stop();
      clearTimeout(this.#timer);
      clearTimeout(this.#again);
      this.#again = undefined;
      this.#turn++;
      this.asking = false;
    };
  }

  change(text: string): void {
    this.text = text;
    this.#soon(AFTER_KEY);
  }

  filter(part: Partial<Filters>): void {
    this.filters = { ...this.filters, ...part };
    this.#soon(0);
  }

  retry(): void {
    this.#soon(0);
  }

  async loadMore(): Promise<void> {
    if (!this.more || this.asking || !this.answered) return;
    await this.#ask(this.hits.length, this.#page, (page) => [...this.hits, ...page]);
  }

  #soon(after: number): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.answered = false;
    this.failed = null;
    if (!this.active) {
      this.hits = [];
      this.more = this.asking = false;
      return;
    }
    this.asking = true;
    this.#timer = setTimeout(() => void this.#ask(0, this.#page, (page) => page), after);
  }

  #indexMoved(index: IndexState): void {
    const grew = this.index !== null && (index.messages !== this.index.messages || index.done !== this.index.done);
    this.index = index;
    if (!grew || !this.active || this.#again !== undefined) return;
    this.#again = setTimeout(() => {
      this.#again = undefined;
      if (this.active && this.answered && !this.asking) void this.#ask(0, Math.min(MOST, Math.max(this.#page, this.hits.length)), (page) => [...page, ...this.hits.slice(MOST)]);
    }, AFTER_INDEX);
  }

  async #ask(skip: number, most: number, merge: (page: Hit[]) => Hit[]): Promise<void> {
    const turn = ++this.#turn;
    const { chat, from, kind, since, until } = this.filters;
    this.asking = true;
    try {
      const query = { text: this.text.trim(), chat: this.chat ?? chat?.id ?? null, from: from?.id ?? null, kind, since: since ? dayStart(since) : null, until: until ? dayEnd(until) : null, skip, most };
      const page = await this.#host.call('search_messages', { query });
      if (turn !== this.#turn) return;
      this.hits = unique(merge(page.hits));
      this.more = page.more || (skip === 0 && this.hits.length > page.hits.length && this.more);
      this.index = page.index;
      this.answered = true;
      this.failed = null;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.failed = asFailure(thrown);
    }
    this.asking = false;
  }
}

/** Messages that come while one pages push the others down, so a page may repeat the end of the one before. */
function unique(hits: Hit[]): Hit[] {
  const seen = new Set<string>();
  return hits.filter((hit) => !seen.has(hitKey(hit)) && seen.add(hitKey(hit)));
}

/** What tells one found message from all others. */
export function hitKey(hit: Hit): string {
  return `${hit.chat} ${hit.event}`;
}

function dayStart(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}

function dayEnd(day: string): number {
  return new Date(`${day}T23:59:59.999`).getTime();
}
