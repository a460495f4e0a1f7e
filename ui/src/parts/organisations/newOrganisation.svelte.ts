// An organisation while its details are entered. What was typed stays when the dialog is closed and opened again.

import { asFailure, type Host, type MyOrganisation, type OrganisationKind, type OrgFields } from '../../host/host';
import { t } from '../../lib/i18n.svelte';
import type { Organisations } from './organisations.svelte';
import { complaintText } from './words';

export type Step = 'kind' | 'names' | 'place' | 'making';
export type Field = keyof OrgFields;

const EMPTY: Record<Field, string> = { fullName: '', shortName: '', inn: '', kpp: '', region: '', municipality: '', locality: '', phone: '', email: '' };

export class NewOrganisation {
  step = $state<Step>('kind');
  kind = $state<OrganisationKind>('school');
  values = $state<Record<Field, string>>({ ...EMPTY });
  busy = $state(false);
  /** What is wrong with a field. */
  wrong = $state.raw<Partial<Record<Field, string>>>({});
  failed = $state<string | null>(null);
  readonly #host: Host;
  readonly #organisations: Organisations;
  /** Those there were before it was begun; the new one is none of them. */
  #before = $state.raw<ReadonlySet<string> | null>(null);
  /** The organisation, once it is made. */
  readonly made: MyOrganisation | null = $derived.by(() => {
    const { list, founding } = this.#organisations;
    if (this.#before === null || founding !== null) return null;
    return list?.find(({ id, name }) => !this.#before!.has(id) && name === this.values.shortName.trim()) ?? null;
  });

  constructor(host: Host, organisations: Organisations) {
    this.#host = host;
    this.#organisations = organisations;
  }

  choose(kind: OrganisationKind): void {
    this.kind = kind;
    this.step = 'names';
  }

  /** To where it may be found, if the names are there. */
  next(): void {
    const wrong: Partial<Record<Field, string>> = {};
    if (!this.values.fullName.trim()) wrong.fullName = t('org_full_name_empty');
    if (!this.values.shortName.trim()) wrong.shortName = t('org_short_name_empty');
    this.wrong = wrong;
    if (Object.keys(wrong).length === 0) this.step = 'place';
  }

  back(): void {
    this.failed = null;
    this.step = this.step === 'place' ? 'names' : 'kind';
  }

  async make(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failed = null;
    this.wrong = {};
    const before = new Set((this.#organisations.list ?? []).map(({ id }) => id));
    try {
      await this.#host.call('found_organisation', { kind: this.kind, info: this.#info() });
      this.#before = before;
      this.step = 'making';
    } catch (thrown) {
      const { code } = asFailure(thrown);
      const field: Field | null = code === 'badInn' ? 'inn' : code === 'badKpp' ? 'kpp' : code === 'noName' ? 'fullName' : null;
      if (field) {
        this.wrong = { [field]: complaintText(code) };
        this.step = 'names';
      } else this.failed = complaintText(code);
    }
    this.busy = false;
  }

  #info(): OrgFields {
    const text = (field: Field) => this.values[field].trim();
    const optional = (field: Field) => text(field) || null;
    return { fullName: text('fullName'), shortName: text('shortName'), inn: optional('inn'), kpp: optional('kpp'), region: optional('region'), municipality: optional('municipality'), locality: optional('locality'), phone: optional('phone'), email: optional('email') };
  }
}
