// The words of a learning chat; the kind of the organisation picks them.

import type { OrganisationKind } from '../../host/host';
import { t } from '../../lib/i18n.svelte';
import type { Part } from './learning.svelte';

const PART = {
  students: { school: 'making_part_students', college: 'making_part_students_college', kindergarten: 'making_part_students_kindergarten' },
  teachers: { school: 'making_part_teachers', college: 'making_part_teachers_college', kindergarten: 'making_part_teachers_kindergarten' },
} as const;

export function partWord(part: Part, kind: OrganisationKind): string {
  return part === 'parents' ? t('making_part_parents') : t(PART[part][kind]);
}
