import { expect, it } from 'vitest';
import { Selection } from './selection.svelte';

const SHOWN = ['a', 'b', 'c', 'd', 'e'];

it('takes a run from the row that was touched last, either way', () => {
  const selection = new Selection();
  selection.toggle('d');
  selection.extend('b', SHOWN);
  expect([...selection.ids].sort()).toEqual(['b', 'c', 'd']);
  selection.extend('e', SHOWN);
  expect([...selection.ids].sort()).toEqual(['b', 'c', 'd', 'e']);
});

it('takes one row where the run begins at none that is shown', () => {
  const selection = new Selection();
  selection.toggle('x');
  selection.extend('b', SHOWN);
  expect([...selection.ids].sort()).toEqual(['b', 'x']);
});

it('flips what is shown and leaves the rest', () => {
  const selection = new Selection();
  selection.toggle('x');
  selection.flip(SHOWN);
  expect(selection.size).toBe(6);
  selection.flip(SHOWN);
  expect([...selection.ids]).toEqual(['x']);
});

it('drops those who are gone', () => {
  const selection = new Selection();
  selection.all(SHOWN);
  selection.keep((id) => id !== 'c');
  expect(selection.has('c')).toBe(false);
  expect(selection.size).toBe(4);
});
