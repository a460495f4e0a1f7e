// Days of a search, as `2026-11-20`, in the local calendar.

import { t, language } from '../../lib/i18n.svelte';

/** A day as the fields of dates write it. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** «с 1 нояб. 2026 г.», «1 – 20 нояб. 2026 г.»; null where neither is set. */
export function rangeWords(since: string | null, until: string | null): string | null {
  const format = new Intl.DateTimeFormat(language() === 'ru' ? 'ru-RU' : 'en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  const noon = (day: string) => new Date(`${day}T12:00:00`);
  if (since && until) return since === until ? format.format(noon(since)) : format.formatRange(noon(since), noon(until));
  if (since) return t('search_since', { date: format.format(noon(since)) });
  if (until) return t('search_until', { date: format.format(noon(until)) });
  return null;
}

/** The days a teacher asks for most, up to today. */
export function recent(now: number): { week: [string, string]; month: [string, string]; schoolYear: [string, string] } {
  const date = new Date(now);
  const september = new Date(date.getMonth() >= 8 ? date.getFullYear() : date.getFullYear() - 1, 8, 1);
  const daysAgo = (days: number) => dayOf(new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime());
  const today = dayOf(now);
  return { week: [daysAgo(6), today], month: [daysAgo(29), today], schoolYear: [dayOf(september.getTime()), today] };
}
