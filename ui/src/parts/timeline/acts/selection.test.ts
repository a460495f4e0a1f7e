import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { message, words } from '../../../../test/sample-items';
import { PEOPLE } from '../../../../test/sample-people';
import type { Message } from '../../../host/host';
import { buildRows, type MessageRow } from '../rows';
import { Selection } from './selection.svelte';

const said = (n: number, more: (i: number) => Partial<Message> = () => ({})) => buildRows(Array.from({ length: n }, (_, i) => message(PEOPLE[0]!, i, words(String(i)), { event: `$${i}`, ...more(i) })).map((item) => ({ key: item.id, item }))) as MessageRow[];
const chosen = (selection: Selection) => selection.rows.map((row) => (row.message.body.kind === 'text' ? row.message.body.text.plain : '')).join(' ');

describe('a selection', () => {
  it('is in the order of the conversation, whatever was chosen first', () => {
    const rows = said(5);
    const selection = new Selection(() => rows);
    [3, 1, 4, 1].forEach((i) => selection.toggle(rows[i]!));
    expect(chosen(selection)).toBe('3 4');
  });

  it('stretches from where it began, and back again', () => {
    const rows = said(8);
    const selection = new Selection(() => rows);
    selection.toggle(rows[0]!);
    selection.toggle(rows[3]!);
    selection.stretch(rows[6]!);
    expect(chosen(selection)).toBe('0 3 4 5 6');
    selection.stretch(rows[2]!);
    expect(chosen(selection)).toBe('0 2 3');
  });

  it('grows with an arrow from the message one stands on', () => {
    const rows = said(5);
    const selection = new Selection(() => rows);
    selection.step(rows[2]!, 1);
    selection.step(rows[3]!, 1);
    expect(chosen(selection)).toBe('2 3 4');
    selection.step(rows[4]!, -1);
    expect(chosen(selection)).toBe('2 3');
  });

  it('leaves out what has not been sent and what is deleted', () => {
    const rows = said(4, (i) => (i === 1 ? { event: null } : i === 2 ? { body: { kind: 'deleted' } } : {}));
    const selection = new Selection(() => rows);
    selection.toggle(rows[0]!);
    selection.stretch(rows[3]!);
    selection.toggle(rows[1]!);
    expect(chosen(selection)).toBe('0 3');
  });

  it('loses a message that is deleted while it is chosen', () => {
    let rows = said(3);
    const selection = new Selection(() => rows);
    rows.forEach((row) => selection.toggle(row));
    rows = said(3, (i) => (i === 1 ? { body: { kind: 'deleted' } } : {}));
    selection.toggle(rows[0]!);
    expect(chosen(selection)).toBe('2');
  });

  it('is always one unbroken range after one stretch', () => {
    fc.assert(
      fc.property(fc.nat(19), fc.array(fc.nat(19), { minLength: 1, maxLength: 6 }), (from, tos) => {
        const rows = said(20);
        const selection = new Selection(() => rows);
        selection.toggle(rows[from]!);
        tos.forEach((to) => selection.stretch(rows[to]!));
        const last = tos.at(-1)!;
        const range = Array.from({ length: Math.abs(last - from) + 1 }, (_, i) => Math.min(from, last) + i);
        expect(chosen(selection)).toBe(range.join(' '));
      }),
    );
  });
});
