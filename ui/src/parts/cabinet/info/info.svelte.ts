// The details of an organisation while they are changed. What was typed stays until it is kept.

import { asFailure, type OrgFields } from '../../../host/host';
import { t } from '../../../lib/i18n.svelte';
import type { CabinetDesk } from '../cabinet.svelte';
import { failureText } from '../words';

export type Field = keyof OrgFields;

export class InfoForm {
  values = $state<Record<Field, string>>({ fullName: '', shortName: '', inn: '', kpp: '', region: '', municipality: '', locality: '', phone: '', email: '' });
  busy = $state(false);
  /** The field that is wrong, and why. */
  wrong = $state.raw<{ field: Field; text: string } | null>(null);
  /** What went wrong with all of it. */
  failed = $state<string | null>(null);
  readonly #desk: CabinetDesk;

  constructor(desk: CabinetDesk, info: OrgFields) {
    this.#desk = desk;
    for (const field of Object.keys(this.values) as Field[]) this.values[field] = info[field] ?? '';
  }

  /** Whether it was kept; also where nothing was changed. */
  async keep(): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.wrong = this.failed = null;
    try {
      await this.#desk.say('set_info', { info: this.#info() }, t('cabinet_info_kept'));
      return true;
    } catch (thrown) {
      const { code } = asFailure(thrown);
      if (code === 'nothingToDo') return true;
      const field = this.#fieldOf(code);
      if (field) this.wrong = { field, text: failureText(code) };
      else this.failed = failureText(code);
      return false;
    } finally {
      this.busy = false;
    }
  }

  #info(): OrgFields {
    const text = (field: Field) => this.values[field].trim();
    const optional = (field: Field) => text(field) || null;
    return {
      fullName: text('fullName'),
      shortName: text('shortName'),
      inn: optional('inn'),
      kpp: optional('kpp'),
      region: optional('region'),
      municipality: optional('municipality'),
      locality: optional('locality'),
      phone: optional('phone'),
      email: optional('email'),
    };
  }

  #fieldOf(code: string): Field | null {
    if (code === 'badInn') return 'inn';
    if (code === 'badKpp') return 'kpp';
    if (code === 'noName') return this.values.fullName.trim() === '' ? 'fullName' : 'shortName';
    return null;
  }
}
