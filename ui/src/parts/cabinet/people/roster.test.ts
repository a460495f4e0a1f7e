import { describe, expect, it } from 'vitest';
import type { CabinetPerson } from '../../../host/host';
import { among, find, NO_CLASS, ordered, Roster, type Filter } from './roster';

const CLASSES = [
  { id: 'c5', label: '5А', status: 'active' as const },
  { id: 'c7', label: '7А', status: 'active' as const },
  { id: 'c7b', label: '7Б', status: 'active' as const },
  { id: 'is', label: 'ИС-21 «веб»', status: 'active' as const },
  { id: 'old', label: '11Я', status: 'graduated' as const },
];
const somebody = (name: string, more: Partial<CabinetPerson> = {}): CabinetPerson => {
  const [family = '', given = '', patronymic = null] = name.split(' ');
  return { id: `@${name}`, name, family, given, patronymic, role: 'student', position: null, subjects: [], boards: [], classes: [], children: [], verifiedAt: 1, status: 'active', administrator: false, progress: 'done', ...more };
};
const inClass = (id: string, part: 'student' | 'teacher' = 'student') => ({ class: id, part });
const PEOPLE = [
  somebody('Белова Анна', { classes: [inClass('c7')] }),
  somebody('Ёлкина Татьяна Львовна', { role: 'teacher', position: 'завуч', subjects: ['русский язык'], classes: [inClass('c7', 'teacher'), inClass('c5', 'teacher')] }),
  somebody('Иванов Пётр', { classes: [inClass('c7b')], verifiedAt: null }),
  somebody('Орлова Мария', { role: 'parent', status: 'removed' }),
  somebody('Яшин Антон', { classes: [inClass('is')] }),
];
const entries = new Roster().prepare(PEOPLE, CLASSES);
const ALL: Filter = { role: null, class: null, standing: 'active' };
const names = (filter: Partial<Filter>) => find(entries, { ...ALL, ...filter }).entries.map(({ person }) => person.family);

describe('finding people', () => {
  it('who is in no active class, of whom some have been graduated', () => {
    const left = [...PEOPLE, somebody('Щукин Олег', { classes: [inClass('old')] }), somebody('Юдина Вера', { role: 'staff' })];
    const all = new Roster().prepare(left, CLASSES);
    const found = find(all, { ...ALL, class: NO_CLASS });
    expect(found.entries.map(({ person, labels, graduated }) => [person.family, labels, graduated])).toEqual([['Щукин', [], ['11Я']], ['Юдина', [], []]]);
    expect(found.counts.classes.get(NO_CLASS)).toBe(2);
  });

  it('of some ids, the best first or in the order of the list', () => {
    const ids = ['@Яшин Антон', '@Никто', '@Белова Анна'];
    const families = (byIds: boolean) => among(entries, ids, byIds).map(({ person }) => person.family);
    expect([families(true), families(false), among(entries, [], true)]).toEqual([['Яшин', 'Белова'], ['Белова', 'Яшин'], []]);
  });

  it('by role, class and standing', () => {
    expect(names({ role: 'teacher' })).toEqual(['Ёлкина']);
    expect(names({ class: 'c7' })).toEqual(['Белова', 'Ёлкина']);
    expect(names({ standing: 'removed' })).toEqual(['Орлова']);
    expect(names({ standing: 'unverified' })).toEqual(['Иванов']);
  });

  it('counts what a change of one filter would show', () => {
    const { counts } = find(entries, { ...ALL, role: 'student', class: 'c7' });
    expect([counts.all, counts.roles.teacher, counts.roles.student]).toEqual([2, 1, 1]);
    expect([counts.classes.get('c7'), counts.classes.get('c7b')]).toEqual([1, 1]);
    expect(find(entries, { ...ALL, role: 'parent' }).counts.standings).toEqual({ active: 0, unverified: 0, removed: 1 });
  });
});

describe('the order', () => {
  const families = (by: 'name' | 'class' | 'role', down = false) => ordered(entries, { by, down }).map(({ person }) => person.family);

  it('is by name as the list came', () => expect(families('name', true)).toEqual(['Яшин', 'Орлова', 'Иванов', 'Ёлкина', 'Белова']));

  it('is by the first class, and whoever has none is last both ways', () => {
    expect(families('class')).toEqual(['Ёлкина', 'Белова', 'Иванов', 'Яшин', 'Орлова']);
    expect(families('class', true)).toEqual(['Яшин', 'Иванов', 'Белова', 'Ёлкина', 'Орлова']);
  });

  it('is by role, teachers first', () => expect(families('role')[0]).toBe('Ёлкина'));
});

describe('what was prepared', () => {
  it('is kept for who has not changed, and made anew when classes are called otherwise', () => {
    const roster = new Roster();
    const before = roster.prepare(PEOPLE, CLASSES);
    const after = roster.prepare([{ ...PEOPLE[0]!, given: 'Алла' }, PEOPLE[1]!], [...CLASSES]);
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(roster.prepare(PEOPLE, [{ id: 'c7', label: '8А', status: 'active' }])[0]!.labels).toEqual(['8А']);
  });
});
