import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { badgeOf, OWN, PEOPLE } from '../../../test/sample-people';
import type { ClassPeople, Found } from '../../host/host';
import { NewGroup } from './group.svelte';
import { NewLearningChat, PARTS } from './learning.svelte';
import { partWord } from './words';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());
const found = (i: number): Found => ({ person: PEOPLE[i]!, badge: badgeOf(PEOPLE[i]!.id) });
async function settled<T>(making: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(50);
  return making;
}

describe('a group', () => {
  it('is made of what was entered', async () => {
    const host = new FakeHost();
    const group = new NewGroup(host);
    Object.assign(group, { people: [found(0), found(3)], name: ' Поход ', topic: ' ', announcements: true });
    const made = await settled(group.create());
    expect(made?.refused).toEqual([]);
    expect(host.calls('create_chat')).toEqual([{ chat: { name: 'Поход', topic: null, people: [PEOPLE[0]!.id, PEOPLE[3]!.id], announcements: true } }]);
  });

  it('loses nothing when it can not be made, and is made once by two clicks', async () => {
    const host = new FakeHost({ failing: { create_chat: { code: 'noNetwork', retryAfter: null } } });
    const group = new NewGroup(host);
    Object.assign(group, { people: [found(0)], name: 'Поход' });
    expect(await settled(group.create())).toBeNull();
    expect([group.failed?.code, group.name, group.people.length, group.busy]).toEqual(['noNetwork', 'Поход', 1, false]);
    host.failing = {};
    const twice = await settled(Promise.all([group.create(), group.create()]));
    expect(twice.map((made) => made === null)).toEqual([false, true]);
  });
});

describe('a learning chat', () => {
  async function open(host = new FakeHost(), me = OWN.id) {
    const learning = new NewLearningChat(host, me);
    await settled(learning.load());
    return { host, learning };
  }

  it('begins with the pupils of the class, without oneself', async () => {
    const { learning } = await open(new FakeHost(), '@p6:school1.example');
    learning.choose(learning.classes![0]!);
    expect(learning.of('students').some(({ person }) => person.id === '@p6:school1.example')).toBe(false);
    expect(learning.countOf('students')).toBe(learning.of('students').length);
    expect(learning.countOf('parents')).toBe(0);
  });

  it('takes parts of the class, leaves single people out, and counts nobody twice', async () => {
    const { learning } = await open();
    learning.choose(learning.classes![0]!);
    learning.setPart('parents', true);
    const [first] = learning.of('parents');
    learning.setPerson(first!, false);
    learning.guests = [first!, learning.of('students')[0]!];
    const parents = learning.of('parents').length;
    expect(learning.countOf('parents')).toBe(parents - 1);
    expect(learning.people.length).toBe(learning.of('students').length + parents);
    expect(new Set(learning.people).size).toBe(learning.people.length);
  });

  it('forgets who was picked when another class is chosen, not when the same one is', async () => {
    const { learning } = await open();
    const [a, b] = learning.classes as [ClassPeople, ClassPeople];
    learning.choose(a);
    learning.setPart('parents', true);
    const before = learning.people.length;
    learning.choose(a);
    expect(learning.people.length).toBe(before);
    learning.choose(b);
    expect(learning.countOf('parents')).toBe(0);
  });

  it('suggests the class and the own subject as a name, and leaves a typed name alone', async () => {
    const { learning } = await open(new FakeHost(), PEOPLE[0]!.id);
    learning.choose(learning.classes![0]!);
    learning.suggest();
    expect(learning.group.name).toBe('5А · Русский язык');
    learning.nameBy('литература');
    learning.choose(learning.classes![1]!);
    learning.suggest();
    expect(learning.group.name).toBe('5Б');
    learning.group.name = 'Мой чат';
    learning.choose(learning.classes![0]!);
    learning.suggest();
    expect(learning.group.name).toBe('Мой чат');
  });

  it('speaks with the words of the organisation', async () => {
    const { learning } = await open();
    const [school] = learning.classes as [ClassPeople];
    const badge = { ...school.students[0]!.badge!, organisation: 'college' as const };
    learning.choose({ ...school, id: '!group', students: [{ ...school.students[0]!, badge }], teachers: [], parents: [] });
    expect(PARTS.map((part) => partWord(part, learning.kind))).toEqual(['Обучающиеся', 'Родители', 'Преподаватели']);
    learning.choose(school);
    expect(PARTS.map((part) => partWord(part, learning.kind))).toEqual(['Ученики', 'Родители', 'Учителя']);
  });

  it('finds a class however it is written', async () => {
    const { learning } = await open();
    learning.query = '5 «б»';
    expect(learning.visible.map((item) => item.label)).toEqual(['5Б']);
  });

  it('says why there are no classes to choose from, and tries again', async () => {
    const { host, learning } = await open(new FakeHost({ failing: { my_classes: { code: 'serverError', retryAfter: null } } }));
    expect([learning.failed?.code, learning.classes]).toEqual(['serverError', null]);
    host.failing = {};
    await settled(learning.load());
    expect([learning.failed, learning.classes?.length]).toEqual([null, 3]);
  });
});
