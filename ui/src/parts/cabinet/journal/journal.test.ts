import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import type { FieldView, JournalEntry } from '../../../host/host';
import { CabinetDesk } from '../cabinet.svelte';
import { byDay, changeWords, fits, tableRows } from './entries';
import { Journal } from './journal.svelte';

const field = (part: Partial<FieldView>): FieldView => ({ class: null, person: null, field: null, from: null, to: null, ...part });
const entry = (changes: FieldView[], more: Partial<JournalEntry> = {}): JournalEntry => ({ event: '$1', at: Date.UTC(2026, 8, 1, 9), by: '@v:school1.example', name: 'Власов Сергей', changes, byItself: false, ...more });
const ALL = { text: '', kind: null, byItself: false };

describe('what fits', () => {
  const renamed = entry([field({ class: '5А', field: 'title' })]);
  const hired = entry([field({ person: 'Ёлкина Татьяна', field: 'level', to: '90' })]);

  it('is by kind, by whom and by what was changed', () => {
    expect([fits(renamed, { ...ALL, kind: 'classes' }), fits(renamed, { ...ALL, kind: 'people' })]).toEqual([true, false]);
    expect([fits(hired, { ...ALL, kind: 'administrators' }), fits(hired, { ...ALL, kind: 'people' })]).toEqual([true, false]);
    expect([fits(hired, { ...ALL, text: 'елк' }), fits(hired, { ...ALL, text: 'серг власов' }), fits(hired, { ...ALL, text: 'щук' })]).toEqual([true, true, false]);
  });

  it('is nothing that was written by no hand, unless it is asked for', () => {
    const own = entry([], { byItself: true });
    expect([fits(own, ALL), fits(own, { ...ALL, byItself: true })]).toEqual([false, true]);
  });
});

describe('an entry', () => {
  it('says what was and what is', () => {
    expect(changeWords(field({ person: 'Орлов Пётр', field: 'role', from: 'parent', to: 'teacher' }), 'school')).toEqual({ subject: 'Орлов Пётр', field: 'роль', from: 'родитель', to: 'учитель' });
    expect(changeWords(field({ person: 'Орлов Пётр', class: '5А', to: 'Орлов Пётр' }), 'school')).toMatchObject({ subject: 'Орлов Пётр · 5А', field: null, to: 'добавлено' });
    expect(changeWords(field({ class: '5А', from: '5А' }), 'school').to).toBe('удалено');
  });

  it('stands under its day', () => {
    const now = Date.UTC(2026, 8, 2, 9);
    const days = byDay([entry([], { at: now }), entry([], { at: now - 3_600_000 }), entry([])], now);
    expect(days.map(({ title, entries }) => [title, entries.length])).toEqual([['Сегодня', 2], ['Вчера', 1]]);
  });

  it('is a row of a table for each of its fields', () => {
    const rows = tableRows([entry([field({ field: 'phone', to: '1' }), field({ field: 'inn', to: '2' })])], 'school');
    expect(rows).toHaveLength(3);
    expect(rows[1]!.slice(1)).toEqual(['Власов Сергей', 'Организация', 'телефон', 'не указано', '1']);
  });
});

describe('the pages', () => {
  let host: FakeHost;
  let journal: Journal;

  beforeEach(async () => {
    host = new FakeHost({ cabinet: { people: 50 } });
    const desk = new CabinetDesk(host, { offline: false });
    desk.watch();
    desk.open();
    await vi.waitFor(() => expect(desk.cabinet).not.toBeNull());
    journal = new Journal(host, desk);
    await journal.more();
  });

  it('go on to the beginning, each once', async () => {
    while (!journal.complete) await journal.more();
    expect(new Set(journal.entries.map(({ event }) => event)).size).toBe(140);
    expect(journal.entries).toHaveLength(140);
  });

  it('keep what is there when one does not come, and can be asked for again', async () => {
    host.failing = { journal: { code: 'noNetwork', retryAfter: null } };
    await journal.more();
    expect([journal.entries.length, journal.failed?.code, journal.eager]).toEqual([30, 'noNetwork', false]);
    host.failing = {};
    await journal.further();
    expect([journal.entries.length, journal.failed]).toEqual([60, null]);
  });

  it('are all in the table, as they are filtered', async () => {
    journal.kind = 'organisation';
    await journal.save();
    const { rows } = host.calls('save_table')[0] as { rows: string[][] };
    expect(journal.complete).toBe(true);
    expect(rows.slice(1).every((row) => row[2] === 'Организация')).toBe(true);
  });
});
