// Until when one may acknowledge: always a whole day.

/** The last moment of the day so many days from now, also across a change of the clocks. */
export function dueIn(now: number, days: number): number {
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + days + 1).getTime() - 1;
}

/** The last moment of a day written 2026-11-25; null where there is no such day, or it is over. */
export function dueOn(day: string, now: number): number | null {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number);
  const due = new Date(year, month - 1, date + 1).getTime() - 1;
  return Number.isFinite(due) && new Date(due).getMonth() === month - 1 && due > now ? due : null;
}

/** 2026-11-25 */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
