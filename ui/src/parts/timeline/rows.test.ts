import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { media, message, sampleItems, words } from '../../../test/sample-items';
import { OWN, PEOPLE } from '../../../test/sample-people';
import type { Item, SystemEvent } from '../../host/host';
import { buildRows, growRows, GROUP_PAUSE, sameTail, type KeyedItem, type MessageRow } from './rows';

const keyed = (items: Item[]): KeyedItem[] => items.map((item) => ({ key: item.id, item }));
const joined = (id: string, who = 'Анна'): Item => ({ id, kind: { kind: 'system', event: { kind: 'joined', who: { id: `@${who}`, name: who, avatar: null, mark: 'none' } } satisfies SystemEvent, at: 0 } });
const [maria, sergey] = PEOPLE as [(typeof PEOPLE)[0], (typeof PEOPLE)[0]];

describe('buildRows', () => {
  it('groups what one person says within five minutes', () => {
    const rows = buildRows(keyed([message(maria, 0, words('1')), message(maria, 1000, words('2')), message(maria, 1000 + GROUP_PAUSE, words('3')), message(sergey, 2000 + GROUP_PAUSE, words('4'))])) as MessageRow[];
    expect(rows.map((row) => [row.first, row.last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it('begins a new group after anything in between', () => {
    const rows = buildRows(keyed([message(maria, 0, words('1')), { id: 'u', kind: { kind: 'unread' } }, message(maria, 1, words('2'))]));
    expect((rows[2] as MessageRow).first).toBe(true);
  });

  it('looks past hidden items and shows none of them', () => {
    const hidden: Item = { id: 'h', kind: { kind: 'hidden' } };
    const rows = buildRows(keyed([hidden, message(maria, 0, words('1')), hidden, message(maria, 1, words('2')), hidden])) as MessageRow[];
    expect(rows.map((row) => [row.first, row.last])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('puts system lines that follow each other into one row, named after the newest', () => {
    const rows = buildRows(keyed([joined('a'), joined('b'), joined('c'), message(OWN, 0, words('1')), joined('d')]));
    expect(rows.map((row) => [row.kind, row.key, row.kind === 'system' ? row.lines.length : 0])).toEqual([
      ['system', 'c', 3],
      ['message', rows[1]!.key, 0],
      ['system', 'd', 1],
    ]);
  });

  it('keeps the rows that did not change', () => {
    const items = sampleItems(200, 1_780_000_000_000);
    const before = buildRows(keyed(items));
    const after = buildRows(keyed([...items, message(OWN, 1_780_000_000_000, words('ещё'))]), before);
    const kept = after.filter((row, i) => row === before[i]).length;
    expect(kept).toBeGreaterThanOrEqual(before.length - 1);
  });

  it('survives a key that comes twice', () => {
    const item = message(OWN, 0, words('1'));
    expect(new Set(buildRows([{ key: 'x', item }, { key: 'x', item }]).map((row) => row.key)).size).toBe(2);
  });
});

describe('growRows', () => {
  const item = fc.oneof(
    { weight: 4, arbitrary: fc.record({ who: fc.constantFrom(maria, sergey, OWN), later: fc.nat(2), picture: fc.boolean() }) },
    { weight: 1, arbitrary: fc.constantFrom('hidden' as const, 'joined' as const, 'day' as const) },
  );
  type Drawn = typeof item extends fc.Arbitrary<infer T> ? T : never;
  const made = (drawn: readonly Drawn[]): Item[] => {
    let at = 0;
    return drawn.map((one, i): Item => {
      if (one === 'hidden') return { id: `h${i}`, kind: { kind: 'hidden' } };
      if (one === 'joined') return joined(`j${i}`);
      if (one === 'day') return { id: `d${i}`, kind: { kind: 'day', at: (at += 86_400_000) } };
      at += one.later * GROUP_PAUSE * 0.6;
      return { ...message(one.who, at, one.picture ? { kind: 'image', media: media(`${i}.jpg`), caption: null } : words(`${i}`)), id: `m${i}` };
    });
  };

  it('comes to the same rows as building all of them', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 60 }), fc.nat(60), (drawn, cut) => {
        const all = made(drawn);
        const seen = all.slice(cut);
        const before = buildRows(keyed(seen));
        const grown = growRows(all, sameTail(seen, all), before, (some) => keyed([...some]));
        if (grown) expect(grown).toEqual(buildRows(keyed(all), before));
        // What stands below where older items came stays the very same.
        if (grown) expect(grown.at(-1)).toBe(before.at(-1));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is what happens in a long conversation', () => {
    const all = sampleItems(400, 1_780_000_000_000);
    const seen = all.slice(100);
    const grown = growRows(all, sameTail(seen, all), buildRows(keyed(seen)), (some) => keyed([...some]));
    expect(grown).toEqual(buildRows(keyed(all)));
  });
});
