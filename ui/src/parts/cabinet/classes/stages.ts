// Classes as people count them: by stages, found by name or teacher, and the new ones that are to be.

import type { CabinetClass, CabinetPerson, NewClass, OrganisationKind } from '../../../host/host';
import { score } from '../../../lib/match';
import { stageTitle } from '../words';

export const SHOWN = ['active', 'graduated', 'deleted'] as const;
export type Shown = (typeof SHOWN)[number];
/** The years of a school. */
export const STAGES = Array.from({ length: 11 }, (_, i) => i + 1);
/** More columns than that are a slip of the keyboard. */
const MOST_LETTERS = 12;

export interface Stage {
  key: string;
  title: string;
  classes: CabinetClass[];
}

/** What this version does not know stands with those at work, where it is seen. */
export function stateOf(one: CabinetClass): Shown {
  return one.status === 'other' ? 'active' : one.status;
}

/** Those of one state that fit what was typed: a name, or a homeroom teacher's. */
export function find(classes: readonly CabinetClass[], shown: Shown, query: string, personOf: ReadonlyMap<string, CabinetPerson>): CabinetClass[] {
  const here = classes.filter((one) => stateOf(one) === shown);
  if (query.trim() === '') return here;
  const teacher = (one: CabinetClass) => (one.homeroom && personOf.get(one.homeroom)?.name) || '';
  return here.filter((one) => score(one.label, query) > 0 || (teacher(one) !== '' && score(teacher(one), query) > 0));
}

/** The lower stages first; what has none comes last. */
export function byStage(classes: readonly CabinetClass[], kind: OrganisationKind): Stage[] {
  const stages = new Map<number | null, CabinetClass[]>();
  for (const one of classes) stages.set(one.stage, [...(stages.get(one.stage) ?? []), one]);
  const order = [...stages.keys()].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  return order.map((stage) => ({ key: String(stage), title: stageTitle(stage, kind), classes: stages.get(stage)! }));
}

/** «5А», or the title: what a class will be called. */
export function labelOf({ stage, letter, title }: NewClass): string {
  const clean = (text: string | null) => text?.trim().replace(/\s+/g, ' ') ?? '';
  return clean(title) || `${stage ?? ''}${clean(letter)}`;
}

/** The letters of a text, each once, as the heads of columns. */
export function lettersOf(text: string): string[] {
  return [...new Set(text.toLocaleUpperCase('ru').match(/\p{L}/gu) ?? [])].slice(0, MOST_LETTERS);
}

/** The letters that a school has, and those it usually begins with. */
export function usualLetters(classes: readonly CabinetClass[]): string[] {
  const own = classes.filter((one) => stateOf(one) === 'active').flatMap(({ letter }) => (letter && lettersOf(letter).length === 1 ? lettersOf(letter) : []));
  return [...new Set(['А', 'Б', 'В', 'Г', ...own.sort((a, b) => a.localeCompare(b, 'ru'))])];
}

/** The lines of a text as titles, each once. */
export function titlesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim().replace(/\s+/g, ' ')).filter(Boolean))];
}
