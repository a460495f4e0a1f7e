import { afterEach, describe, expect, it } from 'vitest';
import { badgeWords, calledIn, hasCap, imitates, outsideWords, roleWord, standingWords, verifiedName, type BadgeLike, type PersonLike } from './badge';
import { setLanguage } from './i18n.svelte';

const badge = (more: Partial<BadgeLike> = {}): BadgeLike => ({ role: 'teacher', name: 'Щукина Мария Петровна', position: null, subjects: [], classes: [], homeroom: [], organisation: 'school', ...more });

describe('the words of a badge', () => {
  afterEach(() => setLanguage('ru'));

  it('follow the kind of the organisation', () => {
    expect([badge(), badge({ organisation: 'college' }), badge({ role: 'student' }), badge({ role: 'student', organisation: 'college' })].map(roleWord)).toEqual(['учитель', 'преподаватель', 'ученик', 'обучающийся']);
    setLanguage('en');
    expect(roleWord(badge({ role: 'student' }))).toBe('pupil');
  });

  it('say the position instead of the role, then the subject and the own class', () => {
    expect(badgeWords(badge({ position: 'завуч', subjects: ['физика'], classes: ['7Б', '8А'], homeroom: ['5А'] }))).toBe('завуч · физика · классный руководитель 5А');
  });

  it('name a few classes and count the others', () => {
    expect(badgeWords(badge({ subjects: ['математика'], classes: ['5А', '5Б', '6А', '6Б', '7А'] }))).toBe('учитель · математика · 5А, 5Б, 6А и ещё 2');
    expect(badgeWords(badge({ role: 'parent', classes: ['5А'] }))).toBe('родитель · 5А');
  });
});

it('shows the name the organisation vouches for, and the own one only without it', () => {
  expect(verifiedName({ name: 'Машуля' }, badge())).toBe('Щукина Мария Петровна');
  expect(verifiedName({ name: 'Машуля' }, null)).toBe('Машуля');
});

describe('a person whom no organisation of the reader vouches for', () => {
  const MARKS = ['none', 'staff', 'outsider', 'imitates'] as const;
  const person = (mark: PersonLike['mark']): PersonLike => ({ name: 'Вася', mark });
  afterEach(() => setLanguage('ru'));

  it('is said to be from outside where his name is one of a line of words', () => {
    expect(MARKS.map((mark) => calledIn(person(mark)))).toEqual(['Вася', 'Вася', 'Вася (не из организации)', 'Вася (не из организации)']);
    expect(MARKS.map((mark) => outsideWords(person(mark)))).toEqual(['', '', '(не из организации)', '(не из организации)']);
    setLanguage('en');
    expect(`Вася ${outsideWords(person('outsider'))}`).toBe(calledIn(person('outsider')));
  });

  it('is told apart in a list, and warned of where he poses as one of the staff', () => {
    expect(MARKS.map((mark) => standingWords(person(mark), null))).toEqual(['', '', 'не из вашей организации', 'выдаёт себя за сотрудника']);
    expect(MARKS.map((mark) => imitates(person(mark)))).toEqual([false, false, false, true]);
  });

  it('is nobody who has a badge', () => {
    const known = badge({ position: 'завуч' });
    for (const mark of MARKS) expect([calledIn(person(mark), known), outsideWords(person(mark), known), standingWords(person(mark), known), imitates(person(mark), known)]).toEqual([known.name, '', 'завуч', false]);
  });
});

it('gives the cap to teachers and staff alone', () => {
  expect((['teacher', 'staff', 'student', 'parent', 'other'] as const).map((role) => hasCap(badge({ role })))).toEqual([true, true, false, false, false]);
  expect(hasCap(null)).toBe(false);
});
