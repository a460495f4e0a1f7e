import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import { toasts } from '../../../kit/toasts.svelte';
import { CabinetDesk } from '../cabinet.svelte';
import { PeopleTable, sources, who } from './people.svelte';

let host: FakeHost;
let desk: CabinetDesk;
let table: PeopleTable;
const settle = () => new Promise((resolve) => setTimeout(resolve, 10));
/** What was answered has been taken in. */
const taken = () => vi.waitFor(() => expect(table.finder.asking).toBe(false));

beforeEach(async () => {
  toasts.list = [];
  host = new FakeHost({ cabinet: { people: 300 } });
  desk = new CabinetDesk(host, { offline: false });
  desk.watch();
  desk.open();
  await vi.waitFor(() => expect(desk.people).not.toBeNull());
  table = new PeopleTable(desk);
});

describe('the table', () => {
  it('shows those who belong, and finds them by class', async () => {
    expect(table.rows.length).toBe(desk.people!.filter(({ status }) => status === 'active').length);
    const label = desk.classes[0]!.label;
    table.query = label;
    await taken();
    expect(table.rows.length).toBeGreaterThan(0);
    expect(table.rows.every(({ labels }) => labels.includes(label))).toBe(true);
  });

  it('turns the order over at the second click', () => {
    table.sort('name');
    expect(table.rows[0]!.person.id).toBe(desk.people!.filter(({ status }) => status === 'active').at(-1)!.id);
  });

  it('clears all filters at once', async () => {
    table.query = 'нетакого';
    await taken();
    table.standing = 'removed';
    expect([table.rows.length, table.filtered]).toEqual([0, true]);
    table.showAll();
    expect([table.filtered, table.query, table.rows.length > 0]).toEqual([false, '', true]);
  });
});

