import { expect, test } from 'vitest';
import type { CabinetPerson, OutboxAct } from '../../../host/host';
import { leavingOf } from './leaving';

const act = (id: string, more: Partial<OutboxAct>) => ({ id, about: { kind: 'dismiss', people: { names: ['Белов Глеб'], count: 1 } }, undoes: false, state: 'waiting', ...more }) as OutboxAct;
const people = [{ id: '@b', name: 'Белов Глеб' }] as CabinetPerson[];
const of = (...acts: OutboxAct[]) => leavingOf(acts, people).map(({ act, name, person }) => [act.id, name, person?.id]);

test('a dismissal that waits is shown with whom it is about', () => {
  expect(of(act('a', {}))).toEqual([['a', 'Белов Глеб', '@b']]);
  expect(of(act('a', { about: { kind: 'dismiss', people: { names: ['Кто-то'], count: 1 } } }))).toEqual([['a', 'Кто-то', undefined]]);
});

test('what is done, refused, taken back or something else is not', () => {
  expect(of(act('a', { state: 'done' }), act('b', { state: 'refused' }), act('c', { undoes: true }), act('d', { about: { kind: 'appoint', people: { names: ['Белов Глеб'], count: 1 } } }))).toEqual([]);
});
