// What an administrator does in the fake host.

import type { About, BadgeRole, CabinetClass, ClassPart, Code, NewClass, PromotionStep, Several } from '../src/host/host';
import { ApiFailure } from '../src/host/host';
import type { FakeCabinet, Plan } from './fake-cabinet';
import type { Answers } from './fake-handlers';
import type { PlainClass, PlainPerson } from './sample-cabinet';

export type CabinetCalls =
  | 'set_info' | 'add_classes' | 'set_class' | 'set_class_status' | 'promotion' | 'promote' | 'add_to_class' | 'leave_class' | 'move_people' | 'set_role' | 'set_board' | 'verify_people' | 'remove_people'
  | 'restore_people' | 'set_person' | 'appoint' | 'dismiss' | 'make_owner' | 'undo_act' | 'resolve_act' | 'retry_act' | 'drop_act' | 'journal' | 'save_table' | 'found_organisation' | 'leave_organisation';

function refuse(code: Code): never {
  throw new ApiFailure({ code, retryAfter: null });
}

const several = (names: string[]): Several => ({ names: names.slice(0, 3), count: names.length });
const labelOf = (one: Pick<NewClass, 'stage' | 'letter' | 'title'>) => one.title ?? `${one.stage ?? ''}${one.letter ?? ''}`;
const PART_OF: Record<BadgeRole, ClassPart> = { teacher: 'teacher', staff: 'teacher', student: 'student', parent: 'parent', other: 'other' };
const PAGE = 30;