describe('looking for somebody', () => {
  const answers: ((ids: string[]) => void)[] = [];
  /** The promise of the call and what waits for it. */
  const answer = async (at: number, found: string[]) => {
    answers[at]!(found);
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  const ids = () => desk.people!.filter(({ status }) => status === 'active').map(({ id }) => id);
  const shown = () => table.rows.map(({ person }) => person.id);

  beforeEach(() => {
    answers.length = 0;
    vi.spyOn(host, 'call').mockImplementation(((name: string) => (name === 'find_in_cabinet' ? new Promise((resolve) => answers.push(resolve as (ids: string[]) => void)) : Promise.resolve(null))) as never);
  });

  it('asks nothing for nothing', () => {
    table.query = '  ';
    table.finder.again();
    expect([answers.length, table.finder.asking, table.query]).toEqual([0, false, '  ']);
  });

  it('keeps the list of before until the answer is there, and drops one that was overtaken', async () => {
    const [first, second, third] = ids();
    const before = shown();
    table.query = 'а';
    expect(shown()).toEqual(before);
    await answer(0, [third!, first!]);
    table.query = 'аб';
    table.query = 'абр';
    expect([shown(), table.finder.asking]).toEqual([[third, first], true]);
    await answer(2, [second!]);
    await answer(1, [first!]);
    expect([shown(), table.finder.asking]).toEqual([[second], false]);
    table.query = '';
    expect(shown()).toEqual(before);
  });

  it('shows the best first unless a column was chosen, and lets go of the column at the third click', async () => {
    const [first, second, third] = ids();
    table.query = 'а';
    await answer(0, [second!, third!, first!]);
    expect([shown(), table.sorting]).toEqual([[second, third, first], null]);
    table.sort('name');
    expect([shown(), table.sorting]).toEqual([[first, second, third], { by: 'name', down: false }]);
    table.sort('name');
    expect(shown()).toEqual([third, second, first]);
    table.sort('name');
    expect(shown()).toEqual([second, third, first]);
  });

  it('filters those who were found, former people among them', async () => {
    const removed = desk.people!.find(({ status }) => status === 'removed')!;
    const [first] = ids();
    table.query = 'а';
    await answer(0, [removed.id, first!]);
    expect(shown()).toEqual([first]);
    expect(table.found.counts.standings.removed).toBe(1);
    table.standing = 'removed';
    expect(shown()).toEqual([removed.id]);
  });

  it('asks again after a step, and not for a search that is over', async () => {
    table.query = 'а';
    await answer(0, []);
    table.finder.again();
    expect(answers.length).toBe(2);
    await answer(1, ids().slice(0, 1));
    expect(shown().length).toBe(1);
    table.query = 'аб';
    table.finder.again();
    expect(answers.length).toBe(3);
    await answer(2, []);
    expect(answers.length).toBe(4);
    await answer(3, []);
    table.query = '';
    table.finder.again();
    expect([answers.length, table.finder.asking]).toEqual([4, false]);
  });

  it('does what was meant for the answer when that is there', async () => {
    const done: string[][] = [];
    table.query = 'а';
    table.finder.whenAnswered(() => done.push(shown()));
    expect(done).toEqual([]);
    await answer(0, [ids()[1]!]);
    expect(done).toEqual([[ids()[1]]]);
    table.query = 'аб';
    table.finder.whenAnswered(() => done.push([]));
    table.query = 'абр';
    await answer(2, []);
    expect(done.length).toBe(1);
  });
});

describe('steps', () => {
  it('change the role of those only who have another, and can be taken back', async () => {
    const pupils = desk.people!.filter(({ role, status }) => role === 'student' && status === 'active').slice(0, 2);
    const teacher = desk.people!.find(({ role, status }) => role === 'teacher' && status === 'active')!;
    expect(await table.setRole([...pupils, teacher], 'teacher')).toBe(true);
    expect(host.calls('set_role')).toEqual([{ organisation: desk.organisation, people: pupils.map(({ id }) => id), role: 'teacher' }]);
    expect(toasts.list.at(-1)!.text).toBe('2 человека: роль «учитель»');
    toasts.list.at(-1)!.action!.run();
    await settle();
    expect(host.calls('undo_act')).toHaveLength(1);
  });

  it('bring each into a class as what he is', async () => {
    const pupil = desk.people!.find(({ role, status }) => role === 'student' && status === 'active')!;
    const parent = desk.people!.find(({ role, status }) => role === 'parent' && status === 'active')!;
    await table.addToClass([pupil, parent], desk.classes.at(-1)!.id);
    expect(host.calls('add_to_class').map((args) => (args as { part: string }).part)).toEqual(['student', 'parent']);
  });

  it('unchoose whom they removed', async () => {
    const people = desk.people!.filter(({ status }) => status === 'active').slice(3, 6);
    table.selection.all(people.map(({ id }) => id));
    await table.remove(people);
    expect(table.selection.size).toBe(0);
  });

  it('say why not, and keep the choice', async () => {
    host.failing = { remove_people: { code: 'notAllowed', retryAfter: null } };
    const [person] = table.chosen.length ? table.chosen : desk.people!;
    table.selection.toggle(person!.id);
    expect(await table.remove([person!])).toBe(false);
    expect(toasts.list.at(-1)).toMatchObject({ look: 'error', action: undefined });
    expect(table.selection.size).toBe(1);
  });
});

describe('where people can be moved from', () => {
  const inClasses = (...ids: string[]) => ({ ...desk.people![0]!, classes: ids.map((id) => ({ class: id, part: 'student' as const })) });

  it('is a class of all of them, or the only one of each', () => {
    expect(sources([inClasses('a', 'b'), inClasses('b')])).toEqual({ common: ['b'], each: false });
    expect(sources([inClasses('a'), inClasses('b')])).toEqual({ common: [], each: true });
    expect(sources([inClasses('a', 'c'), inClasses('b')])).toBeNull();
    expect(sources([inClasses()])).toBeNull();
  });

  it('says a name, or how many', () => {
    expect(who([desk.people![0]!])).toBe(desk.people![0]!.name);
    expect(who(desk.people!.slice(0, 5))).toBe('5 человек');
  });
});
