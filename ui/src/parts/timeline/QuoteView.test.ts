import { mount, unmount } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import type { Person, Quote } from '../../host/host';
import { setActions, type Actions } from './actions';
import QuoteView from './QuoteView.svelte';

let quoted: Record<string, unknown>;
const jumps: string[] = [];
afterEach(() => unmount(quoted));

/** A quote within a conversation, which gives it what it may ask for. */
function show(sender: Person | null): HTMLButtonElement {
  const quote: Quote = { event: '$1', sender, preview: { kind: 'text', text: 'Скиньте на экскурсию по этому номеру' } };
  const within = ((...args: Parameters<typeof QuoteView>) => (setActions({ jump: (event) => jumps.push(event) } as Partial<Actions> as Actions), QuoteView(...args))) as typeof QuoteView;
  quoted = mount(within, { target: document.body, props: { quote }, context: new Map() });
  return document.querySelector('button')!;
}
const person = (mark: Person['mark']): Person => ({ id: '@w:other', name: 'Мария Петровна Щукина', avatar: null, mark });

it.each([
  ['staff', 'Мария Петровна Щукина'],
  ['outsider', 'Мария Петровна Щукина (не из организации)'],
  ['imitates', 'Мария Петровна Щукина (не из организации)'],
] as const)('names whose words it quotes, of mark %s', (mark, name) => {
  const quote = show(person(mark));
  expect(quote.querySelector('b')!.textContent).toBe(name);
  expect(quote.textContent).toContain('Скиньте на экскурсию');
});

it('cuts a long name and not what stands behind it', () => {
  const name = show({ ...person('imitates'), name: 'Мария Петровна Щукина, учитель '.repeat(9) }).querySelector('.ellipsis')!;
  expect(name.textContent).not.toContain('не из организации');
  expect(name.nextElementSibling!.textContent).toContain('не из организации');
});

it('leads to what it quotes, whoever said it', () => {
  show(null).click();
  expect(jumps).toEqual(['$1']);
});
