// What waits to be sent, what needs a decision, and what was done of late.

import { asFailure, type Host, type OutboxAct, type SavedFile } from '../../../host/host';
import { toasts } from '../../../kit/toasts.svelte';
import { moment } from '../../../lib/format';
import { t } from '../../../lib/i18n.svelte';
import type { CabinetDesk } from '../cabinet.svelte';
import { fieldName, subjectOf, valueWords } from '../fields';
import { failureText } from '../words';
import { actWords, refusalWords, stateWords } from './sentences';

type Settling = 'resolve_act' | 'retry_act' | 'drop_act' | 'undo_act';

export class Outbox {
  /** The step that is being settled. */
  busy = $state<string | null>(null);
  saving = $state(false);
  readonly #desk: CabinetDesk;
  readonly #host: Host;
  readonly stuck: OutboxAct[] = $derived.by(() => this.#all.filter(({ state }) => state === 'conflict' || state === 'refused'));
  readonly waiting: OutboxAct[] = $derived.by(() => this.#all.filter(({ state }) => state === 'waiting' || state === 'sent'));
  readonly done: OutboxAct[] = $derived.by(() => this.#all.filter(({ state }) => state === 'done'));
  /** All that the server has not taken. */
  readonly unsent: OutboxAct[] = $derived([...this.stuck, ...this.waiting]);

  constructor(host: Host, desk: CabinetDesk) {
    this.#host = host;
    this.#desk = desk;
  }

  get #all(): OutboxAct[] {
    return this.#desk.outbox ?? [];
  }

  resolve(act: OutboxAct, mine: boolean): Promise<void> {
    return this.#settle('resolve_act', act, { mine }, t(mine ? 'cabinet_outbox_did_mine' : 'cabinet_outbox_did_theirs'));
  }

  retry(act: OutboxAct): Promise<void> {
    return this.#settle('retry_act', act, {}, null);
  }

  drop(act: OutboxAct): Promise<void> {
    return this.#settle('drop_act', act, {}, t('cabinet_outbox_did_drop'));
  }

  undo(act: OutboxAct): Promise<void> {
    return this.#settle('undo_act', act, {}, t('cabinet_undone'));
  }

  /** What has not been taken, so that nothing is lost even where the server never will. */
  rows(): string[][] {
    const { kind, offline } = this.#desk;
    const head = [t('cabinet_outbox_column_when'), t('cabinet_outbox_column_what'), t('cabinet_outbox_column_whom'), t('cabinet_outbox_column_state'), t('cabinet_outbox_column_why')];
    return [
      head,
      ...this.unsent.map((act) => {
        const { what, whom } = actWords(act, kind);
        const clashes = act.clashes.map(({ field, theirs }) => t('cabinet_outbox_clash_line', { whom: subjectOf(field), field: fieldName(field.field, kind), mine: valueWords(field.field, field.to, kind), theirs: valueWords(field.field, theirs, kind) }));
        return [moment(act.madeAt), what, whom ?? '', stateWords(act, offline), act.refusal ? refusalWords(act.refusal) : clashes.join('; ')];
      }),
    ];
  }

  /** Nothing where it could not be saved; then it is said why. */
  async save(): Promise<SavedFile | null> {
    this.saving = true;
    try {
      return await this.#host.call('save_table', { name: t('cabinet_outbox_file', { name: this.#desk.link?.name ?? '' }), rows: this.rows() });
    } catch (thrown) {
      toasts.show(failureText(asFailure(thrown).code), 'error');
      return null;
    } finally {
      this.saving = false;
    }
  }

  async #settle(name: Settling, { id: act }: OutboxAct, more: { mine?: boolean }, said: string | null): Promise<void> {
    const organisation = this.#desk.organisation;
    if (organisation === null || this.busy !== null) return;
    this.busy = act;
    try {
      await this.#host.call(name, { organisation, act, ...more } as { organisation: string; act: string; mine: boolean });
      if (said !== null) toasts.show(said);
    } catch (thrown) {
      toasts.show(failureText(asFailure(thrown).code), 'error');
    }
    this.busy = null;
  }
}
