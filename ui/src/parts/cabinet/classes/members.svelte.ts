// The people of one class by what they are in it, and what is done with those who are chosen.

import type { BadgeRole, CabinetClass, CabinetPerson, ClassPart } from '../../../host/host';
import { t } from '../../../lib/i18n.svelte';
import { score } from '../../../lib/match';
import type { CabinetDesk, Classmate } from '../cabinet.svelte';
import { Selection } from '../selection.svelte';
import { someOf } from '../words';

export const TABS = ['student', 'parent', 'teacher'] as const;
export type Tab = (typeof TABS)[number];

/** Who can come into a class as this. */
export const ROLES: Record<Tab, readonly BadgeRole[]> = { student: ['student'], parent: ['parent'], teacher: ['teacher', 'staff'] };

/** What this version does not know stands with those who teach, where there are few. */
export function tabOf(part: ClassPart): Tab {
  return part === 'student' || part === 'parent' ? part : 'teacher';
}

export class ClassMembers {
  readonly desk: CabinetDesk;
  readonly id: string;
  tab = $state<Tab>('student');
  query = $state('');
  readonly selection = new Selection();
  readonly all = $derived.by<readonly Classmate[]>(() => this.desk.classmates.get(this.id) ?? []);
  readonly counts = $derived.by(() => this.#counts());
  readonly rows = $derived.by(() => this.#rows());
  readonly shown = $derived(this.rows.map(({ person }) => person.id));
  readonly chosen = $derived(this.all.filter(({ person }) => this.selection.has(person.id)).map(({ person }) => person));

  constructor(desk: CabinetDesk, id: string) {
    this.desk = desk;
    this.id = id;
  }

  get label(): string {
    return this.desk.classOf.get(this.id)?.label ?? this.id;
  }

  show(tab: Tab): void {
    this.tab = tab;
    this.selection.clear();
  }

  isHere(person: CabinetPerson): boolean {
    return person.classes.some((one) => one.class === this.id);
  }

  /** Throws an `ApiFailure`. */
  async add(people: readonly CabinetPerson[], part: ClassPart): Promise<void> {
    await this.desk.say('add_to_class', { people: ids(people), class: this.id, part }, t('cabinet_class_added', { class: this.label, names: namesOf(people) }));
  }

  async leave(people: readonly CabinetPerson[]): Promise<void> {
    if (await this.desk.attempt('leave_class', { people: ids(people), class: this.id }, t('cabinet_class_left', { class: this.label, names: namesOf(people) }))) this.selection.clear();
  }

  async move(people: readonly CabinetPerson[], to: string): Promise<boolean> {
    const label = this.desk.classOf.get(to)?.label ?? to;
    const done = await this.desk.attempt('move_people', { people: ids(people), from: this.id, to }, t('cabinet_class_moved', { class: label, names: namesOf(people) }));
    if (done) this.selection.clear();
    return done;
  }

  /** Throws an `ApiFailure`. */
  async appoint(one: CabinetClass, person: CabinetPerson | null): Promise<void> {
    const { stage, letter, title } = one;
    const said = person ? t('cabinet_class_homeroom_set', { class: one.label, name: person.name }) : t('cabinet_class_homeroom_unset', { class: one.label });
    await this.desk.say('set_class', { class: one.id, fields: { stage, letter, title, homeroom: person?.id ?? null } }, said);
  }

  #counts(): Record<Tab, number> {
    const counts = { student: 0, parent: 0, teacher: 0 };
    for (const { part } of this.all) counts[tabOf(part)]++;
    return counts;
  }

  /** The homeroom teacher stands first. */
  #rows(): readonly Classmate[] {
    const here = this.all.filter(({ part, person }) => tabOf(part) === this.tab && score(person.name, this.query) > 0);
    return [...here.filter(({ part }) => part === 'homeroom'), ...here.filter(({ part }) => part !== 'homeroom')];
  }
}

const ids = (people: readonly CabinetPerson[]) => people.map(({ id }) => id);
const namesOf = (people: readonly CabinetPerson[]) => someOf(people.map(({ name }) => name));
