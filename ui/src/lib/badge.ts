// Who a person is in his organisation, in words. The kind of the organisation picks them.

import { t } from './i18n.svelte';

/** What an organisation vouches for; the shape of the core's badge. */
export interface BadgeLike {
  role: 'teacher' | 'staff' | 'student' | 'parent' | 'other';
  name: string;
  position: string | null;
  subjects: readonly string[];
  classes: readonly string[];
  homeroom: readonly string[];
  organisation: 'school' | 'college' | 'kindergarten';
}

/** A person as far as his name goes, and what the reader's organisations say of him. */
export interface PersonLike {
  name: string;
  mark: 'none' | 'staff' | 'outsider' | 'imitates';
}

const ROLES = {
  teacher: { school: 'badge_teacher_school', college: 'badge_teacher_college', kindergarten: 'badge_teacher_kindergarten' },
  student: { school: 'badge_student_school', college: 'badge_student_college', kindergarten: 'badge_student_kindergarten' },
} as const;
const PLAIN = { staff: 'badge_staff', parent: 'badge_parent', other: 'badge_other' } as const;
const HOMEROOM = { school: 'badge_homeroom_school', college: 'badge_homeroom_college', kindergarten: 'badge_homeroom_kindergarten' } as const;
/** A teacher of all classes must not push his subject out of the line. */
const NAMED = 3;

/** «учитель», «обучающийся»: the role alone. */
export function roleWord(badge: BadgeLike): string {
  return badge.role === 'teacher' || badge.role === 'student' ? t(ROLES[badge.role][badge.organisation]) : t(PLAIN[badge.role]);
}

/** «классный руководитель 5А, 5Б» */
export function homeroomWords(badge: BadgeLike, classes: string): string {
  return t(HOMEROOM[badge.organisation], { classes });
}

/** «завуч · физика · классный руководитель 5А» */
export function badgeWords(badge: BadgeLike): string {
  const words = [badge.position ?? roleWord(badge)];
  if (badge.subjects.length > 0) words.push(some(badge.subjects));
  if (badge.homeroom.length > 0) words.push(homeroomWords(badge, some(badge.homeroom)));
  else if (badge.classes.length > 0) words.push(some(badge.classes));
  return words.join(' · ');
}

/** The name the organisation vouches for; what somebody calls himself only where there is none. */
export function verifiedName(person: { name: string }, badge: BadgeLike | null): string {
  return badge?.name || person.name;
}

/** Whether somebody bears the name of a member of the staff and is none. */
export function imitates({ mark }: PersonLike, badge: BadgeLike | null = null): boolean {
  return mark === 'imitates' && badge === null;
}

/** «(не из организации)»: what stands behind a name in a line of words; nothing behind that of one of theirs. */
export function outsideWords(person: PersonLike, badge: BadgeLike | null = null): string {
  return isOutside(person, badge) ? t('system_outsider', { name: '' }).trim() : '';
}

/** A name in a line of words; of somebody from outside that is said. */
export function calledIn(person: PersonLike, badge: BadgeLike | null = null): string {
  const name = verifiedName(person, badge);
  return isOutside(person, badge) ? t('system_outsider', { name }) : name;
}

/** Who a person is, below his name in a list; whoever is none of theirs is told apart, and warned of where he poses as one. */
export function standingWords(person: PersonLike, badge: BadgeLike | null): string {
  if (badge) return badgeWords(badge);
  if (imitates(person)) return t('mark_imitates');
  return isOutside(person, badge) ? t('people_outside') : '';
}

/** Whether the academic cap is due. */
export function hasCap(badge: BadgeLike | null): boolean {
  return badge?.role === 'teacher' || badge?.role === 'staff';
}

function isOutside({ mark }: PersonLike, badge: BadgeLike | null): boolean {
  return badge === null && (mark === 'outsider' || mark === 'imitates');
}

function some(list: readonly string[]): string {
  const named = list.slice(0, NAMED).join(', ');
  return list.length > NAMED ? `${named} ${t('badge_more', { n: list.length - NAMED })}` : named;
}
