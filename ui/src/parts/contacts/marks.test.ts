import { expect, it } from 'vitest';
import type { Badge, ContactHit, ContactMark } from '../../host/host';
import { badgeWords } from '../../lib/badge';
import { badgePieces, nameMarks } from './marks';

const badge: Badge = { role: 'teacher', name: 'Щукина Мария', position: null, subjects: ['физика'], classes: ['5А', '6А', '7А', '8А', '9Б'], homeroom: [], organisation: 'school' };
const hit = (marks: ContactMark[], more: Partial<Badge> = {}): ContactHit => ({ person: { id: '@a:b', name: 'Маша', avatar: null, mark: 'none' }, badge: { ...badge, ...more }, source: 'o', former: false, own: null, reach: null, marks });
const shown = (one: ContactHit) => badgePieces(one).map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');
const inClass = (index: number): ContactMark => ({ place: 'class', index, start: 0, end: 2 });

it('says the words of the badge where only the name answers', () => {
  const one = hit([{ place: 'name', index: 0, start: 0, end: 3 }]);
  expect(shown(one)).toBe(badgeWords(badge));
  expect(nameMarks(one)).toEqual(one.marks);
});

it('names the class that answers, however many come before it', () => {
  expect(shown(hit([inClass(4)]))).toBe('учитель · физика · [9Б], 5А, 6А и ещё 2');
  expect(shown(hit([inClass(0)], { homeroom: ['5А'] }))).toBe('учитель · физика · классный руководитель [5А]');
  expect(shown(hit([inClass(4)], { homeroom: ['5А'] }))).toBe('учитель · физика · классный руководитель 5А · [9Б]');
});

it('marks positions and subjects', () => {
  const marks: ContactMark[] = [{ place: 'position', index: 0, start: 0, end: 4 }, { place: 'subject', index: 0, start: 0, end: 3 }];
  expect(shown(hit(marks, { position: 'завуч', classes: [] }))).toBe('[заву]ч · [физ]ика');
});
