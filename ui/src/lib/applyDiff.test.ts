import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDiffs, type Diff } from './applyDiff';

const items = fc.array(fc.integer(), { maxLength: 6 });
const step = fc.record({ op: fc.constantFrom('reset', 'append', 'pushFront', 'pushBack', 'popFront', 'popBack', 'insert', 'set', 'remove', 'truncate', 'clear'), items, item: fc.integer(), at: fc.nat(20) });

/** One change that is right for a list of this length, and what it does to a plain list. */
function change({ op, items, item, at }: typeof step extends fc.Arbitrary<infer S> ? S : never, plain: number[]): Diff<number> | null {
  const index = plain.length === 0 ? 0 : at % plain.length;
  switch (op) {
    case 'reset':
      plain.splice(0, plain.length, ...items);
      return { op, items };
    case 'append':
      plain.push(...items);
      return { op, items };
    case 'pushFront':
      plain.unshift(item);
      return { op, item };
    case 'pushBack':
      plain.push(item);
      return { op, item };
    case 'popFront':
      plain.shift();
      return { op };
    case 'popBack':
      plain.pop();
      return { op };
    case 'insert':
      plain.splice(index, 0, item);
      return { op, index, item };
    case 'set':
      if (plain.length === 0) return null;
      plain[index] = item;
      return { op, index, item };
    case 'remove':
      if (plain.length === 0) return null;
      plain.splice(index, 1);
      return { op, index };
    case 'truncate':
      plain.length = index;
      return { op, length: index };
    default:
      plain.length = 0;
      return { op: 'clear' };
  }
}

describe('applyDiffs', () => {
  it('does to a list what the same changes do to a plain one', () => {
    fc.assert(
      fc.property(items, fc.array(step, { maxLength: 40 }), (start, steps) => {
        const plain = start.slice();
        const diffs = steps.flatMap((s) => change(s, plain) ?? []);
        expect(applyDiffs(start, diffs)).toEqual(plain);
      }),
    );
  });

  it('leaves the list it was given as it was', () => {
    const before = [1, 2, 3];
    applyDiffs(before, [{ op: 'popFront' }, { op: 'set', index: 0, item: 9 }, { op: 'clear' }]);
    expect(before).toEqual([1, 2, 3]);
  });
});
