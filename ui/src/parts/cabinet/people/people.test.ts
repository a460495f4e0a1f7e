import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import { toasts } from '../../../kit/toasts.svelte';
import { CabinetDesk } from '../cabinet.svelte';
import { PeopleTable, sources, who } from './people.svelte';

let host: FakeHost;
let desk: CabinetDesk;
let table: PeopleTable;
const settle = () => new Promise((resolve) => setTimeout(resolve, 10));

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
  it('shows those who belong, and finds them by class', () => {
    expect(table.rows.length).toBe(desk.people!.filter(({ status }) => status === 'active').length);
    const label = desk.classes[0]!.label;
    table.query = label;
    expect(table.rows.length).toBeGreaterThan(0);
    expect(table.rows.every(({ labels }) => labels.includes(label))).toBe(true);
  });

  it('turns the order over at the second click', () => {
    table.sort('name');
    expect(table.rows[0]!.person.id).toBe(desk.people!.filter(({ status }) => status === 'active').at(-1)!.id);
  });

  it('clears all filters at once', () => {
    table.query = 'нетакого';
    table.standing = 'removed';
    expect([table.rows.length, table.filtered]).toEqual([0, true]);
    table.showAll();
    expect(table.filtered).toBe(false);
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
