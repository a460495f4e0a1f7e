// The details of an organisation, in groups, and what is said where one is missing.

import type { OrgFields } from '../../../host/host';
import type { MessageKey } from '../../../lib/i18n.svelte';

type Plain = Extract<MessageKey, `cabinet_info_${string}`>;

export interface Detail {
  field: keyof OrgFields;
  label: Plain;
  none: Plain;
  /** What the keyboard of a form offers for it. */
  input?: { type?: string; inputmode?: 'numeric' | 'tel' | 'email'; maxlength?: number };
}

export const GROUPS: readonly { title: Plain; details: readonly Detail[] }[] = [
  {
    title: 'cabinet_info_names',
    details: [
      { field: 'fullName', label: 'cabinet_info_full_name', none: 'cabinet_info_none_n', input: { maxlength: 300 } },
      { field: 'shortName', label: 'cabinet_info_short_name', none: 'cabinet_info_none_n', input: { maxlength: 100 } },
    ],
  },
  {
    title: 'cabinet_info_numbers',
    details: [
      { field: 'inn', label: 'cabinet_info_inn', none: 'cabinet_info_none', input: { inputmode: 'numeric', maxlength: 12 } },
      { field: 'kpp', label: 'cabinet_info_kpp', none: 'cabinet_info_none', input: { maxlength: 9 } },
    ],
  },
  {
    title: 'cabinet_info_place',
    details: [
      { field: 'region', label: 'cabinet_info_region', none: 'cabinet_info_none', input: { maxlength: 100 } },
      { field: 'municipality', label: 'cabinet_info_municipality', none: 'cabinet_info_none', input: { maxlength: 100 } },
      { field: 'locality', label: 'cabinet_info_locality', none: 'cabinet_info_none', input: { maxlength: 100 } },
    ],
  },
  {
    title: 'cabinet_info_contacts',
    details: [
      { field: 'phone', label: 'cabinet_info_phone', none: 'cabinet_info_none', input: { type: 'tel', inputmode: 'tel', maxlength: 40 } },
      { field: 'email', label: 'cabinet_info_email', none: 'cabinet_info_none_f', input: { type: 'text', inputmode: 'email', maxlength: 100 } },
    ],
  },
];