export function cabinetAnswers(fake: FakeCabinet): Answers<CabinetCalls> {
  let made = 0;
  const names = (ids: string[]) => several(ids.map((id) => fake.plan.people.find((person) => person.id === id)?.name ?? id));
  const label = (id: string) => fake.plan.classes.find((one) => one.id === id)?.label ?? refuse('planGone');
  const labels = (ids: string[]) => several(ids.map(label));
  const people = (ids: string[], change: (person: PlainPerson) => PlainPerson) => (plan: Plan): Plan => {
    const wanted = new Set(ids);
    let changed = false;
    const next = plan.people.map((person) => {
      if (!wanted.has(person.id)) return person;
      const after = change(person);
      changed ||= after !== person;
      return after;
    });
    return changed ? { ...plan, people: next } : plan;
  };
  const classes = (ids: string[], change: (one: PlainClass) => PlainClass) => (plan: Plan): Plan => ({ ...plan, classes: plan.classes.map((one) => (ids.includes(one.id) ? change(one) : one)) });
  const free = (label: string, but: string | null = null) => !fake.plan.classes.some((one) => one.label === label && one.status === 'active' && one.id !== but);
  const put = (person: PlainPerson, to: string, part: ClassPart): PlainPerson => ({ ...person, classes: [...person.classes.filter((one) => one.class !== to), { class: to, part }] });
  const leave = (person: PlainPerson, from: string): PlainPerson => ({ ...person, classes: person.classes.filter((one) => one.class !== from) });
  const works = (id: string) => ['teacher', 'staff'].includes(fake.plan.people.find((person) => person.id === id)?.role ?? '');
  const handOver = (to: string, id: string, homeroom: string | null) => (plan: Plan): Plan => ({
    ...plan,
    people: plan.people.map((person) => {
      const was = person.classes.some((one) => one.class === id && one.part === 'homeroom');
      if (person.id === homeroom) return was ? person : put(person, to, 'homeroom');
      return was ? put(person, to, 'teacher') : person;
    }),
  });

  const last = { school: 11, college: 4, kindergarten: null }[fake.kind];
  function promotion(wanted: string[] | null): PromotionStep[] {
    const active = fake.plan.classes.filter((one) => one.status === 'active');
    const becomes = (one: PlainClass): PromotionStep['becomes'] =>
      one.stage === null ? { kind: 'unchanged' } : last !== null && one.stage >= last ? { kind: 'graduated' } : { kind: 'promoted', label: labelOf({ ...one, stage: one.stage + 1 }), stage: one.stage + 1 };
    const chosen = active.filter((one) => wanted === null || wanted.includes(one.id));
    const staying = new Set(active.filter((one) => !chosen.includes(one) || becomes(one).kind === 'unchanged').map((one) => one.label));
    return chosen.map((one) => {
      const next = becomes(one);
      return { class: one.id, label: one.label, becomes: next, clashes: next.kind === 'promoted' && staying.has(next.label) };
    }).sort((a, b) => a.label.localeCompare(b.label, 'ru', { numeric: true }));
  }

  const status = (ids: string[], to: CabinetClass['status']): string => {
    if (to === 'active' && ids.some((id) => !free(label(id), id))) refuse('classExists');
    const about: About = { kind: to === 'active' ? 'restoreClasses' : to === 'deleted' ? 'deleteClasses' : 'graduateClasses', classes: labels(ids) };
    return fake.act(about, classes(ids, (one) => ({ ...one, status: to })));
  };

  return {
    set_info: ({ info }) => {
      if (info.inn && !/^(\d{10}|\d{12})$/.test(info.inn)) refuse('badInn');
      if (info.kpp && !/^\d{4}[\dA-Z]{2}\d{3}$/.test(info.kpp)) refuse('badKpp');
      if (!info.fullName.trim() || !info.shortName.trim()) refuse('noName');
      return fake.act({ kind: 'info' }, (plan) => ((Object.keys(info) as (keyof typeof info)[]).every((field) => info[field] === plan.info[field]) ? plan : { ...plan, info }));
    },
    add_classes: ({ classes: added }) => {
      const all = added.map((one): PlainClass => ({ ...one, id: `N${++made}`, label: labelOf(one), status: 'active', homeroom: null }));
      if (all.some((one) => one.label === '')) refuse('noName');
      if (all.some((one) => !free(one.label)) || new Set(all.map((one) => one.label)).size < all.length) refuse('classExists');
      return fake.act({ kind: 'addClasses', classes: several(all.map((one) => one.label)) }, (plan) => ({ ...plan, classes: [...plan.classes, ...all] }));
    },
    set_class: ({ class: id, fields }) => {
      const after = labelOf(fields);
      if (after === '') refuse('noName');
      if (!free(after, id)) refuse('classExists');
      const was = fake.plan.classes.find((one) => one.id === id) ?? refuse('planGone');
      if (was.label === after && was.homeroom === fields.homeroom) refuse('nothingToDo');
      const rename = classes([id], (one) => ({ ...one, ...fields, label: after }));
      return fake.act({ kind: 'setClass', class: was.label }, (plan) => (was.homeroom === fields.homeroom ? rename(plan) : handOver(id, id, fields.homeroom)(rename(plan))));
    },
    set_class_status: ({ classes: ids, status: to }) => status(ids, to),
    promotion: ({ classes: wanted }) => promotion(wanted),
    promote: ({ classes: wanted }) => {
      const steps = promotion(wanted);
      if (steps.some((step) => step.clashes)) refuse('classExists');
      const next = new Map(steps.map((step) => [step.class, step.becomes]));
      return fake.act({ kind: 'promote', classes: steps.length, school: wanted === null }, (plan) => ({
        ...plan,
        schoolYear: plan.schoolYear + (wanted === null ? 1 : 0),
        classes: plan.classes.map((one) => {
          const to = next.get(one.id);
          if (to?.kind === 'graduated') return { ...one, status: 'graduated' as const };
          return to?.kind === 'promoted' ? { ...one, stage: one.stage! + 1, label: to.label } : one;
        }),
      }));
    },
    add_to_class: ({ people: ids, class: to, part }) => fake.act({ kind: 'addToClass', people: names(ids), class: label(to) }, people(ids, (person) => put(person, to, part))),
    leave_class: ({ people: ids, class: from }) => fake.act({ kind: 'leaveClass', people: names(ids), class: label(from) }, people(ids, (person) => leave(person, from))),
    move_people: ({ people: ids, from, to }) =>
      fake.act({ kind: 'movePeople', people: names(ids), from: label(from), to: label(to) }, people(ids, (person) => {
        const part = person.classes.find((one) => one.class === from)?.part ?? 'student';
        return put(leave(person, from), to, part === 'homeroom' ? 'teacher' : part);
      })),
    set_role: ({ people: ids, role }) => fake.act({ kind: 'setRole', people: names(ids), role }, people(ids, (person) => (person.role === role ? person : { ...person, role, classes: person.classes.map((one) => ({ ...one, part: PART_OF[role] })) }))),
    set_board: ({ people: ids, board, joined }) =>
      fake.act({ kind: joined ? 'joinBoard' : 'leaveBoard', people: names(ids), board }, people(ids, (person) => (person.boards.includes(board) === joined ? person : { ...person, boards: joined ? [...person.boards, board] : person.boards.filter((one) => one !== board) }))),
    verify_people: ({ people: ids }) => fake.act({ kind: 'verify', people: names(ids) }, people(ids, (person) => (person.verifiedAt ? person : { ...person, verifiedAt: Date.now() }))),
    remove_people: ({ people: ids }) => fake.act({ kind: 'removePeople', people: names(ids) }, people(ids, (person) => (person.status === 'removed' ? person : { ...person, status: 'removed' }))),
    restore_people: ({ people: ids }) => fake.act({ kind: 'restorePeople', people: names(ids) }, people(ids, (person) => (person.status === 'active' ? person : { ...person, status: 'active' }))),
    set_person: ({ person: id, fields }) => {
      if (!fields.family.trim() || !fields.given.trim()) refuse('noName');
      const name = [fields.family, fields.given, fields.patronymic].filter(Boolean).join(' ');
      return fake.act({ kind: 'setPerson', person: names([id]).names[0]! }, people([id], (person) => ({ ...person, ...fields, name })));
    },
    appoint: ({ people: ids }) => {
      if (!ids.every(works)) refuse('notStaff');
      const fresh = ids.filter((id) => !fake.plan.administrators.some((one) => one.id === id));
      return fake.act({ kind: 'appoint', people: names(ids) }, (plan) => (fresh.length === 0 ? plan : { ...plan, administrators: [...plan.administrators, ...fresh.map((id) => ({ id, owner: false }))] }));
    },
    dismiss: ({ people: ids }) => {
      if (fake.plan.administrators.some((one) => one.owner && ids.includes(one.id))) refuse('isOwner');
      return fake.act({ kind: 'dismiss', people: names(ids) }, (plan) => ({ ...plan, administrators: plan.administrators.filter((one) => !ids.includes(one.id)) }));
    },
    make_owner: ({ person }) => {
      if (!works(person)) refuse('notStaff');
      return fake.act({ kind: 'makeOwner', person: names([person]).names[0]! }, (plan) => ({ ...plan, administrators: [...plan.administrators.filter((one) => one.id !== person), { id: person, owner: true }] }));
    },
    undo_act: ({ act }) => (fake.undo(act), null),
    resolve_act: ({ act, mine }) => (fake.settle(act, mine ? 'waiting' : 'done'), null),
    retry_act: ({ act }) => (fake.settle(act, 'waiting'), null),
    drop_act: ({ act }) => (fake.settle(act, 'gone'), null),
    journal: ({ before }) => {
      if (fake.offline) refuse('noNetwork');
      const from = before === null ? 0 : Number(before);
      const entries = fake.journal.slice(from, from + PAGE);
      return { entries, next: from + PAGE < fake.journal.length ? String(from + PAGE) : null };
    },
    save_table: ({ name }) => ({ path: `/home/me/Загрузки/${name}.csv`, name: `${name}.csv` }),
    found_organisation: ({ kind, info }) => {
      if (!info.fullName.trim() || !info.shortName.trim()) refuse('noName');
      if (info.inn && !/^(\d{10}|\d{12})$/.test(info.inn)) refuse('badInn');
      const name = info.shortName;
      const total = 9;
      const step = (done: number) => {
        if (done < total) return fake.founding.set({ name, done, total, paused: false }), void setTimeout(() => step(done + 1), 400);
        fake.founding.set(null);
        const id = `!founded${++made}:school1.example`;
        fake.links.set([...fake.links.now, { id, name, kind, waiting: 0, stuck: 0, dismissed: false }]);
        fake.organisations.set([...fake.organisations.now, { id, name, kind, role: null, position: null, classes: [], administrator: true, lastOwner: true }]);
      };
      step(0);
      return null;
    },
    leave_organisation: ({ organisation }) => {
      if (fake.organisations.now.some((one) => one.id === organisation && one.lastOwner)) refuse('lastOwner');
      fake.organisations.set(fake.organisations.now.filter((one) => one.id !== organisation));
      fake.links.set(fake.links.now.filter((link) => link.id !== organisation));
      return null;
    },
  };
}
