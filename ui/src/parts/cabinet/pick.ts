// Whom of the organisation one may mean: by name, class or position, those who fit best first.

import type { BadgeRole, CabinetClass, CabinetPerson } from '../../host/host';
import { score } from '../../lib/match';

/** «завуч · 5А, 6Б»: what tells people of one name apart. */
export function aboutPerson(person: CabinetPerson, classOf: ReadonlyMap<string, CabinetClass>): string {
  const labels = person.classes.map(({ class: id }) => classOf.get(id)?.label).filter((label) => label !== undefined);
  return [person.position, ...person.subjects.slice(0, 2), labels.slice(0, 3).join(', ')].filter(Boolean).join(' · ');
}

/** Those of some roles who belong; where nothing is typed, who is in no class yet comes first. */
export function pickable(people: readonly CabinetPerson[], roles: readonly BadgeRole[], query: string, classOf: ReadonlyMap<string, CabinetClass>): CabinetPerson[] {
  const here = people.filter((person) => person.status === 'active' && roles.includes(person.role));
  if (query.trim() === '') return [...here.filter((person) => person.classes.length === 0), ...here.filter((person) => person.classes.length > 0)];
  const fit = (person: CabinetPerson) => Math.max(score(person.name, query), Math.min(1, score(`${person.name} ${aboutPerson(person, classOf)}`, query)));
  return here
    .map((person) => ({ person, fit: fit(person) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .map(({ person }) => person);
}
