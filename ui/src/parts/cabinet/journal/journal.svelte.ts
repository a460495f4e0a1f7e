// The journal of an organisation, page by page from the server.

import { asFailure, type ApiFailure, type Host, type JournalEntry, type SavedFile } from '../../../host/host';
import { fits, tableRows, type JournalKind } from './entries';
import type { CabinetDesk } from '../cabinet.svelte';
import { t } from '../../../lib/i18n.svelte';

/** Pages in a row that show nothing new before the person is asked whether to look further. */
const DRY = 6;

export class Journal {
  entries = $state.raw<JournalEntry[]>([]);
  text = $state('');
  kind = $state<JournalKind | null>(null);
  byItself = $state(false);
  loading = $state(false);
  saving = $state(false);
  /** Its beginning has been reached. */
  complete = $state(false);
  failed = $state.raw<ApiFailure | null>(null);
  readonly shown: JournalEntry[] = $derived.by(() => this.entries.filter((entry) => fits(entry, { text: this.text, kind: this.kind, byItself: this.byItself })));
  readonly #host: Host;
  readonly #desk: CabinetDesk;
  readonly #organisation: string;
  #next: string | null = null;
  #begun = false;
  #dry = $state(0);

  constructor(host: Host, desk: CabinetDesk) {
    this.#host = host;
    this.#desk = desk;
    this.#organisation = desk.organisation ?? '';
  }

  /** Whether the next page comes by itself when its place is in view. */
  get eager(): boolean {
    return !this.complete && this.failed === null && this.#dry < DRY;
  }

  /** What was looked for has changed: pages that show nothing are counted anew. */
  refiltered(): void {
    this.#dry = 0;
  }

  /** The person wants to see further, whatever came of it before. */
  further(): Promise<void> {
    this.#dry = 0;
    return this.more();
  }

  async more(): Promise<void> {
    if (this.loading || this.complete) return;
    this.loading = true;
    this.failed = null;
    try {
      await this.#page();
    } catch (thrown) {
      this.failed = asFailure(thrown);
    }
    this.loading = false;
  }

  /** From the newest entry again. */
  async again(): Promise<void> {
    this.entries = [];
    this.#next = null;
    this.#begun = this.complete = false;
    await this.further();
  }

  /** Everything that fits the filter as a table, back to the beginning; throws an `ApiFailure`. */
  async save(): Promise<SavedFile> {
    this.saving = true;
    try {
      while (!this.complete) await this.#page();
      const name = t('cabinet_journal_file', { name: this.#desk.link?.name ?? '' });
      return await this.#host.call('save_table', { name, rows: tableRows(this.shown, this.#desk.kind) });
    } finally {
      this.saving = false;
    }
  }

  async #page(): Promise<void> {
    const page = await this.#host.call('journal', { organisation: this.#organisation, before: this.#begun ? this.#next : null });
    const before = this.shown.length;
    this.#begun = true;
    this.#next = page.next;
    this.complete = page.next === null;
    const known = new Set(this.entries.map(({ event }) => event));
    this.entries = [...this.entries, ...page.entries.filter(({ event }) => !known.has(event))];
    this.#dry = this.shown.length > before ? 0 : this.#dry + 1;
  }
}
