// A learning chat being made: a class, who of it, and a name.

import { asFailure, type ApiFailure, type ClassPeople, type Found, type Host, type MadeChat, type OrganisationKind } from '../../host/host';
import { sentence } from '../../lib/format';
import { score } from '../../lib/match';
import { NewGroup } from './group.svelte';

export const PARTS = ['students', 'parents', 'teachers'] as const;
export type Part = (typeof PARTS)[number];

export class NewLearningChat {
  /** Null until they are known. */
  classes = $state.raw<ClassPeople[] | null>(null);
  failed = $state.raw<ApiFailure | null>(null);
  query = $state('');
  chosen = $state.raw<ClassPeople | null>(null);
  /** People of the class who are in. */
  picked = $state.raw<ReadonlySet<string>>(new Set());
  /** People from elsewhere. */
  guests = $state.raw<Found[]>([]);
  readonly group: NewGroup;
  readonly visible = $derived(this.#find());
  readonly people = $derived.by(() => [...new Set([...this.picked, ...this.guests.map(({ person }) => person.id)])]);
  readonly subjects = $derived.by(() => this.#subjects());
  readonly #host: Host;
  readonly #me: string;
  #suggested = '';

  constructor(host: Host, me: string) {
    this.#host = host;
    this.#me = me;
    this.group = new NewGroup(host);
  }

  /** What the organisation of the class is, as its people's badges say. */
  get kind(): OrganisationKind {
    return kindOf(this.chosen);
  }

  get started(): boolean {
    return this.chosen !== null;
  }

  async load(): Promise<void> {
    this.failed = null;
    try {
      this.classes = await this.#host.call('my_classes', {});
    } catch (thrown) {
      this.failed = asFailure(thrown);
    }
  }

  choose(chosen: ClassPeople): void {
    if (this.chosen?.id === chosen.id) return;
    this.chosen = chosen;
    this.picked = new Set();
    this.#toggle(this.of('students'), true);
  }

  /** Everybody of a part of the class but oneself, who is in anyway. */
  of(part: Part): Found[] {
    return this.chosen?.[part].filter(({ person }) => person.id !== this.#me) ?? [];
  }

  countOf(part: Part): number {
    return this.of(part).filter(({ person }) => this.picked.has(person.id)).length;
  }

  setPart(part: Part, on: boolean): void {
    this.#toggle(this.of(part), on);
  }

  setPerson(found: Found, on: boolean): void {
    this.#toggle([found], on);
  }

  /** A name to begin with; one that was typed is left alone. */
  suggest(name = this.#defaultName()): void {
    if (this.group.name.trim() !== '' && this.group.name !== this.#suggested) return;
    this.group.name = this.#suggested = name;
  }

  nameBy(subject: string): void {
    this.group.name = this.#suggested = `${this.chosen?.label ?? ''} · ${sentence(subject)}`;
  }

  create(): Promise<MadeChat | null> {
    return this.group.create(this.people);
  }

  #toggle(people: Found[], on: boolean): void {
    const next = new Set(this.picked);
    for (const { person } of people) {
      if (on) next.add(person.id);
      else next.delete(person.id);
    }
    this.picked = next;
  }

  #find(): ClassPeople[] {
    if (this.query.trim() === '') return this.classes ?? [];
    return (this.classes ?? [])
      .map((item) => ({ item, fit: score(item.label, this.query) }))
      .filter(({ fit }) => fit > 0)
      .sort((a, b) => b.fit - a.fit)
      .map(({ item }) => item);
  }

  /** One's own subjects first: mostly the chat is about one of them. */
  #subjects(): string[] {
    const teachers = this.chosen?.teachers ?? [];
    const own = teachers.filter(({ person }) => person.id === this.#me);
    return [...new Set([...own, ...teachers].flatMap(({ badge }) => badge?.subjects ?? []).map(sentence))];
  }

  #defaultName(): string {
    const own = this.chosen?.teachers.find(({ person }) => person.id === this.#me)?.badge?.subjects[0];
    const label = this.chosen?.label ?? '';
    return own ? `${label} · ${sentence(own)}` : label;
  }
}

/** A class without a single badge is taken for one of a school. */
export function kindOf(chosen: ClassPeople | null): OrganisationKind {
  const everybody = chosen ? [...chosen.students, ...chosen.teachers, ...chosen.parents] : [];
  return everybody.find(({ badge }) => badge)?.badge?.organisation ?? 'school';
}
