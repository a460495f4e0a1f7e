// The next school year: what becomes of each class before anything is done, and doing it in one step.

import { asFailure, type PromotionStep } from '../../../host/host';
import type { Host } from '../../../host/host';
import { t } from '../../../lib/i18n.svelte';
import type { CabinetDesk } from '../cabinet.svelte';
import { failureText, schoolYear, someOf } from '../words';

export class Promoting {
  /** Null until they are known. */
  steps = $state.raw<PromotionStep[] | null>(null);
  busy = $state(false);
  failed = $state<string | null>(null);
  readonly clashes = $derived((this.steps ?? []).filter((step) => step.clashes));
  readonly next = $derived(this.#of('promoted').filter((step) => !step.clashes));
  readonly out = $derived(this.#of('graduated'));
  readonly same = $derived(this.#of('unchanged'));
  readonly changed = $derived(this.next.length + this.out.length);
  /** Null for the whole organisation. */
  readonly classes: string[] | null;
  readonly #host: Host;
  readonly #desk: CabinetDesk;

  constructor(host: Host, desk: CabinetDesk, classes: string[] | null) {
    this.#host = host;
    this.#desk = desk;
    this.classes = classes;
  }

  /** «2027/28» */
  get year(): string {
    return schoolYear((this.#desk.cabinet?.schoolYear ?? 0) + 1);
  }

  /** The whole organisation goes on even where none of its classes has a year. */
  get possible(): boolean {
    return this.steps !== null && this.clashes.length === 0 && (this.changed > 0 || this.classes === null);
  }

  async load(): Promise<void> {
    this.failed = null;
    try {
      this.steps = await this.#host.call('promotion', { organisation: this.#desk.organisation ?? '', classes: this.classes });
    } catch (thrown) {
      this.failed = failureText(asFailure(thrown).code);
    }
  }

  /** Whether it was done. */
  async promote(): Promise<boolean> {
    if (!this.possible || this.busy) return false;
    this.busy = true;
    this.failed = null;
    const moved = [...this.next, ...this.out].map(({ label }) => label);
    try {
      await this.#desk.say('promote', { classes: this.classes }, this.classes === null ? t('cabinet_promote_done', { year: this.year }) : t('cabinet_promote_done_some', { names: someOf(moved) }));
      return true;
    } catch (thrown) {
      this.failed = failureText(asFailure(thrown).code);
      return false;
    } finally {
      this.busy = false;
    }
  }

  #of(kind: PromotionStep['becomes']['kind']): PromotionStep[] {
    return (this.steps ?? []).filter((step) => step.becomes.kind === kind);
  }
}

/** What a class will be called. */
export function nextLabel({ label, becomes }: PromotionStep): string {
  return becomes.kind === 'promoted' ? becomes.label : label;
}
