// The journal as a person reads it: what an entry is about, what was changed in words, and its days.

import type { FieldView, JournalEntry, OrganisationKind } from '../../../host/host';
import { dayTitle, moment } from '../../../lib/format';
import { t } from '../../../lib/i18n.svelte';
import { fold } from '../../../lib/match';
import { fieldName, subjectOf, valueWords } from '../fields';

export const KINDS = ['classes', 'people', 'organisation', 'administrators'] as const;
export type JournalKind = (typeof KINDS)[number];

export interface JournalFilter {
  text: string;
  kind: JournalKind | null;
  /** Whether what was written by no hand shows too. */
  byItself: boolean;
}

export interface Day {
  title: string;
  entries: JournalEntry[];
}

function kindOf(change: FieldView): JournalKind {
  if (change.field === 'level') return 'administrators';
  if (change.person !== null) return 'people';
  return change.class !== null ? 'classes' : 'organisation';
}

/** Who did it: his name, or at least his address. */
export function whoDid({ name, by }: JournalEntry): string {
  return name ?? by;
}

/** Whether an entry is shown; a text finds who did it and whom or what he changed. */
export function fits(entry: JournalEntry, { text, kind, byItself }: JournalFilter): boolean {
  if (entry.byItself && !byItself) return false;
  if (kind !== null && !entry.changes.some((change) => kindOf(change) === kind)) return false;
  const words = fold(text).split(' ').filter(Boolean);
  if (words.length === 0) return true;
  const known = ` ${fold([whoDid(entry), ...entry.changes.flatMap(({ person, class: label }) => [person ?? '', label ?? ''])].join(' '))}`;
  return words.every((word) => known.includes(` ${word}`));
}

export interface Change {
  subject: string;
  /** «должность»; nothing where the whole came or went. */
  field: string | null;
  from: string;
  to: string;
}

/** «Иванова Анна · 5А», «роль», «родитель», «учитель» */
export function changeWords(change: FieldView, kind: OrganisationKind): Change {
  const subject = subjectOf(change);
  if (change.field === null) return { subject, field: null, from: '', to: t(change.to === null ? 'cabinet_journal_went' : 'cabinet_journal_came') };
  return { subject, field: fieldName(change.field, kind), from: valueWords(change.field, change.from, kind), to: valueWords(change.field, change.to, kind) };
}

/** The newest day first, as the entries are. */
export function byDay(entries: readonly JournalEntry[], now: number): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const title = dayTitle(entry.at, now);
    const last = days.at(-1);
    if (last?.title === title) last.entries.push(entry);
    else days.push({ title, entries: [entry] });
  }
  return days;
}

/** A row for each field, for a table. */
export function tableRows(entries: readonly JournalEntry[], kind: OrganisationKind): string[][] {
  const head = [t('cabinet_journal_column_when'), t('cabinet_journal_column_who'), t('cabinet_journal_column_subject'), t('cabinet_journal_column_field'), t('cabinet_journal_column_from'), t('cabinet_journal_column_to')];
  const rows = entries.flatMap((entry) =>
    entry.changes.map((change) => {
      const { subject, field, from, to } = changeWords(change, kind);
      return [moment(entry.at), whoDid(entry), subject, field ?? '', from, to];
    }),
  );
  return [head, ...rows];
}
