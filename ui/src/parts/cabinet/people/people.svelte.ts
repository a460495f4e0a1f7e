// Everybody of an organisation: who is shown, who is chosen, and what is done with them.

import { asFailure, type BadgeRole, type Board, type CabinetClass, type CabinetPerson, type ClassPart } from '../../../host/host';
import { toasts } from '../../../kit/toasts.svelte';
import { t } from '../../../lib/i18n.svelte';
import { boardName } from '../boards';
import type { CabinetDesk } from '../cabinet.svelte';
import { CabinetFinder } from '../finding.svelte';
import { failureText, roleName } from '../words';
import { among, find, ordered, Roster, type Entry, type Order, type SortKey, type Standing } from './roster';
import { Selection } from '../selection.svelte';

const BY_NAME: Order = { by: 'name', down: false };

/** What somebody of a role is in a class. */
const PARTS: Record<BadgeRole, ClassPart> = { teacher: 'teacher', staff: 'teacher', student: 'student', parent: 'parent', other: 'other' };

/** One of the steps that a click makes. */
export type Step = () => Promise<string>;

export class PeopleTable {
  role = $state<BadgeRole | null>(null);
  class = $state<string | null>(null);
  standing = $state<Standing>('active');
  /** As the person chose; null until then. */
  order = $state.raw<Order | null>(null);
  /** Whose card is open. */
  card = $state<string | null>(null);
  readonly selection = new Selection();

