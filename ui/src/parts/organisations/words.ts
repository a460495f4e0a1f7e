// What somebody is in his organisations, and what went wrong with them, in words.

import type { Code, MyOrganisation } from '../../host/host';
import { badgeWords } from '../../lib/badge';
import { t } from '../../lib/i18n.svelte';

/** «завуч · 5А, 6Б»; nothing of who only runs it. */
export function roleWords({ role, kind, position, classes }: MyOrganisation): string | null {
  return role === null ? null : badgeWords({ role, organisation: kind, name: '', position, subjects: [], classes, homeroom: [] });
}

export function complaintText(code: Code): string {
  return code === 'notAllowed' ? t('org_not_allowed') : t(`error_${code}`);
}
