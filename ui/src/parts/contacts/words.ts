// The words of the list: the kinds of the organisations pick them.

import type { BadgeRole, ClassCount, ContactCounts, ContactFilters, OrganisationKind, StageCount } from '../../host/host';
import { t } from '../../lib/i18n.svelte';
import { score } from '../../lib/match';
import { roleTitle, stageTitle, unitOf, type Unit } from '../cabinet';
import { sameClass } from './filters';

type Kinds = ReadonlyMap<string, OrganisationKind>;

/** The address book and the common chats among the sources. */
export const OWN = 'own';
export const CHATS = 'chats';

export function kindsOf(kinds: Kinds): OrganisationKind[] {
  const all = [...new Set(kinds.values())];
  return all.length > 0 ? all : ['school'];
}

/** Whether they are called classes or groups; where both are, everybody knows what a class is. */
export function unitWord(kinds: Kinds): Unit {
  return kindsOf(kinds).some((kind) => unitOf(kind) === 'class') ? 'class' : 'group';
}

/** «Учителя», or «Учителя, воспитатели» of several kinds of organisations. */
export function rolesTitle(role: BadgeRole, kinds: Kinds): string {
  const [first, ...rest] = new Set(kindsOf(kinds).map((kind) => roleTitle(role, kind)));
  return [first!, ...rest.map((word) => word.toLowerCase())].join(', ');
}

/** «5-е классы»; a school counts in years, a college in courses. */
export function yearTitle(stage: number, kinds: Kinds): string {
  return stageTitle(stage, kindsOf(kinds).find((kind) => kind === 'school') ?? kindsOf(kinds)[0]!);
}

export function statusTitle(status: 'active' | 'removed'): string {
  return t(status === 'active' ? 'contacts_status_active' : 'contacts_status_removed');
}

export function sourceTitle(source: string, counts: ContactCounts): string {
  if (source === OWN) return t('contacts_source_own');
  if (source === CHATS) return t('contacts_source_chats');
  return counts.sources.find((one) => one.source === source)?.name ?? t('contacts_gone');
}

/** The organisations among the sources. */
export function organisationsOf(counts: ContactCounts): { source: string; name: string | null }[] {
  return counts.sources.filter(({ source }) => source !== OWN && source !== CHATS);
}

/** One chosen value, and the filters without it. */
export interface Chosen {
  key: string;
  text: string;
  without: Partial<ContactFilters>;
}

export function chosenFilters(filters: ContactFilters, counts: ContactCounts, kinds: Kinds): Chosen[] {
  const several = organisationsOf(counts).length > 1;
  const classText = (one: { organisation: string; id: string }) => {
    const label = counts.classes.find((other) => sameClass(one, other))?.label;
    if (label === undefined) return t('contacts_gone');
    return several ? `${label} · ${sourceTitle(one.organisation, counts)}` : label;
  };
  return [
    ...filters.roles.map((role) => ({ key: `role ${role}`, text: rolesTitle(role, kinds), without: { roles: filters.roles.filter((other) => other !== role) } })),
    ...filters.stages.map((stage) => ({ key: `stage ${stage}`, text: yearTitle(stage, kinds), without: { stages: filters.stages.filter((other) => other !== stage) } })),
    ...filters.classes.map((one) => ({ key: `class ${one.organisation} ${one.id}`, text: classText(one), without: { classes: filters.classes.filter((other) => !sameClass(one, other)) } })),
    ...filters.subjects.map((subject) => ({ key: `subject ${subject}`, text: subject, without: { subjects: filters.subjects.filter((other) => other !== subject) } })),
    ...filters.statuses.map((status) => ({ key: `status ${status}`, text: statusTitle(status), without: { statuses: filters.statuses.filter((other) => other !== status) } })),
    ...filters.sources.map((source) => ({ key: `source ${source}`, text: sourceTitle(source, counts), without: { sources: filters.sources.filter((other) => other !== source) } })),
  ];
}

/** The classes of one year of an organisation, or those that belong to none. */
export interface ClassRow {
  /** What chooses all of them; nothing where another organisation has the same year. */
  stage: StageCount | null;
  classes: ClassCount[];
}
export interface ClassBlock {
  organisation: string;
  rows: ClassRow[];
}

/** The classes by organisation and year. `stages` are the years that stand before no row of their own. */
export function classBlocks(counts: ContactCounts, kinds: Kinds, query: string): { stages: StageCount[]; blocks: ClassBlock[] } {
  const years = new Map(counts.stages.map((one) => [one.stage, one]));
  const blocks = new Map<string, Map<number | null, ClassCount[]>>();
  const owners = new Map<number, Set<string>>();
  for (const one of counts.classes) {
    // Only a school's label begins with the year.
    const year = unitOf(kinds.get(one.organisation) ?? 'school') === 'class' ? Number.parseInt(one.label, 10) : Number.NaN;
    const stage = years.has(year) ? year : null;
    if (stage !== null) owners.set(stage, (owners.get(stage) ?? new Set()).add(one.organisation));
    if (query.trim() !== '' && score(one.label, query) === 0) continue;
    const rows = blocks.get(one.organisation) ?? new Map<number | null, ClassCount[]>();
    blocks.set(one.organisation, rows.set(stage, [...(rows.get(stage) ?? []), one]));
  }
  const alone = (stage: number) => owners.get(stage)?.size === 1;
  return {
    stages: query.trim() === '' ? counts.stages.filter(({ stage }) => !alone(stage)) : [],
    blocks: [...blocks].map(([organisation, rows]) => ({
      organisation,
      rows: [...rows].sort(([a], [b]) => (a ?? 999) - (b ?? 999)).map(([stage, classes]) => ({ stage: stage !== null && alone(stage) ? years.get(stage)! : null, classes })),
    })),
  };
}