  readonly desk: CabinetDesk;
  readonly finder: CabinetFinder;
  readonly #roster = new Roster();
  readonly #entries: Entry[] = $derived.by(() => this.#roster.prepare(this.desk.people ?? [], this.desk.classes));
  /** The column that the rows go by: who was looked for stands best first, unless the person chose otherwise. */
  readonly sorting: Order | null = $derived.by(() => this.order ?? (this.finder.ids === null ? BY_NAME : null));
  readonly #ordered: Entry[] = $derived(ordered(this.#entries, this.sorting ?? BY_NAME));
  readonly #named: Entry[] = $derived.by(() => (this.finder.ids === null ? this.#ordered : among(this.#ordered, this.finder.ids, this.sorting === null)));
  readonly found = $derived(find(this.#named, { role: this.role, class: this.class, standing: this.standing }));
  readonly rows: Entry[] = $derived(this.found.entries);
  readonly shown: string[] = $derived(this.rows.map(({ person }) => person.id));
  /** The chosen people, also those that the filter hides now. */
  readonly chosen: CabinetPerson[] = $derived.by(() => [...this.selection.ids].flatMap((id) => this.desk.personOf.get(id) ?? []));
  readonly open: CabinetPerson | null = $derived.by(() => (this.card === null ? null : (this.desk.personOf.get(this.card) ?? null)));
  readonly classes: CabinetClass[] = $derived.by(() => this.desk.classes.filter(({ status }) => status === 'active'));
  readonly filtered: boolean = $derived(this.query.trim() !== '' || this.role !== null || this.class !== null || this.standing !== 'active');

  constructor(desk: CabinetDesk) {
    this.desk = desk;
    this.finder = new CabinetFinder(desk);
  }

  get query(): string {
    return this.finder.query;
  }

  set query(text: string) {
    this.finder.change(text);
  }

  /** Up, then down, then as nobody had chosen. */
  sort(by: SortKey): void {
    const { sorting } = this;
    this.order = sorting?.by !== by ? { by, down: false } : sorting.down ? null : { by, down: true };
  }

  showAll(): void {
    this.query = '';
    this.role = this.class = null;
    this.standing = 'active';
  }

  /** Who has him among his children. */
  parentsOf(person: CabinetPerson): CabinetPerson[] {
    return (this.desk.people ?? []).filter((other) => other.children.includes(person.id));
  }

  setRole(people: readonly CabinetPerson[], role: BadgeRole): Promise<boolean> {
    const others = people.filter((person) => person.role !== role);
    if (others.length === 0) return Promise.resolve(true);
    return this.do([() => this.desk.act('set_role', { people: ids(others), role })], t('cabinet_people_did_role', { who: who(others), role: roleName(role, this.desk.kind) }));
  }

  /** Each becomes in the class what he is in the organisation; people of several roles take several steps. */
  addToClass(people: readonly CabinetPerson[], to: string): Promise<boolean> {
    const parts = grouped(people, (person) => PARTS[person.role]);
    const steps = [...parts].map(([part, some]) => () => this.desk.act('add_to_class', { people: ids(some), class: to, part }));
    return this.do(steps, t('cabinet_people_did_add', { who: who(people), class: this.#label(to) }));
  }

  leaveClass(person: CabinetPerson, from: string): Promise<boolean> {
    return this.do([() => this.desk.act('leave_class', { people: [person.id], class: from })], t('cabinet_people_did_leave', { who: person.name, class: this.#label(from) }));
  }

  /** Out of one class, or each out of his only one. */
  move(people: readonly CabinetPerson[], from: string | null, to: string): Promise<boolean> {
    const groups = grouped(people, (person) => from ?? person.classes[0]?.class ?? '');
    const steps = [...groups].filter(([out]) => out !== '' && out !== to).map(([out, some]) => () => this.desk.act('move_people', { people: ids(some), from: out, to }));
    return this.do(steps, t('cabinet_people_did_move', { who: who(people), class: this.#label(to) }));
  }

  /** Calls people into a body of the organisation, or lets them go from it. */
  setBoard(people: readonly CabinetPerson[], board: Board, joined: boolean): Promise<boolean> {
    const others = people.filter((person) => person.boards.includes(board) !== joined);
    if (others.length === 0) return Promise.resolve(true);
    const said = t(joined ? 'cabinet_people_did_join' : 'cabinet_people_did_quit', { who: who(others), board: boardName(board, this.desk.kind) });
    return this.do([() => this.desk.act('set_board', { people: ids(others), board, joined })], said);
  }

  verify(people: readonly CabinetPerson[]): Promise<boolean> {
    return this.do([() => this.desk.act('verify_people', { people: ids(people) })], t('cabinet_people_did_verify', { who: who(people) }));
  }

  async remove(people: readonly CabinetPerson[]): Promise<boolean> {
    const done = await this.do([() => this.desk.act('remove_people', { people: ids(people) })], t('cabinet_people_did_remove', { who: who(people) }));
    if (done) this.#unchoose(people);
    return done;
  }

  async restore(people: readonly CabinetPerson[]): Promise<boolean> {
    const done = await this.do([() => this.desk.act('restore_people', { people: ids(people) })], t('cabinet_people_did_restore', { who: who(people) }));
    if (done) this.#unchoose(people);
    return done;
  }

  /** Does the steps of one click, and offers to take all of them back; those done before one that failed stay, and can be undone. */
  async do(steps: readonly Step[], said: string): Promise<boolean> {
    const organisation = this.desk.organisation ?? '';
    const acts: string[] = [];
    let failed: string | null = null;
    for (const step of steps) {
      try {
        acts.push(await step());
      } catch (thrown) {
        const { code } = asFailure(thrown);
        // Of several steps one may have nothing left to do.
        if (code !== 'nothingToDo' || steps.length === 1) failed = failureText(code);
      }
    }
    const undo = async () => {
      for (const act of acts.slice().reverse()) await this.desk.undo(act, organisation);
    };
    if (acts.length > 0 && failed === null) toasts.show(said, 'calm', { label: t('cabinet_undo'), run: () => void undo() });
    else if (failed !== null) toasts.show(failed, 'error', acts.length > 0 ? { label: t('cabinet_undo'), run: () => void undo() } : undefined);
    return failed === null;
  }

  #label(id: string): string {
    return this.desk.classOf.get(id)?.label ?? id;
  }

  /** They are somewhere else now; what is done next is meant for others. */
  #unchoose(people: readonly CabinetPerson[]): void {
    const gone = new Set(ids(people));
    this.selection.keep((id) => !gone.has(id));
  }
}

/** Where chosen people can be moved from: a class that all of them are in, or each his only one; nothing where neither is so. */
export function sources(people: readonly CabinetPerson[]): { common: string[]; each: boolean } | null {
  const [first, ...rest] = people;
  if (!first) return null;
  const common = [...new Set(first.classes.map((at) => at.class))].filter((id) => rest.every((person) => person.classes.some((at) => at.class === id)));
  const each = common.length === 0 && people.every((person) => person.classes.length === 1);
  return common.length > 0 || each ? { common, each } : null;
}

/** A name, or how many they are. */
export function who(people: readonly CabinetPerson[]): string {
  return people.length === 1 ? people[0]!.name : t('people_count', { count: people.length });
}

const ids = (people: readonly CabinetPerson[]) => people.map(({ id }) => id);

function grouped<K>(people: readonly CabinetPerson[], by: (person: CabinetPerson) => K): Map<K, CabinetPerson[]> {
  const groups = new Map<K, CabinetPerson[]>();
  for (const person of people) {
    const group = groups.get(by(person));
    if (group) group.push(person);
    else groups.set(by(person), [person]);
  }
  return groups;
}
