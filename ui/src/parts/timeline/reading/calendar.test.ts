import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayStart, monthWeeks } from './calendar';

const local = (year: number, month: number, day: number) => new Date(year, month, day).getTime();

describe('a calendar', () => {
  it('begins the week with Monday in Russian and with Sunday elsewhere', () => {
    // The first of November 2026 is a Sunday.
    expect(monthWeeks(2026, 10, true)[0]!.map((day) => day.day)).toEqual([26, 27, 28, 29, 30, 31, 1]);
    expect(monthWeeks(2026, 10, false)[0]!.map((day) => day.day)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('holds every day of its month once, in whole weeks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1970, max: 2100 }), fc.integer({ min: 0, max: 11 }), fc.boolean(), (year, month, monday) => {
        const weeks = monthWeeks(year, month, monday);
        expect(weeks.every((week) => week.length === 7 && week.some((day) => day.inMonth))).toBe(true);
        const own = weeks.flat().filter((day) => day.inMonth);
        expect(own.map((day) => day.day)).toEqual(Array.from({ length: new Date(year, month + 1, 0).getDate() }, (_, i) => i + 1));
        weeks.flat().forEach((day, i, all) => i > 0 && expect(day.at).toBe(addDays(all[i - 1]!.at, 1)));
      }),
    );
  });

  it('stays in a shorter month when it goes from the last day of a longer one', () => {
    expect(addMonths(local(2026, 0, 31), 1)).toBe(local(2026, 1, 28));
    expect(addMonths(local(2026, 0, 31), -1)).toBe(local(2025, 11, 31));
    expect(dayStart(local(2026, 0, 31) + 3_600_000)).toBe(local(2026, 0, 31));
  });
});
