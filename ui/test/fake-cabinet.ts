// The organisations of the fake host: what its administrator sees, and steps that change it and go to the server.

import { ApiFailure, type About, type Cabinet, type CabinetClass, type CabinetLink, type CabinetPerson, type Code, type FieldView, type Founding, type JournalEntry, type ListDiff, type MyOrganisation, type OutboxAct, type Progress, type Work } from '../src/host/host';
import { cabinetAnswers, type CabinetCalls } from './fake-cabinet-acts';
import { cabinetFinding } from './fake-cabinet-find';
import { Told, type Answers } from './fake-handlers';
import { sampleJournal } from './sample-journal';
import { sampleClasses, sampleInfo, samplePeople, type CabinetOptions, type PlainClass, type PlainPerson } from './sample-cabinet';
import { SCHOOL_ME } from './sample-people';

export const ORGANISATION = '!org1:school1.example';

/** All that steps can change. */
export interface Plan {
  info: Cabinet['info'];
  schoolYear: number;
  classes: PlainClass[];
  people: PlainPerson[];
  administrators: { id: string; owner: boolean }[];
}

interface Kept {
  act: OutboxAct;
  before: Plan;
  after: Plan;
}

export function refuse(code: Code): never {
  throw new ApiFailure({ code, retryAfter: null });
}

export class FakeCabinet {
  readonly kind: Cabinet['kind'];
  readonly links: Told<CabinetLink[]>;
  readonly organisations: Told<MyOrganisation[]>;
  readonly founding = new Told<Founding | null>(null);
  readonly answers: Answers<CabinetCalls | 'find_in_cabinet'>;
  readonly journal: JournalEntry[];
  plan: Plan;
  #kept: Kept[] = [];
  #offline = false;
  #work: Work = { by: 'here', done: 0, total: 0, refused: 0, settled: true };
  #made = 0;
  readonly #owner: boolean;
  readonly #sending: number;
  readonly #cabinet: Told<Cabinet>;
  readonly #outbox: Told<OutboxAct[]>;
  readonly #people = new Set<(diffs: ListDiff<CabinetPerson>[]) => void>();
  #shown: CabinetPerson[] = [];

  constructor(options: CabinetOptions | null) {
    const { kind = 'school', people = 1_000, classes: count, owner = true, stuck = false, several = false, sending = 1_500, empty = false } = options ?? {};
    this.kind = kind;
    this.#owner = owner;
    this.#sending = sending;
    const classes = options && !empty ? sampleClasses(kind, count) : [];
    const all = !options ? [] : empty ? samplePeople(kind, sampleClasses(kind), 1).filter(({ id }) => id === SCHOOL_ME.id) : samplePeople(kind, classes, people);
    const staff = all.filter((person) => person.role === 'staff' && person.id !== SCHOOL_ME.id);
    const administrators = empty ? [{ id: SCHOOL_ME.id, owner }] : [{ id: SCHOOL_ME.id, owner }, ...staff.slice(0, 3).map(({ id }, i) => ({ id, owner: !owner && i === 0 })), { id: '@steward:school1.example', owner: true }];
    this.plan = { info: sampleInfo(kind), schoolYear: 2026, classes, people: all, administrators: options ? administrators : [] };
    this.journal = options ? sampleJournal(this.plan) : [];
    const dismissed = { id: '!org3:school1.example', name: 'Лицей № 8', kind: 'school' as const, waiting: 1, stuck: 1, dismissed: true };
    const second = { id: '!org2:school1.example', name: 'Детский сад № 12 «Солнышко» Пермского городского округа', kind: 'kindergarten' as const, waiting: 0, stuck: 0, dismissed: false };
    const own = { id: ORGANISATION, name: this.plan.info.shortName, kind, waiting: 0, stuck: 0, dismissed: false };
    this.links = new Told<CabinetLink[]>(options ? [own, ...(several ? [second, dismissed] : [])] : []);
    const mine: MyOrganisation[] = [{ id: ORGANISATION, name: own.name, kind, role: 'staff', position: 'завуч', classes: [], administrator: true, lastOwner: false }];
    if (several) mine.push({ id: second.id, name: second.name, kind: second.kind, role: 'parent', position: null, classes: ['Солнышко'], administrator: true, lastOwner: true });
    this.organisations = new Told(options ? mine : []);
    this.#shown = this.#showPeople();
    this.#cabinet = new Told(this.#show());
    this.#outbox = new Told<OutboxAct[]>([]);
    this.answers = { ...cabinetAnswers(this), ...cabinetFinding(this) };
    if (stuck) this.#stick();
  }

