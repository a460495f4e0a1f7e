// A month as the weeks of a calendar show it, by the local time. Pure.

export interface CalendarDay {
  /** Its first moment. */
  at: number;
  day: number;
  /** Whether it belongs to the month that is shown, not to a neighbour. */
  inMonth: boolean;
}

/** The whole weeks that a month lies in; `monday` begins them, as in Russia. */
export function monthWeeks(year: number, month: number, monday: boolean): CalendarDay[][] {
  const lead = (new Date(year, month, 1).getDay() + (monday ? 6 : 0)) % 7;
  const days = new Date(year, month + 1, 0).getDate();
  const weeks = Math.ceil((lead + days) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => {
      const date = new Date(year, month, 1 - lead + week * 7 + at);
      return { at: date.getTime(), day: date.getDate(), inMonth: date.getMonth() === ((month % 12) + 12) % 12 };
    }),
  );
}

export function dayStart(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** So many days later, also across a change of the clocks. */
export function addDays(at: number, days: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/** The same day of another month, or its last one where it is shorter. */
export function addMonths(at: number, months: number): number {
  const date = new Date(at);
  const last = new Date(date.getFullYear(), date.getMonth() + months + 1, 0).getDate();
  return new Date(date.getFullYear(), date.getMonth() + months, Math.min(date.getDate(), last)).getTime();
}
