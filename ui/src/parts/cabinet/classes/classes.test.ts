import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import type { CabinetOptions } from '../../../../test/sample-cabinet';
import { toasts } from '../../../kit/toasts.svelte';
import { CabinetDesk } from '../cabinet.svelte';
import { Adding } from './adding.svelte';
import { ClassTable } from './classes.svelte';
import { ClassMembers } from './members.svelte';
import { nextLabel, Promoting } from './promoting.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  toasts.list = [];
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(50);
async function settled<T>(call: Promise<T>): Promise<T> {
  // A refusal is looked at by the caller; it must not count as forgotten while time passes.
  call.catch(() => undefined);
  await settle();
  return call;
}

async function open(cabinet: CabinetOptions = { people: 300 }) {
  const host = new FakeHost({ cabinet });
  const desk = new CabinetDesk(host, { offline: false });
  desk.watch();
  desk.open();
  await settle();
  const idOf = (label: string) => desk.classes.find((one) => one.label === label && one.status === 'active')!.id;
  const labels = () => desk.classes.filter((one) => one.status === 'active').map(({ label }) => label);
  return { host, desk, idOf, labels };
}

describe('the list of classes', () => {
  it('graduates those that are chosen and takes it back in one step', async () => {
    const { desk, idOf } = await open();
    const table = new ClassTable(desk);
    table.selection.toggle(idOf('11А'));
    table.selection.toggle(idOf('11Б'));
    expect(await settled(table.turn(table.chosen, 'graduated'))).toBe(true);
    expect([table.counts, table.selection.size, toasts.list[0]!.text]).toEqual([{ active: 29, graduated: 4, deleted: 1 }, 0, 'Выпущено: 11А, 11Б']);
    toasts.list[0]!.action!.run();
    await settle();
    expect(table.counts.active).toBe(31);
  });

  it('keeps what is chosen when a name is taken', async () => {
    const { desk } = await open();
    const table = new ClassTable(desk);
    table.show('graduated');
    table.selection.all(table.shown);
    expect(await settled(table.turn(table.chosen, 'active'))).toBe(false);
    expect([table.selection.size, toasts.list[0]!.look]).toEqual([2, 'error']);
  });
});

describe('new classes', () => {
  it('come from cells, and never twice', async () => {
    const { desk, labels } = await open();
    const adding = new Adding(desk);
    adding.flip(adding.column('В'));
    expect(adding.classes).toEqual([9, 10, 11].map((stage) => ({ stage, letter: 'В', title: null })));
    adding.flip(adding.column('В'));
    expect(adding.classes).toEqual([]);
    adding.flip(adding.row(10));
    expect(adding.classes.map(({ letter }) => letter)).toEqual(['В', 'Г']);
    expect(await settled(adding.create())).toBe(true);
    expect([labels().includes('10Г'), toasts.list[0]!.text]).toEqual([true, 'Создано: 10В, 10Г']);
  });

  it('follow the letters that are typed', async () => {
    const { desk } = await open();
    const adding = new Adding(desk);
    adding.set([{ stage: 1, letter: 'Г' }], true);
    adding.letters = 'а б д';
    expect([adding.columns, adding.classes]).toEqual([['А', 'Б', 'Д'], []]);
    adding.letters = 'г';
    expect(adding.classes).toHaveLength(1);
  });

  it('come from lines where groups have titles', async () => {
    const { desk, labels } = await open({ kind: 'college', people: 100 });
    const adding = new Adding(desk);
    adding.lines = 'ИС-261\nИС-262\n ИС-262 \n';
    adding.course = 1;
    expect([adding.how, adding.double, adding.classes]).toEqual(['titles', ['ИС-261'], [{ stage: 1, letter: null, title: 'ИС-262' }]]);
    await settled(adding.create());
    expect(labels()).toContain('ИС-262');
  });

  it('say why they were not created', async () => {
    const { host, desk } = await open();
    host.failing = { add_classes: { code: 'classExists', retryAfter: null } };
    const adding = new Adding(desk);
    adding.flip(adding.column('Г'));
    expect([await settled(adding.create()), adding.failed?.slice(0, 14), adding.classes.length]).toEqual([false, 'Класс или груп', 11]);
  });
});

