import { expect, it } from 'vitest';
import { marked, marksOf } from './marks';

const shown = (name: string, query: string) => marked(name, marksOf(name, query)).map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

it('leaves the text whole, whatever the marks', () => {
  expect(marked('Щукина Мария', [{ start: 7, end: 10 }, { start: 0, end: 3 }])).toEqual([{ text: 'Щук', hit: true }, { text: 'ина ', hit: false }, { text: 'Мар', hit: true }, { text: 'ия', hit: false }]);
  for (const marks of [[], [{ start: 3, end: 1 }], [{ start: 2, end: 900 }, { start: 4, end: 5 }], [{ start: 90, end: 99 }]]) expect(marked('Щукина', marks).map(({ text }) => text).join('')).toBe('Щукина');
});

it('marks the beginnings of words that were typed', () => {
  expect(shown('Татьяна Львовна Ёлкина', 'елк тат')).toBe('[Тат]ьяна Львовна [Ёлк]ина');
  expect(shown('5 «А» · родители', 'род')).toBe('5 «А» · [род]ители');
  expect(shown('Родители', 'ители')).toBe('Родители');
});
