import { expect, it } from 'vitest';
import { PEOPLE } from '../../../../test/sample-people';
import { typingParts, typingText } from './typing';

it('names one or two who are writing and counts more', () => {
  expect(typingText([], false)).toBe('');
  expect(typingText(PEOPLE.slice(0, 1), true)).toBe('печатает…');
  expect(typingText(PEOPLE.slice(0, 1), false)).toBe('Мария Петровна Щукина печатает…');
  expect(typingText(PEOPLE.slice(5, 7), false)).toBe('Татьяна Львовна Ёлкина и Артём Кузнецов печатают…');
  expect(typingText(PEOPLE.slice(6, 8), false)).toBe('Артём Кузнецов и Дарья Соколова (не из организации) печатают…');
  expect([3, 5, 21].map((n) => typingText(PEOPLE.slice(0, n), false))).toEqual(['3 человека печатают…', '5 человек печатают…', '21 человек печатает…']);
});

it('keeps the people apart from the words, so that a name can be cut without its mark', () => {
  const [artyom, imitator] = PEOPLE.slice(6, 8);
  expect(typingParts([imitator!], false)).toEqual([imitator, ' печатает…']);
  expect(typingParts([artyom!, imitator!], false)).toEqual([artyom, ' и ', imitator, ' печатают…']);
  expect(typingParts([imitator!, PEOPLE[11]!], false)).toEqual(['Двое не из организации печатают…']);
  expect(typingParts([imitator!], true)).toEqual(['печатает…']);
});
