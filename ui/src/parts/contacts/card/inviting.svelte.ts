// Choosing the chat that a person is called into: of all chats those where one may invite.

import { asFailure, type ChatRow, type Code, type Host, type ListDiff, type Person } from '../../../host/host';
import { applyDiffs } from '../../../lib/applyDiff';
import { score } from '../../../lib/match';

/** So many chats are asked at a time what one may do there. */
const AT_ONCE = 8;

export class Inviting {
  query = $state('');
  chosen = $state.raw<ChatRow | null>(null);
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
  readonly #able: ChatRow[] = $derived(this.#rows.filter((row) => this.#allowed.get(row.id) === true));
  /** The best match first, and the newest chat first among equals. */
  readonly found: ChatRow[] = $derived(
    this.#able
      .map((row) => ({ row, fit: score(row.name, this.query) }))
      .filter(({ fit }) => fit > 0)
      .sort((a, b) => b.fit - a.fit)
      .map(({ row }) => row),
  );
  /** Whether some chats have not yet said what one may do there. */
  readonly looking = $derived(!this.#live || this.#rows.some((row) => !this.#allowed.has(row.id)));
  readonly any = $derived(this.#able.length > 0);

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
      this.#ask();
    });
    return () => {
      stop();
      for (const drop of this.#asking.values()) drop();
      this.#asking.clear();
    };
  }

  /** Why he can't be called into a chat, where he can't. */
  taken(chat: string): boolean {
    return this.#in.has(chat);
  }

  choose(row: ChatRow | undefined): void {
    if (!row || this.taken(row.id)) return;
    this.failed = null;
    this.refused = [];
    this.chosen = row;
  }

  #ask(): void {
    for (const { id } of this.#rows) {
      if (this.#asking.size >= AT_ONCE) return;
      if (this.#allowed.has(id) || this.#asking.has(id)) continue;
      const answer = (allowed: boolean) => {
        if (!this.#asking.has(id)) return;
        this.#allowed = new Map([...this.#allowed, [id, allowed]]);
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
    if (!this.chosen || this.busy) return false;
    this.busy = true;
    this.failed = null;
    try {
      this.refused = await this.#host.call('invite_people', { chat: this.chosen.id, people: [this.#person] });
      return this.refused.length === 0;
    } catch (thrown) {
      this.failed = asFailure(thrown).code;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