describe('the next school year', () => {
  it('is shown before it begins, and begins in one step', async () => {
    const { host, desk, labels } = await open();
    const promoting = new Promoting(host, desk, null);
    await settled(promoting.load());
    expect([promoting.year, promoting.next.length, promoting.out.map(({ label }) => label), promoting.same.length, promoting.changed]).toEqual(['2027/28', 28, ['11А', '11Б'], 1, 30]);
    expect(await settled(promoting.promote())).toBe(true);
    expect([labels().includes('1А'), labels().includes('11А'), desk.cabinet!.schoolYear]).toEqual([false, true, 2027]);
    toasts.list.at(-1)!.action!.run();
    await settle();
    expect([labels().includes('1А'), desk.cabinet!.schoolYear]).toEqual([true, 2026]);
  });

  it('waits for those that stand in the way', async () => {
    const { host, desk, idOf } = await open();
    const promoting = new Promoting(host, desk, [idOf('5А')]);
    await settled(promoting.load());
    expect([promoting.clashes.map(nextLabel), promoting.possible, await settled(promoting.promote())]).toEqual([['6А'], false, false]);
    expect(host.calls('promote')).toEqual([]);
  });

  it('begins for an organisation whose groups have no years', async () => {
    const { host, desk } = await open({ kind: 'kindergarten', people: 60 });
    const promoting = new Promoting(host, desk, null);
    await settled(promoting.load());
    expect([promoting.changed, promoting.possible]).toEqual([0, true]);
    const some = new Promoting(host, desk, [desk.classes[0]!.id]);
    await settled(some.load());
    expect(some.possible).toBe(false);
  });

  it('can be asked for again', async () => {
    const { host, desk } = await open();
    host.failing = { promotion: { code: 'internal', retryAfter: null } };
    const promoting = new Promoting(host, desk, null);
    await settled(promoting.load());
    expect([promoting.steps, promoting.failed === null]).toEqual([null, false]);
    host.failing = {};
    await settled(promoting.load());
    expect([promoting.steps?.length, promoting.failed]).toEqual([31, null]);
  });
});

describe('the people of a class', () => {
  it('stand by what they are in it, the homeroom teacher first', async () => {
    const { desk } = await open({ people: 1_000 });
    const one = desk.classes.find(({ homeroom, teachers }) => homeroom !== null && teachers > 2)!;
    const members = new ClassMembers(desk, one.id);
    members.show('teacher');
    expect([members.rows[0]!.person.id, members.counts]).toEqual([one.homeroom, { student: one.students, parent: one.parents, teacher: one.teachers }]);
    members.query = 'никого такого';
    expect(members.rows).toEqual([]);
  });

  it('move to another class and come back', async () => {
    const { desk, idOf } = await open();
    const members = new ClassMembers(desk, idOf('5А'));
    const before = members.counts.student;
    members.selection.all(members.shown.slice(0, 2));
    const [person] = members.chosen;
    expect(await settled(members.move(members.chosen, idOf('5Б')))).toBe(true);
    expect([members.counts.student, members.selection.size]).toEqual([before - 2, 0]);
    expect(desk.classmates.get(idOf('5Б'))!.some((mate) => mate.person.id === person!.id)).toBe(true);
    toasts.list.at(-1)!.action!.run();
    await settle();
    expect(members.counts.student).toBe(before);
  });

  it('come, go and are appointed', async () => {
    const { desk, idOf } = await open();
    const one = desk.classOf.get(idOf('5А'))!;
    const members = new ClassMembers(desk, one.id);
    const pupil = desk.people!.find((person) => person.role === 'student' && person.status === 'active' && !members.isHere(person))!;
    await settled(members.add([pupil], 'student'));
    expect(members.isHere(desk.personOf.get(pupil.id)!)).toBe(true);
    await settled(members.leave([pupil]));
    expect(members.isHere(desk.personOf.get(pupil.id)!)).toBe(false);
    const teacher = desk.people!.find((person) => person.role === 'teacher' && person.id !== one.homeroom)!;
    await settled(members.appoint(one, teacher));
    expect([desk.classOf.get(one.id)!.homeroom, members.rows.length]).toEqual([teacher.id, members.counts.student]);
    await settled(members.appoint(desk.classOf.get(one.id)!, null));
    expect(desk.classOf.get(one.id)!.homeroom).toBeNull();
  });
});
