// «Контакты» in the fake host: a search by the beginnings of words, without the core's typos, layouts and word forms.

import type { BadgeRole, ContactCounts, ContactFilters, ContactHit, ContactMark, OrganisationKind, PersonStatus } from '../src/host/host';
import { fold } from '../src/lib/match';
import { ORGANISATION } from './fake-cabinet';
import { Told, type Answers } from './fake-handlers';
import { sampleClasses, sampleInfo, samplePeople } from './sample-cabinet';
import { PEOPLE } from './sample-people';

export interface ContactOptions {
  kind?: OrganisationKind;
  people?: number;
  classes?: number;
  /** A kindergarten as well. */
  several?: boolean;
  /** Nobody is in any organisation. */
  empty?: boolean;
}

interface Known {
  hit: ContactHit;
  role: BadgeRole | null;
  status: PersonStatus;
  classes: { id: string; stage: number | null }[];
  words: string[];
}

interface Organisation {
  id: string;
  name: string;
  classes: ReturnType<typeof sampleClasses>;
}

export class FakeContacts {
  readonly changed = new Told(1);
  readonly #options: ContactOptions;
  #made: { organisations: Organisation[]; people: Known[] } | null = null;

  constructor(options: ContactOptions = {}) {
    this.#options = options;
  }

  readonly answers: Answers<'find_contacts'> = {
    find_contacts: ({ text, filters, skip, most }) => {
      const { organisations, people } = (this.#made ??= make(this.#options));
      const wanted = fold(text).replace(/(\d) (?=\p{L}( |$))/gu, '$1').split(' ').filter(Boolean);
      const found = people.filter(({ words }) => wanted.every((part) => words.some((word) => word.startsWith(part))));
      const shown = found.filter((one) => fits(one, filters));
      const hits = shown.slice(skip, skip + most).map(({ hit }) => ({ ...hit, marks: wanted.length > 0 ? marksOf(hit, wanted) : [] }));
      return { hits, total: shown.length, counts: count(found, people, filters, organisations) };
    },
  };

  known(person: string): ContactHit | null {
    const { people } = (this.#made ??= make(this.#options));
    return people.find(({ hit }) => hit.person.id === person)?.hit ?? null;
  }

  /** Somebody else, or the server, has changed something. */
  change(edit: (hits: ContactHit[]) => void = () => undefined): void {
    const { people } = (this.#made ??= make(this.#options));
    edit(people.map(({ hit }) => hit));
    this.changed.set(this.changed.now + 1);
  }

  /** People who are gone from one moment to the next. */
  drop(person: string): void {
    const made = (this.#made ??= make(this.#options));
    made.people = made.people.filter(({ hit }) => hit.person.id !== person);
    this.change();
  }
}

function make({ kind = 'school', people = 1_000, classes = 30, several = false, empty = false }: ContactOptions): { organisations: Organisation[]; people: Known[] } {
  if (empty) return { organisations: [], people: [] };
  const organisations: Organisation[] = [{ id: ORGANISATION, name: sampleInfo(kind).shortName, classes: sampleClasses(kind, classes) }];
  const known = inOrganisation(organisations[0]!, kind, people);
  if (several) {
    organisations.push({ id: '!org2:school1.example', name: sampleInfo('kindergarten').shortName, classes: sampleClasses('kindergarten') });
    known.push(...inOrganisation(organisations[1]!, 'kindergarten', 60, 'k'));
  }
  const own = ([id, name, reach]: readonly [string, string, string]): Known => plain({ person: { id: `own:${id}`, name, avatar: null, mark: 'none' }, source: 'own', own: id, reach });
  const books = ([['b1', 'Аптека на Ленина', '+7 342 236-11-04'], ['b2', 'Громова Инна Львовна', 'gromova@music.perm.example']] as const).map(own);
  const chats = [PEOPLE[11]!, PEOPLE[7]!].map((person) => plain({ person, source: 'chats', own: null, reach: null }));
  const byName = (one: Known) => one.hit.badge?.name ?? one.hit.person.name;
  return { organisations, people: [...known, ...books, ...chats].sort((a, b) => byName(a).localeCompare(byName(b), 'ru')) };
}

function plain(part: Pick<ContactHit, 'person' | 'source' | 'own' | 'reach'>): Known {
  return { hit: { ...part, badge: null, former: false, marks: [] }, role: null, status: 'active', classes: [], words: fold(part.person.name).split(' ') };
}

function inOrganisation({ id, classes }: Organisation, kind: OrganisationKind, count: number, prefix = ''): Known[] {
  const classOf = new Map(classes.map((one) => [one.id, one]));
  return samplePeople(kind, classes, count).map((person): Known => {
    const labels = person.classes.map((at) => classOf.get(at.class)!.label);
    const homeroom = person.classes.filter(({ part }) => part === 'homeroom').map((at) => classOf.get(at.class)!.label);
    const badge = { role: person.role, name: person.name, position: person.position, subjects: person.subjects, classes: labels, homeroom, organisation: kind };
    const mine = person.id === '@u7:school1.example';
    return {
      hit: { person: { id: prefix === '' ? person.id : person.id.replace('@u', `@${prefix}`), name: person.name, avatar: null, mark: 'none' }, badge, source: id, former: person.status === 'removed', own: mine ? 'b3' : null, reach: mine ? '+7 912 480-00-17' : null, marks: [] },
      role: person.role,
      status: person.status,
      classes: person.classes.map((at) => ({ id: at.class, stage: classOf.get(at.class)!.stage })),
      words: fold([person.name, person.position, ...person.subjects, ...labels].join(' ')).split(' '),
    };
  });
}

/** Whether he is what is wanted, but for one sort of it. */
function fits({ hit, role, status, classes }: Known, filters: ContactFilters, without: keyof ContactFilters | null = null): boolean {
  const { roles, stages, subjects, statuses, sources } = filters;
  const some = (sort: keyof ContactFilters, values: readonly unknown[], has: () => boolean) => sort === without || values.length === 0 || has();
  return (
    some('roles', roles, () => role !== null && roles.includes(role)) &&
    some('classes', [...filters.classes, ...stages], () => classes.some(({ id, stage }) => filters.classes.some((one) => one.organisation === hit.source && one.id === id) || (stage !== null && stages.includes(stage)))) &&
    some('subjects', subjects, () => hit.badge?.subjects.some((subject) => subjects.includes(subject)) ?? false) &&
    (without === 'statuses' || (statuses.length === 0 ? status === 'active' : statuses.includes(status))) &&
    some('sources', sources, () => sources.includes(hit.source))
  );
}

function count(found: Known[], all: Known[], filters: ContactFilters, organisations: Organisation[]): ContactCounts {
  const of = (sort: keyof ContactFilters) => found.filter((one) => fits(one, filters, sort));
  const values = <T>(list: T[]) => [...new Set(list)];
  const [byRole, byClass, bySubject, byStatus, bySource] = [of('roles'), of('classes'), of('subjects'), of('statuses'), of('sources')];
  const used = new Set(all.flatMap(({ hit, classes }) => classes.map(({ id }) => `${hit.source} ${id}`)));
  return {
    roles: (['teacher', 'staff', 'student', 'parent'] as const).filter((role) => all.some((one) => one.role === role)).map((role) => ({ role, count: byRole.filter((one) => one.role === role).length })),
    classes: organisations.flatMap(({ id: organisation, classes }) =>
      classes.filter(({ id }) => used.has(`${organisation} ${id}`)).map(({ id, label }) => ({ organisation, id, label, count: byClass.filter(({ hit, classes }) => hit.source === organisation && classes.some((one) => one.id === id)).length })),
    ),
    stages: values(all.flatMap(({ classes }) => classes.map(({ stage }) => stage)))
      .filter((stage) => stage !== null)
      .sort((a, b) => a - b)
      .map((stage) => ({ stage, count: byClass.filter(({ classes }) => classes.some((one) => one.stage === stage)).length })),
    subjects: values(all.flatMap(({ hit }) => hit.badge?.subjects ?? []))
      .sort((a, b) => a.localeCompare(b, 'ru'))
      .map((subject) => ({ subject, count: bySubject.filter(({ hit }) => hit.badge?.subjects.includes(subject)).length })),
    statuses: (['active', 'removed'] as const).filter((status) => all.some((one) => one.status === status)).map((status) => ({ status, count: byStatus.filter((one) => one.status === status).length })),
    sources: values([...organisations.map(({ id }) => id), ...all.map(({ hit }) => hit.source)]).map((source) => ({ source, name: organisations.find(({ id }) => id === source)?.name ?? null, count: bySource.filter(({ hit }) => hit.source === source).length })),
  };
}

function marksOf({ person, badge }: ContactHit, wanted: string[]): ContactMark[] {
  const marks = (place: ContactMark['place'], text: string, index = 0): ContactMark[] =>
    [...text.matchAll(/[\p{L}\p{N}]+/gu)].flatMap((word) => {
      const part = wanted.filter((part) => fold(word[0]).startsWith(part)).sort((a, b) => b.length - a.length)[0];
      return part === undefined ? [] : [{ place, index, start: word.index, end: word.index + part.length }];
    });
  return [
    ...marks('name', badge?.name ?? person.name),
    ...marks('position', badge?.position ?? ''),
    ...(badge?.subjects ?? []).flatMap((text, i) => marks('subject', text, i)),
    ...(badge?.classes ?? []).flatMap((text, i) => marks('class', text, i)),
  ];
}
