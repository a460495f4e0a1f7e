// Times, dates and sizes as people write them. The time of «now» is an argument.

import { language, t } from './i18n.svelte';

const DAY = 86_400_000;
const cache = new Map<string, Intl.DateTimeFormat>();

/** The times that a date can be made of; what comes from elsewhere may lie beyond. */
export function isPossible(at: number): boolean {
  return !Number.isNaN(new Date(at).getTime());
}

/** Nothing for a time that is none: a formatter would throw, and take the whole screen with it. */
export function dateText(at: number, options: Intl.DateTimeFormatOptions): string {
  if (!isPossible(at)) return '';
  const key = language() + JSON.stringify(options);
  let made = cache.get(key);
  if (!made) cache.set(key, (made = new Intl.DateTimeFormat(language() === 'ru' ? 'ru-RU' : 'en-GB', options)));
  return made.format(at);
}

/** Whole calendar days between two moments, by the local calendar. */
function daysApart(at: number, now: number): number {
  return Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / DAY);
}

/** «Классный руководитель»: the first letter as in a sentence. */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const two = (n: number) => String(n).padStart(2, '0');

/** 14:33, the same in both languages. Each row of a conversation asks for it, so no formatter is asked. */
export function clock(at: number): string {
  const time = new Date(at);
  const hours = time.getHours();
  return Number.isNaN(hours) ? '' : `${two(hours)}:${two(time.getMinutes())}`;
}

/** The time in a list: 14:33, «вчера», «Чт», 7 нояб., 07.11.2024. */
export function listTime(at: number, now: number): string {
  const days = daysApart(at, now);
  if (days <= 0) return clock(at);
  if (days === 1) return t('yesterday_short');
  if (days < 7) return sentence(dateText(at, { weekday: 'short' }));
  if (new Date(at).getFullYear() === new Date(now).getFullYear()) return dateText(at, { day: 'numeric', month: 'short' });
  return dateText(at, { day: '2-digit', month: '2-digit', year: 'numeric' });
}

/** Whether both are of one day of the calendar. */
export function sameDay(at: number, other: number): boolean {
  return daysApart(at, other) === 0;
}

/** A day divider: «Сегодня», «Вчера», «Пятница, 20 ноября», «20 ноября 2024 г.» */
export function dayTitle(at: number, now: number): string {
  const days = daysApart(at, now);
  if (days === 0) return t('today');
  if (days === 1) return t('yesterday');
  if (new Date(at).getFullYear() === new Date(now).getFullYear()) return sentence(dateText(at, { weekday: 'long', day: 'numeric', month: 'long' }));
  return dateText(at, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** «14:32» today, «вчера, 14:32», «20 нояб., 14:32». */
export function sinceTime(at: number, now: number): string {
  const days = daysApart(at, now);
  if (days <= 0) return clock(at);
  if (days === 1) return `${t('yesterday_short')}, ${clock(at)}`;
  return isPossible(at) ? `${dateText(at, { day: 'numeric', month: 'short' })}, ${clock(at)}` : '';
}

/** «25 ноября», with the year where it is another one: the end of «до …». */
export function dayInYear(at: number, now: number): string {
  const same = new Date(at).getFullYear() === new Date(now).getFullYear();
  return dateText(at, same ? { day: 'numeric', month: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' });
}

/** The full moment, for a tooltip. */
export function moment(at: number): string {
  return dateText(at, { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/** 0:24, 12:05, 1:02:03 */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  return h > 0 ? `${h}:${two(m)}:${two(whole % 60)}` : `${m}:${two(whole % 60)}`;
}

/** 512 Б, 184 КБ, 1,4 МБ */
export function fileSize(bytes: number): string {
  const number = (n: number) => new Intl.NumberFormat(language(), { maximumFractionDigits: n < 10 ? 1 : 0 }).format(n);
  if (bytes < 1024) return t('size_b', { n: bytes });
  if (bytes < 1024 ** 2) return t('size_kb', { n: number(bytes / 1024) });
  if (bytes < 1024 ** 3) return t('size_mb', { n: number(bytes / 1024 ** 2) });
  return t('size_gb', { n: number(bytes / 1024 ** 3) });
}
