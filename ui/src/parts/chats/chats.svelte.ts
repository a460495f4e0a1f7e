// The list of chats as the core keeps it in order, what is selected in it and what is searched for.

import type { ChatRow, Host, ListDiff } from '../../host/host';
import { applyDiffs } from '../../lib/applyDiff';
import { FrameBatch } from '../../lib/frames';
import { score } from '../../lib/match';

export class Chats {
  rows = $state.raw<ChatRow[]>([]);
  /** False while what is shown comes from the snapshot, or nothing has come yet. */
  live = $state(false);
  selected = $state<string | null>(null);
  filter = $state('');
  /** How often the chat that is open was chosen once more. */
  returns = $state(0);
  readonly visible = $derived(this.filter.trim() === '' ? this.rows : this.search(this.filter));
  readonly current = $derived.by(() => this.#findCurrent());
  readonly unreadChats = $derived(this.rows.filter((row) => isUnread(row) && (!row.muted || row.mentions > 0)).length);
  readonly #host: Host;
  #lastCurrent: ChatRow | null = null;

  constructor(host: Host, seed: { rows: ChatRow[]; selected: string | null } | null) {
    this.#host = host;
    this.rows = seed?.rows ?? [];
    this.selected = seed?.selected ?? null;
  }

  /** A list that comes in pages may lack the open chat for a moment: what was known of it stays. */
  #findCurrent(): ChatRow | null {
    const found = this.rows.find((row) => row.id === this.selected) ?? this.#lastCurrent;
    this.#lastCurrent = found?.id === this.selected ? found : null;
    return this.#lastCurrent;
  }

  watch(): () => void {
    const batch = new FrameBatch<ListDiff<ChatRow>>((diffs) => {
      this.rows = applyDiffs(this.rows, diffs);
      this.live = true;
    });
    const stop = this.#host.watch('chats', {}, (diffs) => batch.add(...diffs));
    return () => {
      stop();
      batch.drop();
    };
  }

  select(id: string | null): void {
    if (id !== null && id === this.selected) this.returns++;
    this.selected = id;
  }

  /** Best match first; equally good ones stay in the order of the list. */
  search(query: string): ChatRow[] {
    return this.rows
      .map((row) => ({ row, fit: score(row.name, query) }))
      .filter(({ fit }) => fit > 0)
      .sort((a, b) => b.fit - a.fit)
      .map(({ row }) => row);
  }

  /** Goes up or down the visible list from the selected chat. */
  step(by: 1 | -1, want: (row: ChatRow) => boolean = () => true): void {
    const rows = this.visible;
    let at = rows.findIndex((row) => row.id === this.selected);
    if (at === -1 && by === -1) at = rows.length;
    for (at += by; at >= 0 && at < rows.length; at += by) {
      if (want(rows[at]!)) return this.select(rows[at]!.id);
    }
  }

  stepUnread(by: 1 | -1): void {
    this.step(by, isUnread);
  }

  async answer(id: string, call: 'accept_invitation' | 'decline_invitation'): Promise<void> {
    await this.#host.call(call, { chat: id });
    if (call === 'decline_invitation' && this.selected === id) this.select(null);
  }
}

export function isUnread(row: ChatRow): boolean {
  return row.unread > 0 || row.mentions > 0 || row.markedUnread || row.kind === 'invitation';
}
