// What narrows the list of people: kept over a restart, so read back with suspicion.

import { NO_FILTERS } from '../../host/contacts';
import type { BadgeRole, ContactClass, ContactFilters, PersonStatus } from '../../host/host';

const ROLES: readonly BadgeRole[] = ['teacher', 'staff', 'student', 'parent', 'other'];
const STATUSES: readonly PersonStatus[] = ['active', 'removed'];
/** More of one sort nobody has chosen by hand. */
const MOST = 200;
const LONGEST = 300;

/** How many values are chosen. */
export function countOf(filters: ContactFilters): number {
  return Object.values(filters).reduce((sum, values) => sum + values.length, 0);
}

/** With the value where it was missing, else without it. */
export function toggled<T>(values: readonly T[], value: T, same: (a: T, b: T) => boolean = Object.is): T[] {
  const without = values.filter((other) => !same(other, value));
  return without.length === values.length ? [...values, value] : without;
}

export const sameClass = (a: ContactClass, b: ContactClass) => a.organisation === b.organisation && a.id === b.id;

/** What a snapshot kept; whatever does not fit is left out. */
export function readFilters(kept: unknown): ContactFilters {
  if (typeof kept !== 'object' || kept === null) return NO_FILTERS;
  const { roles, classes, stages, subjects, statuses, sources } = kept as Record<string, unknown>;
  return {
    roles: list(roles, (value) => ROLES.includes(value as BadgeRole)),
    classes: list<ContactClass>(classes, (value) => typeof value === 'object' && value !== null && 'organisation' in value && 'id' in value && text(value.organisation) && text(value.id)).map(({ organisation, id }) => ({ organisation, id })),
    stages: list(stages, (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255),
    subjects: list(subjects, text),
    statuses: list(statuses, (value) => STATUSES.includes(value as PersonStatus)),
    sources: list(sources, text),
  };
}

const text = (value: unknown) => typeof value === 'string' && value !== '' && value.length <= LONGEST;

function list<T>(values: unknown, fits: (value: unknown) => boolean): T[] {
  return Array.isArray(values) ? (values.filter(fits).slice(0, MOST) as T[]) : [];
}
