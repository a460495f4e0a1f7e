import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayOf, dueIn, dueOn } from './due';

const NOON = new Date(2026, 10, 22, 12).getTime();

it('ends with the day, not with the hour at which it was asked', () => {
  expect(new Date(dueIn(NOON, 1))).toEqual(new Date(2026, 10, 23, 23, 59, 59, 999));
  expect(new Date(dueIn(NOON, 0))).toEqual(new Date(2026, 10, 22, 23, 59, 59, 999));
  expect(new Date(dueIn(NOON, 9))).toEqual(new Date(2026, 11, 1, 23, 59, 59, 999));
});

it('takes a day as it is written, and none that is over or does not exist', () => {
  expect(dueOn('2026-11-25', NOON)).toBe(new Date(2026, 10, 25, 23, 59, 59, 999).getTime());
  expect(dueOn('2026-11-22', NOON)).toBe(dueIn(NOON, 0));
  for (const wrong of ['2026-11-21', '2026-02-31', '2027-13-01', '', 'завтра']) expect(dueOn(wrong, NOON)).toBeNull();
});

it('writes a day so that it reads it again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), (days) => {
      const due = dueIn(NOON, days);
      expect(dueOn(dayOf(due), NOON)).toBe(due);
    }),
  );
});
