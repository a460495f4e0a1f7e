// The pictures, files, links or recordings of one chat, page by page.

import { asFailure, type ApiFailure, type Hit, type Host, type IndexState, type SearchKind } from '../../host/host';

export type SharedKind = Extract<SearchKind, 'picture' | 'file' | 'link' | 'voice'>;
const PAGE = 60;
const AFTER_INDEX = 700;

export class SharedThings {
  /** Null until something is known. */
  hits = $state.raw<Hit[] | null>(null);
  more = $state(false);
  asking = $state(false);
  failed = $state.raw<ApiFailure | null>(null);
  index = $state.raw<IndexState | null>(null);
  readonly complete = $derived(this.index !== null && this.index.done >= this.index.chats && this.index.sealed === 0);
  readonly #host: Host;
  readonly #chat: string;
  readonly #kind: SharedKind;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, chat: string, kind: SharedKind) {
    this.#host = host;
    this.#chat = chat;
    this.#kind = kind;
  }

  /** Loads the first page, and again while the index fills. */
  watch(): () => void {
    void this.#ask(0, PAGE);
    const stop = this.#host.watch('index', { chat: this.#chat }, (index) => this.#indexMoved(index));
    return () => {
      stop();
      clearTimeout(this.#again);
      this.#again = undefined;
    };
  }

  async loadMore(): Promise<void> {
    if (this.more && !this.asking) await this.#ask(this.hits?.length ?? 0, PAGE);
  }

  retry(): void {
    void this.#ask(this.hits?.length ?? 0, PAGE);
  }

  #indexMoved(index: IndexState): void {
    const grew = this.index !== null && (index.messages !== this.index.messages || index.done !== this.index.done);
    this.index = index;
    if (!grew || this.#again !== undefined) return;
    this.#again = setTimeout(() => {
      this.#again = undefined;
      if (!this.asking) void this.#ask(0, Math.min(200, Math.max(PAGE, this.hits?.length ?? 0)));
    }, AFTER_INDEX);
  }

  async #ask(skip: number, most: number): Promise<void> {
    this.asking = true;
    try {
      const query = { text: '', chat: this.#chat, from: null, kind: this.#kind, since: null, until: null, skip, most };
      const page = await this.#host.call('search_messages', { query });
      const known = this.hits ?? [];
      const joined = skip === 0 ? [...page.hits, ...known.slice(most)] : [...known, ...page.hits];
      this.more = skip === 0 && known.length > most ? this.more : page.more;
      const seen = new Set<string>();
      this.hits = joined.filter((hit) => !seen.has(hit.event) && seen.add(hit.event));
      this.index = page.index;
      this.failed = null;
    } catch (thrown) {
      this.failed = asFailure(thrown);
    }
    this.asking = false;
  }
}
