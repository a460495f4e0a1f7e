// Whom of the organisation one may choose.

import type { BadgeRole, CabinetClass, CabinetPerson } from '../../host/host';

/** «завуч · 5А, 6Б»: what tells people of one name apart. */
export function aboutPerson(person: CabinetPerson, classOf: ReadonlyMap<string, CabinetClass>): string {
  const labels = person.classes.map(({ class: id }) => classOf.get(id)?.label).filter((label) => label !== undefined);
  return [person.position, ...person.subjects.slice(0, 2), labels.slice(0, 3).join(', ')].filter(Boolean).join(' · ');
}

/** Those of some roles who belong: as they were found, or, where nothing is looked for, who is in no class yet first. */
export function pickable(people: readonly CabinetPerson[], roles: readonly BadgeRole[], found: readonly string[] | null): CabinetPerson[] {
  const here = people.filter((person) => person.status === 'active' && roles.includes(person.role));
  if (found === null) return [...here.filter((person) => person.classes.length === 0), ...here.filter((person) => person.classes.length > 0)];
  const byId = new Map(here.map((person) => [person.id, person]));
  return found.flatMap((id) => byId.get(id) ?? []);
}
