import { t } from '../../lib/i18n.svelte';
import type { Complaint, Field } from './signIn.svelte';

/** The sentence to show at a field, if the complaint is about it. */
export function complaintAt(complaint: Complaint | null, field: Field): string | null {
  if (complaint?.field !== field) return null;
  if ('code' in complaint) return t(`error_${complaint.code}`);
  return field === 'form' ? null : t(`${field}_empty`);
}
