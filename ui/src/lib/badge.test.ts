import { afterEach, describe, expect, it } from 'vitest';
import { badgeWords, hasCap, roleWord, verifiedName, type BadgeLike } from './badge';
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

it('gives the cap to teachers and staff alone', () => {
  expect((['teacher', 'staff', 'student', 'parent', 'other'] as const).map((role) => hasCap(badge({ role })))).toEqual([true, true, false, false, false]);
  expect(hasCap(null)).toBe(false);
});
