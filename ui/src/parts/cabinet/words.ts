// The words of an organisation: its kind picks them.

import type { BadgeRole, CabinetClass, ClassPart, Code, OrganisationKind, Progress, Several } from '../../host/host';
import { roleWord } from '../../lib/badge';
import { t } from '../../lib/i18n.svelte';
import type { Section } from './cabinet.svelte';

/** A school has classes, the others have groups: the end of a message's key. */
export type Unit = 'class' | 'group';

export function unitOf(kind: OrganisationKind): Unit {
  return kind === 'school' ? 'class' : 'group';
}

/** «Школа», «Колледж», «Детский сад» */
export function kindWord(kind: OrganisationKind): string {
  return t(`cabinet_kind_${kind}`);
}

/** «учитель», «преподаватель», «воспитатель»: one person. */
export function roleName(role: BadgeRole, kind: OrganisationKind): string {
  return roleWord({ role, organisation: kind, name: '', position: null, subjects: [], classes: [], homeroom: [] });
}

/** «Учителя», «Ученики»: the head of a list. */
export function roleTitle(role: BadgeRole, kind: OrganisationKind): string {
  if (role === 'teacher' || role === 'student') return t(`cabinet_roles_${role}_${kind}`);
  return t(`cabinet_roles_${role}`);
}

/** «28 учеников» */
export function roleCount(role: BadgeRole, kind: OrganisationKind, count: number): string {
  if (role === 'teacher' || role === 'student') return t(`cabinet_count_${role}_${kind}`, { count });
  return t(`cabinet_count_${role}`, { count });
}

/** «30 классов», «12 групп» */
export function classCount(kind: OrganisationKind, count: number): string {
  return t(`cabinet_count_${unitOf(kind)}`, { count });
}

/** «Классный руководитель», «Куратор», «Воспитатель» */
export function homeroomWord(kind: OrganisationKind): string {
  return t(`cabinet_homeroom_${kind}`);
}

/** What somebody is in a class: «классный руководитель», «ученик». */
export function partName(part: ClassPart, kind: OrganisationKind): string {
  return part === 'homeroom' ? lower(homeroomWord(kind)) : roleName(part, kind);
}

/** «5-е классы», «2-й курс»; what has no number stands under a head of its own. */
export function stageTitle(stage: number | null, kind: OrganisationKind): string {
  return stage === null ? t(`cabinet_stage_none_${unitOf(kind)}`) : t(`cabinet_stage_${kind}`, { n: stage });
}

/** «2026/27» */
export function schoolYear(begins: number): string {
  return `${begins}/${String((begins + 1) % 100).padStart(2, '0')}`;
}

/** «ждёт отправки»; nothing where the server has everything. */
export function progressWord(progress: Progress): string | null {
  return progress === 'done' ? null : t(`cabinet_progress_${progress}`);
}

/** «5А, 5Б, 6А и ещё 12» */
export function severalWords({ names, count }: Several): string {
  const named = names.join(', ');
  return count > names.length ? `${named} ${t('cabinet_and_more', { n: count - names.length })}` : named;
}

/** The same for things at hand: the first three by name. */
export function someOf(names: readonly string[]): string {
  return severalWords({ names: names.slice(0, 3), count: names.length });
}

/** The labels of some classes, in the order of the list. */
export function labelsOf(classes: readonly CabinetClass[], ids: ReadonlySet<string>): string {
  return someOf(classes.filter(({ id }) => ids.has(id)).map(({ label }) => label));
}

/** What went wrong, as the cabinet says it. */
export function failureText(code: Code): string {
  return code === 'notAllowed' ? t('cabinet_not_allowed') : t(`error_${code}`);
}

/** «Классы и группы», «Участники» */
export function sectionTitle(section: Section, kind: OrganisationKind): string {
  return section === 'classes' ? t(`cabinet_section_classes_${unitOf(kind)}`) : t(`cabinet_section_${section}`);
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
