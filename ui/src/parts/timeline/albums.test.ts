import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { media, message, text, words } from '../../../test/sample-items';
import { OWN, PEOPLE } from '../../../test/sample-people';
import type { Body, Item, Message } from '../../host/host';
import { ALBUM_MOST, ALBUM_PAUSE, albumGrid, captioned } from './albums';
import { buildRows, messagesIn, type AlbumRow, type KeyedItem, type Row } from './rows';

const picture = (caption: string | null = null): Body => ({ kind: 'image', media: media('museum.svg', { width: 3, height: 2 }), caption: caption === null ? null : text(caption) });
const keyed = (items: Item[]): KeyedItem[] => items.map((item) => ({ key: item.id, item }));
const shape = (rows: Row[]) => rows.map((row) => (row.kind === 'album' ? row.pictures.length : row.kind));
const sent = (at: number, more: Partial<Message> = {}, body = picture()) => message(PEOPLE[0]!, at, body, more);
const thumbsUp = [{ key: '👍', count: 1, own: false, who: [PEOPLE[0]!] }];

describe('an album', () => {
  it('holds what one person sent within a minute, and nothing of another', () => {
    const rows = buildRows(keyed([sent(0), sent(1000), sent(2000), message(PEOPLE[1]!, 3000, picture()), sent(4000), sent(4001 + ALBUM_PAUSE)]));
    expect(shape(rows)).toEqual([3, 'message', 'message', 'message']);
  });

  it('takes a caption on its first or its last picture only', () => {
    const said = (at: number) => sent(at, {}, picture('смотрите'));
    expect(shape(buildRows(keyed([said(0), sent(1), sent(2)])))).toEqual([3]);
    expect(shape(buildRows(keyed([sent(0), sent(1), said(2), sent(3)])))).toEqual([3, 'message']);
    expect(shape(buildRows(keyed([said(0), said(1)])))).toEqual(['message', 'message']);
  });

  it('lets a picture go that got a reaction, an answer of its own or did not go out', () => {
    for (const own of [{ reactions: thumbsUp }, { reply: { sender: null, preview: null, event: '$q' } }, { ack: { due: null, own: false, count: 0 } }, { send: { kind: 'failed', reason: 'server' } }] as Partial<Message>[])
      expect(shape(buildRows(keyed([sent(0), sent(1, own), sent(2)])))).toEqual(['message', 'message', 'message']);
  });

  it('keeps its row when pictures join it at either end', () => {
    const [a, b, c, d] = [sent(0), sent(1), sent(2), sent(3)] as [Item, Item, Item, Item];
    const alone = buildRows(keyed([b]));
    const two = buildRows(keyed([b, c]), alone);
    const after = buildRows(keyed([b, c, d]), two);
    const before = buildRows(keyed([a, b, c, d]), after);
    expect(new Set([alone, two, after, before].map((rows) => rows[0]!.key)).size).toBe(1);
    expect(buildRows(keyed([a, b, c, d, message(OWN, 9, words('да'))]), before)[0]).toBe(before[0]);
  });

  it('shows every message exactly once, in order, under names of their own, however the list has grown', () => {
    const one = fc.record({ who: fc.integer({ min: 0, max: 1 }), pause: fc.constantFrom(10, 50_000, 70_000), kind: fc.constantFrom('image', 'image', 'image', 'text', 'said', 'liked') });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), fc.array(fc.nat(40), { maxLength: 6 }), (plan, cuts) => {
        let at = 0;
        const items = plan.map(({ who, pause, kind }) => {
          at += pause;
          const body = kind === 'text' ? words('1') : picture(kind === 'said' ? 'вот' : null);
          return message(PEOPLE[who]!, at, body, kind === 'liked' ? { reactions: thumbsUp } : {});
        });
        let rows: Row[] = [];
        // The list grows at the top, as it does while one scrolls.
        for (const cut of [...cuts.map((n) => Math.min(n, items.length)).sort((a, b) => b - a), 0]) {
          rows = buildRows(keyed(items.slice(cut)), rows);
          expect(rows.flatMap((row) => messagesIn(row).map((each) => each.item))).toEqual(items.slice(cut));
          expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
        }
        for (const { pictures } of rows.filter((row): row is AlbumRow => row.kind === 'album')) {
          expect(pictures.length).toBeGreaterThan(1);
          expect(pictures.length).toBeLessThanOrEqual(ALBUM_MOST);
          expect(pictures.slice(1, -1).some((each) => captioned(each.message))).toBe(false);
        }
      }),
    );
  });
});

describe('the grid of an album', () => {
  it('lays every picture inside it, none over another', () => {
    const size = fc.record({ width: fc.option(fc.integer({ min: 1, max: 5000 })), height: fc.option(fc.integer({ min: 1, max: 5000 })) });
    fc.assert(
      fc.property(fc.array(size, { minLength: 2, maxLength: ALBUM_MOST }), (sizes) => {
        const { cells, height } = albumGrid(sizes);
        expect(cells).toHaveLength(sizes.length);
        expect(height).toBeLessThan(1_400);
        cells.forEach((cell, i) => {
          expect(Math.min(cell.left, cell.top)).toBeGreaterThanOrEqual(0);
          expect(Math.max(cell.left + cell.width, cell.top + cell.height)).toBeLessThan(100.6);
          for (const other of cells.slice(i + 1)) {
            const apart = cell.left + cell.width <= other.left || other.left + other.width <= cell.left || cell.top + cell.height <= other.top || other.top + other.height <= cell.top;
            expect(apart).toBe(true);
          }
        });
      }),
    );
  });
});
