// Choosing where messages go, and saying who will read them there before they are sent.

import { asFailure, type ChatRow, type Code, type Host } from '../../../host/host';
import { standingWords } from '../../../lib/badge';
import { t } from '../../../lib/i18n.svelte';
import { score } from '../../../lib/match';

export class Forwarding {
  query = $state('');
  chosen: readonly ChatRow[] = $state.raw([]);
  busy = $state(false);
  failed = $state<Code | null>(null);
  /** Where one may write; the best match first, and the newest chat first among equals. */
  readonly found: ChatRow[] = $derived.by(() => this.#search());
  readonly #host: Host;
  readonly #chat: string;
  readonly #chats: () => readonly ChatRow[];
  readonly #watching = new Map<string, () => void>();
  #members: ReadonlyMap<string, number> = $state.raw(new Map());

  constructor(host: Host, chat: string, chats: () => readonly ChatRow[]) {
    this.#host = host;
    this.#chat = chat;
    this.#chats = chats;
  }

  #search(): ChatRow[] {
    return this.#chats()
      .filter((row) => row.canSend && row.kind !== 'invitation')
      .map((row) => ({ row, fit: score(row.name, this.query) }))
      .filter(({ fit }) => fit > 0)
      .sort((a, b) => b.fit - a.fit)
      .map(({ row }) => row);
  }

  has(chat: string): boolean {
    return this.chosen.some((row) => row.id === chat);
  }

  toggle(row: ChatRow): void {
    this.failed = null;
    if (this.has(row.id)) return this.#drop(row.id);
    this.chosen = [...this.chosen, row];
    if (row.kind === 'direct' || this.#watching.has(row.id)) return;
    this.#watching.set(
      row.id,
      this.#host.watch('details', { chat: row.id }, ({ members }) => (this.#members = new Map([...this.#members, [row.id, members]]))),
    );
  }

  #drop(chat: string): void {
    this.chosen = this.chosen.filter((row) => row.id !== chat);
  }

  dropLast(): void {
    this.chosen = this.chosen.slice(0, -1);
  }

  /** «Группа · 29 человек», «Личный чат · не из вашей организации» */
  about(row: ChatRow): string {
    const kind = row.kind === 'channel' ? t('chat_kind_channel') : row.kind === 'direct' ? t('chat_kind_direct') : t('chat_kind_group');
    const count = this.#members.get(row.id);
    const standing = standingWords(row, null);
    if (row.kind === 'direct' && standing) return `${kind} · ${standing}`;
    return count === undefined || row.kind === 'direct' ? kind : `${kind} · ${t('people_count', { count })}`;
  }

  async send(events: string[]): Promise<boolean> {
    if (this.chosen.length === 0 || this.busy) return false;
    this.busy = true;
    try {
      await this.#host.call('forward_messages', { chat: this.#chat, events, to: this.chosen.map((row) => row.id) });
      return true;
    } catch (thrown) {
      this.failed = asFailure(thrown).code;
      return false;
    } finally {
      this.busy = false;
    }
  }

  close(): void {
    for (const stop of this.#watching.values()) stop();
    this.#watching.clear();
  }
}
