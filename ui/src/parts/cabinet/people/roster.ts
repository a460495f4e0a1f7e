// Everybody of an organisation, prepared so that thousands of people are filtered and ordered at once.

import type { BadgeRole, CabinetClass, CabinetPerson } from '../../../host/host';

export const ROLES: readonly BadgeRole[] = ['teacher', 'staff', 'student', 'parent', 'other'];

/** Who is shown: those who belong, those of them nobody vouched for yet, those who were removed. */
export type Standing = 'active' | 'unverified' | 'removed';
export const STANDINGS: readonly Standing[] = ['active', 'unverified', 'removed'];

export type SortKey = 'name' | 'class' | 'role';
export interface Order {
  by: SortKey;
  down: boolean;
}

/** Stands for a class where somebody is in none that is active. */
export const NO_CLASS = '';

export interface Filter {
  role: BadgeRole | null;
  /** A class's id, or [`NO_CLASS`]. */
  class: string | null;
  standing: Standing;
}

/** A person with what he is shown and ordered by. */
export interface Entry {
  person: CabinetPerson;
  /** Labels of his active classes, as people count them. */
  labels: string[];
  /** Those that were graduated with him. */
  graduated: string[];
  /** The place of his first class among the classes; those without one come last. */
  classAt: number;
}

export interface Counts {
  roles: Record<BadgeRole, number>;
  /** Whatever the role. */
  all: number;
  classes: Map<string, number>;
  standings: Record<Standing, number>;
}

export interface Found {
  entries: Entry[];
  counts: Counts;
}

/** Keeps what was prepared for those who have not changed. */
export class Roster {
  #kept = new WeakMap<CabinetPerson, Entry>();
  #classes = '';
  #places = new Map<string, { label: string; at: number; status: CabinetClass['status'] }>();

  /** In the order of the list, which is by name. */
  prepare(people: readonly CabinetPerson[], classes: readonly Pick<CabinetClass, 'id' | 'label' | 'status'>[]): Entry[] {
    const now = JSON.stringify(classes.map(({ id, label, status }) => [id, label, status]));
    if (now !== this.#classes) {
      this.#classes = now;
      this.#places = new Map(classes.map(({ id, label, status }, at) => [id, { label, at, status }]));
      this.#kept = new WeakMap();
    }
    return people.map((person) => {
      let entry = this.#kept.get(person);
      if (!entry) this.#kept.set(person, (entry = this.#make(person)));
      return entry;
    });
  }

  #make(person: CabinetPerson): Entry {
    const places = person.classes.flatMap((inClass) => this.#places.get(inClass.class) ?? []).sort((a, b) => a.at - b.at);
    const active = places.filter(({ status }) => status !== 'graduated' && status !== 'deleted');
    const labels = active.map(({ label }) => label);
    const graduated = places.filter(({ status }) => status === 'graduated').map(({ label }) => label);
    return { person, labels, graduated, classAt: active[0]?.at ?? Infinity };
  }
}

export function standingOf(person: CabinetPerson): Standing {
  if (person.status === 'removed') return 'removed';
  return person.verifiedAt === null ? 'unverified' : 'active';
}

/** Those nobody vouched for belong all the same. */
function stands(person: CabinetPerson, wanted: Standing): boolean {
  const standing = standingOf(person);
  return standing === wanted || (wanted === 'active' && standing === 'unverified');
}

/** The people that fit, and how many a change of each filter would show; the order stays. */
export function find(entries: readonly Entry[], filter: Filter): Found {
  const found: Entry[] = [];
  const counts: Counts = { roles: { teacher: 0, staff: 0, student: 0, parent: 0, other: 0 }, all: 0, classes: new Map(), standings: { active: 0, unverified: 0, removed: 0 } };
  for (const entry of entries) {
    const { person } = entry;
    const role = filter.role === null || person.role === filter.role;
    const free = entry.labels.length === 0;
    const inClass = filter.class === null || (filter.class === NO_CLASS ? free : person.classes.some((at) => at.class === filter.class));
    const standing = stands(person, filter.standing);
    if (inClass && standing) {
      counts.roles[person.role]++;
      counts.all++;
    }
    if (role && standing) for (const id of new Set([...person.classes.map((at) => at.class), ...(free ? [NO_CLASS] : [])])) counts.classes.set(id, (counts.classes.get(id) ?? 0) + 1);
    if (role && inClass) for (const one of STANDINGS) if (stands(person, one)) counts.standings[one]++;
    if (role && inClass && standing) found.push(entry);
  }
  return { entries: found, counts };
}

/** Those of some ids: in the order of the ids, or in their own. */
export function among(entries: readonly Entry[], ids: readonly string[], byIds: boolean): Entry[] {
  const places = new Map(ids.map((id, at) => [id, at]));
  const found = entries.filter(({ person }) => places.has(person.id));
  return byIds ? found.sort((a, b) => places.get(a.person.id)! - places.get(b.person.id)!) : found;
}

/** A new list; people of one class or role stay by name. */
export function ordered(entries: readonly Entry[], { by, down }: Order): Entry[] {
  const rank = { name: () => 0, class: (entry: Entry) => entry.classAt, role: (entry: Entry) => ROLES.indexOf(entry.person.role) }[by];
  if (by === 'name') return down ? entries.slice().reverse() : entries.slice();
  const ranks = new Map(entries.map((entry) => [entry, rank(entry)]));
  const sign = down ? -1 : 1;
  // Whoever has no class stands last whichever way the classes go.
  return entries.slice().sort((a, b) => {
    const [first, second] = [ranks.get(a)!, ranks.get(b)!];
    if (first === second) return 0;
    if (first === Infinity || second === Infinity) return first === Infinity ? 1 : -1;
    return sign * (first - second);
  });
}