  watch(name: 'cabinet' | 'outbox' | 'cabinet_people', organisation: string, on: (update: unknown) => void): () => void {
    const dismissed = this.links.now.some((link) => link.id === organisation && link.dismissed);
    if (name === 'outbox') return dismissed ? (on(this.#outbox.now.filter((act) => act.state === 'refused')), () => undefined) : this.#outbox.watch(on);
    if (dismissed) return () => undefined;
    if (name === 'cabinet') return this.#cabinet.watch(on);
    this.#people.add(on);
    on([{ op: 'reset', items: this.#shown }]);
    return () => this.#people.delete(on);
  }

  /** Keeps a step, shows it at once, and sends it when it can be. */
  act(about: About, change: (plan: Plan) => Plan, undoes = false): string {
    const before = this.plan;
    const after = change(before);
    if (after === before) refuse('nothingToDo');
    this.plan = after;
    const id = `act${++this.#made}`;
    const act: OutboxAct = { id, about, undoes, madeAt: Date.now(), state: 'waiting', done: 0, total: 1, clashes: [], refusal: null, undo: !undoes };
    this.#kept.push({ act, before, after });
    this.#tell();
    if (!this.#offline) this.#send(id);
    return id;
  }

  /** Drops a step that waits; writes back one that has gone out. */
  undo(id: string): void {
    const kept = this.#kept.find(({ act }) => act.id === id);
    if (!kept?.act.undo) refuse('noUndo');
    const back = (plan: Plan) => takeBack(plan, kept.before, kept.after);
    if (kept.act.state === 'waiting') {
      this.#kept = this.#kept.filter((other) => other !== kept);
      this.plan = back(this.plan);
      return this.#tell();
    }
    kept.act = { ...kept.act, undo: false };
    this.act(kept.act.about, back, true);
  }

  /** A step that stood still goes on, or is done with. */
  settle(id: string, to: 'waiting' | 'done' | 'gone'): void {
    if (to === 'gone') this.#kept = this.#kept.filter(({ act }) => act.id !== id);
    else this.#set(id, { state: to, clashes: [], refusal: null });
    this.#tell();
    if (to === 'waiting' && !this.#offline) this.#send(id);
  }

  get offline(): boolean {
    return this.#offline;
  }

  setOffline(offline: boolean): void {
    this.#offline = offline;
    if (!offline) for (const { act } of this.#kept) if (act.state === 'waiting') this.#send(act.id);
  }

  setWork(work: Partial<Work>): void {
    this.#work = { ...this.#work, ...work };
    this.#tell();
  }

  #send(id: string): void {
    setTimeout(() => {
      if (this.#offline || !this.#kept.some(({ act }) => act.id === id && act.state === 'waiting')) return;
      this.#set(id, { state: 'done', done: 1 });
      this.#tell();
    }, this.#sending);
  }

  #set(id: string, part: Partial<OutboxAct>): void {
    for (const kept of this.#kept) if (kept.act.id === id) kept.act = { ...kept.act, ...part };
  }

  /** One step of each state that needs somebody. */
  #stick(): void {
    const [person, other] = this.plan.people.filter((one) => one.role === 'teacher');
    const view: FieldView = { class: null, person: person!.name, field: 'position', from: null, to: 'методист' };
    const rename = (id: string, position: string) => (plan: Plan) => ({ ...plan, people: plan.people.map((one) => (one.id === id ? { ...one, position } : one)) });
    const clash = this.act({ kind: 'setPerson', person: person!.name }, rename(person!.id, 'методист'));
    const refused = this.act({ kind: 'appoint', people: { names: [other!.name], count: 1 } }, rename(other!.id, 'педагог'));
    this.act({ kind: 'verify', people: { names: this.plan.people.slice(0, 3).map(({ name }) => name), count: 42 } }, (plan) => ({ ...plan, info: { ...plan.info } }));
    this.#set(clash, { state: 'conflict', undo: false, clashes: [{ field: view, theirs: 'старший воспитатель' }] });
    this.#set(refused, { state: 'refused', undo: false, refusal: 'notAllowed' });
    this.#tell();
  }

  #progress<T extends { id: string }>(of: (plan: Plan) => readonly T[]): Map<string, Progress> {
    const marks = new Map<string, Progress>();
    for (const { act, before, after } of this.#kept) {
      if (act.state === 'done') continue;
      const was = new Map(of(before).map((one) => [one.id, one]));
      for (const one of of(after)) if (was.get(one.id) !== one && marks.get(one.id) !== 'conflict') marks.set(one.id, act.state === 'conflict' ? 'conflict' : 'waiting');
    }
    return marks;
  }

  #showPeople(): CabinetPerson[] {
    const administrators = new Set(this.plan.administrators.map(({ id }) => id));
    const marks = this.#progress((plan) => plan.people);
    const known = new Map(this.#shown.map((one) => [one.id, one]));
    return this.plan.people.map((person) => {
      const next: CabinetPerson = { ...person, administrator: administrators.has(person.id), progress: marks.get(person.id) ?? 'done' };
      const old = known.get(person.id);
      return old && (Object.keys(next) as (keyof CabinetPerson)[]).every((key) => old[key] === next[key]) ? old : next;
    });
  }

  /** Whose dismissal has not reached the server, with the step that dismisses him. */
  #leaving(): [string, string, Progress][] {
    return this.#kept.flatMap(({ act, before }) => {
      if (act.state === 'done' || act.about.kind !== 'dismiss' || act.undoes) return [];
      const gone = before.administrators.filter(({ id }) => !this.plan.administrators.some((one) => one.id === id));
      return gone.map(({ id }): [string, string, Progress] => [id, act.id, act.state === 'conflict' ? 'conflict' : 'waiting']);
    });
  }

  #show(): Cabinet {
    const { info, schoolYear, classes, people, administrators } = this.plan;
    const marks = this.#progress((plan) => plan.classes);
    const chiefs = this.#progress((plan) => plan.administrators);
    const counts = new Map<string, { students: number; parents: number; teachers: number }>();
    for (const person of people)
      for (const { class: id, part } of person.status === 'active' ? person.classes : []) {
        const at = counts.get(id) ?? { students: 0, parents: 0, teachers: 0 };
        counts.set(id, at);
        if (part === 'student' || part === 'parent') at[`${part}s`]++;
        else at.teachers++;
      }
    const named = (id: string) => people.find((person) => person.id === id)?.name ?? null;
    const waiting = this.#kept.some(({ act, before, after }) => act.state !== 'done' && before.info !== after.info && act.about.kind === 'info');
    return {
      id: ORGANISATION, kind: this.kind, info, schoolYear, infoProgress: waiting ? 'waiting' : 'done', owner: this.#owner, unreadable: 0, work: this.#work,
      classes: classes.map((one): CabinetClass => ({ ...one, ...(counts.get(one.id) ?? { students: 0, parents: 0, teachers: 0 }), progress: marks.get(one.id) ?? 'done' })).sort((a, b) => a.label.localeCompare(b.label, 'ru', { numeric: true })),
      administrators: [
        ...administrators.map(({ id, owner }) => ({ id, owner, name: named(id), dismissedBy: null, progress: chiefs.get(id) ?? ('done' as const) })),
        ...this.#leaving().map(([id, act, progress]) => ({ id, owner: false, name: named(id), dismissedBy: act, progress })),
      ].sort((a, b) => Number(b.owner) - Number(a.owner) || Number(a.name === null) - Number(b.name === null)),
    };
  }

  #tell(): void {
    const before = this.#shown;
    this.#shown = this.#showPeople();
    const diffs = this.#shown.flatMap((item, index): ListDiff<CabinetPerson>[] => (item === before[index] ? [] : [{ op: 'set', index, item }]));
    if (diffs.length > 0) for (const on of this.#people) on(diffs);
    this.#cabinet.set(this.#show());
    const acts = this.#kept.map(({ act }) => act);
    this.#outbox.set([...acts.filter((act) => act.state !== 'done'), ...acts.filter((act) => act.state === 'done').reverse()]);
    const stuck = acts.filter(({ state }) => state === 'conflict' || state === 'refused').length;
    const waiting = acts.filter(({ state }) => state === 'waiting' || state === 'sent').length;
    this.links.set(this.links.now.map((link) => (link.id === ORGANISATION ? { ...link, name: this.plan.info.shortName, waiting, stuck } : link)));
  }
}

/** What a step changed is as it was before it; what came after it stays. */
function takeBack(now: Plan, before: Plan, after: Plan): Plan {
  const list = <T extends { id: string }>(now: T[], before: T[], after: T[]): T[] => {
    const was = new Map(before.map((one) => [one.id, one]));
    const changed = new Set(after.filter((one) => was.get(one.id) !== one).map(({ id }) => id));
    const gone = before.filter((one) => !after.some(({ id }) => id === one.id));
    return [...now.flatMap((one) => (changed.has(one.id) ? (was.get(one.id) ?? []) : one)), ...gone];
  };
  return {
    info: before.info === after.info ? now.info : before.info,
    schoolYear: now.schoolYear - (after.schoolYear - before.schoolYear),
    classes: list(now.classes, before.classes, after.classes),
    people: list(now.people, before.people, after.people),
    administrators: list(now.administrators, before.administrators, after.administrators),
  };
}
