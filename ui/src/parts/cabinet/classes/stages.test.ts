import { describe, expect, it } from 'vitest';
import { FakeCabinet } from '../../../../test/fake-cabinet';
import type { Cabinet, CabinetClass, CabinetPerson } from '../../../host/host';
import { byStage, find, labelOf, lettersOf, stateOf, titlesOf, usualLetters } from './stages';

function classes(kind: 'school' | 'college' = 'school'): CabinetClass[] {
  let all: CabinetClass[] = [];
  new FakeCabinet({ kind, people: 100 }).watch('cabinet', '', (cabinet) => (all = (cabinet as Cabinet).classes));
  return all;
}

describe('classes', () => {
  it('stand under their stages, the lower ones first and those with a title last', () => {
    const stages = byStage(find(classes(), 'active', '', new Map()), 'school');
    expect(stages.map(({ title }) => title).slice(0, 2)).toEqual(['1-е классы', '2-е классы']);
    expect([stages.length, stages.at(-1)!.title, stages.at(-1)!.classes.map(({ label }) => label)]).toEqual([12, 'С названием', ['Театральная студия']]);
    expect(byStage(find(classes('college'), 'active', '', new Map()), 'college')[0]!.title).toBe('1-й курс');
  });

  it('are found by name as people write it, and by their teacher', () => {
    const all = classes();
    const teacher = { name: 'Щукина Мария Петровна' } as CabinetPerson;
    const known = new Map(all.flatMap((one) => (one.label === '7Б' && one.homeroom ? [[one.homeroom, teacher] as const] : [])));
    const found = (query: string, people = new Map<string, CabinetPerson>()) => find(all, 'active', query, people).map(({ label }) => label);
    expect([found('5 «а»'), found('театр'), found('нет такого')]).toEqual([['5А'], ['Театральная студия'], []]);
    expect(found('щук', known)).toEqual(known.size > 0 ? ['7Б'] : []);
    expect(find(all, 'graduated', '', new Map()).map(({ label }) => label)).toEqual(['11А', '11Б']);
  });

  it('of a state that is not known stay in sight', () => {
    expect(stateOf({ status: 'other' } as CabinetClass)).toBe('active');
  });
});

it('names a new class', () => {
  expect([labelOf({ stage: 5, letter: ' А ', title: null }), labelOf({ stage: 5, letter: 'А', title: ' Хор   мальчиков ' }), labelOf({ stage: null, letter: null, title: ' ' })]).toEqual(['5А', 'Хор мальчиков', '']);
});

it('reads letters and titles as they are typed', () => {
  expect(lettersOf('а, б; Б ё1')).toEqual(['А', 'Б', 'Ё']);
  expect(lettersOf('абвгдежзиклмнопр')).toHaveLength(12);
  expect(usualLetters(classes())).toEqual(['А', 'Б', 'В', 'Г']);
  expect(titlesOf(' Хор \n\nХор\nТеатр  кукол')).toEqual(['Хор', 'Театр кукол']);
});
