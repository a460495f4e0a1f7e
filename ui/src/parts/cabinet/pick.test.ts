import { expect, it } from 'vitest';
import type { CabinetClass, CabinetPerson } from '../../host/host';
import { aboutPerson, pickable } from './pick';

const classOf = new Map([['c5', { id: 'c5', label: '5А' } as CabinetClass]]);
const person = (name: string, more: Partial<CabinetPerson> = {}): CabinetPerson => ({ id: name, name, role: 'teacher', status: 'active', position: null, subjects: [], classes: [], ...more }) as CabinetPerson;
const people = [
  person('Белова Анна', { classes: [{ class: 'c5', part: 'teacher' }] }),
  person('Власов Пётр', { role: 'staff', position: 'завуч' }),
  person('Громова Ева', { role: 'student' }),
  person('Жуков Лев', { status: 'removed' }),
];
const found = (ids: string[] | null) => pickable(people, ['teacher', 'staff'], ids).map(({ name }) => name);

it('offers those who fit the roles and belong, who is in no class first', () => {
  expect(found(null)).toEqual(['Власов Пётр', 'Белова Анна']);
});

it('keeps the order in which they were found, and leaves out who can not be chosen', () => {
  expect(found(['Жуков Лев', 'Власов Пётр', 'Громова Ева', 'Белова Анна', 'Никто'])).toEqual(['Власов Пётр', 'Белова Анна']);
  expect(found([])).toEqual([]);
});

it('tells people of one name apart', () => {
  expect(aboutPerson(person('Белова Анна', { position: 'завуч', subjects: ['физика'], classes: [{ class: 'c5', part: 'teacher' }, { class: 'gone', part: 'teacher' }] }), classOf)).toBe('завуч · физика · 5А');
});
