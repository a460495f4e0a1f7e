// Choosing the chat that a person is called into: of all chats those where one may invite.

import { asFailure, type ChatRow, type Code, type Host, type ListDiff, type Person } from '../../../host/host';
import { applyDiffs } from '../../../lib/applyDiff';
import { score } from '../../../lib/match';

/** So many chats are asked at a time what one may do there. */
const AT_ONCE = 8;
/** So many are shown: nobody reads further, he types instead. */
const SHOWN = 60;

export class Inviting {
  busy = $state(false);
  failed = $state<Code | null>(null);
  /** Whether the chosen chat did not take him. */
  refused = $state.raw<Person[]>([]);
  #rows: ChatRow[] = $state.raw([]);
  #live = $state(false);
  #allowed: ReadonlyMap<string, boolean> = $state.raw(new Map());
  readonly #asking = new Map<string, () => void>();
  readonly #host: Host;
  readonly #person: string;
  readonly #in: ReadonlySet<string>;
  #query = $state('');
  /** The chats that fit, in the places where they are shown. What comes later stands below, and nothing moves. */
  #places: readonly string[] = $state.raw([]);
  #marked = $state<string | null>(null);
  #chosen = $state<string | null>(null);
  readonly #able: ReadonlyMap<string, ChatRow> = $derived(new Map(this.#rows.filter((row) => this.#allowed.get(row.id) === true).map((row) => [row.id, row])));
  /** For what was just typed the best match first, and the newest chat first among equals. */
  readonly found: ChatRow[] = $derived(this.#places.flatMap((id) => this.#able.get(id) ?? []).slice(0, SHOWN));
  /** Where the keys stand. */
  readonly marked: ChatRow | null = $derived(this.found.find(({ id }) => id === this.#marked) ?? this.found[0] ?? null);
  /** Only what is shown as chosen is. */
  readonly chosen: ChatRow | null = $derived(this.found.find(({ id }) => id === this.#chosen) ?? null);
  /** Whether some chats have not yet said what one may do there. */
  readonly looking = $derived(!this.#live || this.#rows.some((row) => !this.#allowed.has(row.id)));
  readonly any = $derived(this.#able.size > 0);

  constructor(host: Host, person: string, chats: readonly string[]) {
    this.#host = host;
    this.#person = person;
    this.#in = new Set(chats);
  }

  watch(): () => void {
    let all: ChatRow[] = [];
    const stop = this.#host.watch('chats', {}, (diffs: ListDiff<ChatRow>[]) => {
      all = applyDiffs(all, diffs);
      this.#rows = all.filter((row) => row.kind === 'group' || row.kind === 'channel');
      this.#live = true;
      this.#place();
      this.#ask();
    });
    return () => {
      stop();
      for (const drop of this.#asking.values()) drop();
      this.#asking.clear();
    };
  }

  get query(): string {
    return this.#query;
  }

  set query(text: string) {
    if (text === this.#query) return;
    this.#query = text;
    this.#marked = null;
    this.#places = [];
    this.#place();
  }

  /** Whether he is in a chat already. */
  taken(chat: string): boolean {
    return this.#in.has(chat);
  }

  choose(row: ChatRow | null | undefined): void {
    if (!row || this.busy || this.taken(row.id)) return;
    this.failed = null;
    this.refused = [];
    this.#marked = this.#chosen = row.id;
  }

  mark(row: ChatRow): void {
    this.#marked = row.id;
  }

  /** Moves the mark by so many rows and tells the place where it is then. */
  step(by: number): number {
    const at = this.found.findIndex(({ id }) => id === this.marked?.id);
    const to = Math.max(0, Math.min(at + by, this.found.length - 1));
    this.#marked = this.found[to]?.id ?? null;
    return to;
  }

  /** Gives a place to those that have none. */
  #place(): void {
    const placed = new Set(this.#places);
    const fresh = [...this.#able.values()]
      .filter(({ id }) => !placed.has(id))
      .map(({ id, name }) => ({ id, fit: score(name, this.#query) }))
      .filter(({ fit }) => fit > 0)
      .sort((a, b) => b.fit - a.fit);
    if (fresh.length > 0) this.#places = [...this.#places, ...fresh.map(({ id }) => id)];
  }

  #ask(): void {
    for (const { id } of this.#rows) {
      if (this.#asking.size >= AT_ONCE) return;
      if (this.#allowed.has(id) || this.#asking.has(id)) continue;
      const answer = (allowed: boolean) => {
        if (!this.#asking.has(id)) return;
        this.#allowed = new Map([...this.#allowed, [id, allowed]]);
        if (allowed) this.#place();
        // A stream may tell before it can be stopped.
        queueMicrotask(() => {
          this.#asking.get(id)?.();
          this.#asking.delete(id);
          this.#ask();
        });
      };
      this.#asking.set(id, () => undefined);
      this.#asking.set(id, this.#host.watch('details', { chat: id }, ({ rights }) => answer(rights.invite), () => answer(false)));
    }
  }

  /** Whether he was invited. */
  async invite(): Promise<boolean> {
    const { chosen } = this;
    if (!chosen || this.busy) return false;
    this.busy = true;
    this.failed = null;
    try {
      this.refused = await this.#host.call('invite_people', { chat: chosen.id, people: [this.#person] });
      return this.refused.length === 0;
    } catch (thrown) {
      this.failed = asFailure(thrown).code;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
