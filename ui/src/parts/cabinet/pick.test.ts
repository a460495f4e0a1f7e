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
const found = (query: string) => pickable(people, ['teacher', 'staff'], query, classOf).map(({ name }) => name);

it('offers those who fit the roles and belong, who is in no class first', () => {
  expect(found('')).toEqual(['Власов Пётр', 'Белова Анна']);
});

it('finds by name, position and class', () => {
  expect([found('бел'), found('завуч'), found('5а'), found('жуков')]).toEqual([['Белова Анна'], ['Власов Пётр'], ['Белова Анна'], []]);
});

it('tells people of one name apart', () => {
  expect(aboutPerson(person('Белова Анна', { position: 'завуч', subjects: ['физика'], classes: [{ class: 'c5', part: 'teacher' }, { class: 'gone', part: 'teacher' }] }), classOf)).toBe('завуч · физика · 5А');
});
