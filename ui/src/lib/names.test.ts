import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLOURS, colourOf } from './colour';
import { initials } from './initials';
import { score } from './match';

describe('initials', () => {
  it.each([
    ['5 «А» · родители', '5А'],
    ['11-Б', '11Б'],
    ['Школа № 1 · новости', 'Ш1'],
    ['Мария Петровна Щукина', 'МП'],
    ['Учительская', 'Уч'],
    ['  ', ''],
    ['\u202eимя\u200b', 'Им'],
    ['👩‍🏫', ''],
  ])('of «%s» are «%s»', (name, letters) => expect(initials(name)).toBe(letters));

  it('come from any name without failing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => Array.from(initials(name)).length <= 3 + name.length));
  });
});

describe('colourOf', () => {
  it('stays with an id', () => {
    expect(colourOf('@maria:school1.example')).toBe(colourOf('@maria:school1.example'));
    expect(colourOf('@p0:school1.example')).toMatchInlineSnapshot(`2`);
  });

  it('uses all colours', () => {
    expect(new Set(Array.from({ length: 200 }, (_, i) => colourOf(`!room${i}`))).size).toBe(COLOURS);
  });
});

describe('score', () => {
  it('finds by the beginnings of words in any order, without case, ё or signs', () => {
    expect(score('Мария Петровна Щукина', 'пет мар')).toBeGreaterThan(0);
    expect(score('Татьяна Ёлкина', 'ЕЛК')).toBeGreaterThan(0);
    expect(score('5 «А» · родители', '5а')).toBeGreaterThan(0);
    expect(score('Мария Петровна', 'етр')).toBe(0);
  });

  it('prefers what begins with the words', () => {
    expect(score('Мария', 'мар')).toBeGreaterThan(score('Анна Марова', 'мар'));
  });
});
