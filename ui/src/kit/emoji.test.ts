import english from 'emojibase-data/en/data.json';
import russian from 'emojibase-data/ru/compact.json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boilDown, emojiRows, findEmoji, GROUPS, stepEmoji, type Emoji } from './emoji';

const all = boilDown(russian, english);
const chars = (found: Emoji[]) => found.map((emoji) => emoji.char.replace('\uFE0F', ''));

describe('emoji', () => {
  it('leaves out what is no emoji by itself and what the fonts do not draw yet', () => {
    expect(all.length).toBeGreaterThan(1800);
    expect(chars(all)).not.toContain('🇦');
    expect(chars(all)).toContain('🫩');
    expect(chars(boilDown(russian, english, 15))).not.toContain('🫩');
  });

  it('comes in the order of the groups', () => {
    expect([...new Set(all.map((emoji) => emoji.group))]).toEqual([...GROUPS]);
  });

  it.each([
    ['сердце', '❤'],
    ['СЕРДЦ', '❤'],
    ['сердечки', '😍'],
    ['палец вверх', '👍'],
    ['thumbs up', '👍'],
    ['кот', '🐈'],
    ['clap', '👏'],
    ['ёлка', '🎄'],
    ['елка', '🎄'],
    ['флаг россия', '🇷🇺'],
  ])('finds «%s»', (query, wanted) => {
    expect(chars(findEmoji(all, query))).toContain(wanted);
  });

  it('puts what is named so before what only has to do with it', () => {
    const found = findEmoji(all, 'кот');
    const first = found.findIndex((emoji) => !emoji.names.includes(' кот'));
    expect(found.slice(first).every((emoji) => !emoji.names.includes(' кот'))).toBe(true);
    expect(findEmoji(all, 'такогоэмодзинет')).toEqual([]);
  });

  it('leads by arrows through every cell, and never out of the grid', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 9 }), fc.array(fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight')), (sizes, columns, keys) => {
        const rows = emojiRows(sizes.map((size, i) => ({ section: `s${i}`, emoji: all.slice(0, size) })), columns);
        const count = sizes.reduce((sum, size) => sum + size, 0);
        let at = -1;
        for (const key of keys) {
          at = stepEmoji(rows, at, key);
          expect(at).toBeLessThan(count);
          if (count > 0) expect(at).toBeGreaterThanOrEqual(0);
        }
        let steps = 0;
        for (at = stepEmoji(rows, -1, 'ArrowRight'); stepEmoji(rows, at, 'ArrowRight') !== at; at = stepEmoji(rows, at, 'ArrowRight')) steps++;
        expect(steps).toBe(Math.max(0, count - 1));
      }),
    );
  });

  it('keeps the column on the way down and stops at the last of a short row', () => {
    const rows = emojiRows([{ section: 'a', emoji: all.slice(0, 5) }, { section: 'b', emoji: all.slice(0, 8) }], 4);
    expect(stepEmoji(rows, 3, 'ArrowDown')).toBe(4);
    expect(stepEmoji(rows, 5, 'ArrowDown')).toBe(9);
    expect(stepEmoji(rows, 2, 'ArrowUp')).toBe(2);
  });
});
