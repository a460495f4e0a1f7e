import { tick } from 'svelte';
import { expect, test, vi } from 'vitest';
import { RowKeys } from './rowKeys.svelte';
import { Selection } from './selection.svelte';

function table(shown: string[]) {
  const rows = { selection: new Selection(), shown };
  const show = vi.fn();
  return { rows, show, keys: new RowKeys(() => rows, show) };
}
const key = (name: string, more: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key: name, cancelable: true, ...more });

test('the arrows go from row to row and stop at the ends', () => {
  const { keys, show } = table(['a', 'b', 'c']);
  expect(keys.step(key('ArrowDown'))).toBe(true);
  expect(show).toHaveBeenLastCalledWith('b', 1);
  keys.step(key('End'));
  keys.step(key('ArrowDown'));
  expect(keys.reachable).toBe('c');
  keys.step(key('PageUp'));
  expect(keys.reachable).toBe('a');
});

test('two presses before a frame are two steps', () => {
  const { keys, rows } = table(['a', 'b', 'c', 'd']);
  keys.press(key(' '), true);
  keys.press(key('ArrowDown', { shiftKey: true }), true);
  keys.press(key('ArrowDown', { shiftKey: true }), true);
  expect([...rows.selection.ids]).toEqual(['a', 'b', 'c']);
});

test('Shift and an arrow begin a run where the keyboard is', () => {
  const { keys, rows } = table(['a', 'b', 'c']);
  keys.focus('b');
  keys.step(key('ArrowDown', { shiftKey: true }));
  expect([...rows.selection.ids]).toEqual(['b', 'c']);
});

test('Space chooses on a row only, and other keys are left to others', () => {
  const { keys, rows } = table(['a', 'b']);
  keys.press(key(' '), false);
  keys.press(key('a', { ctrlKey: true }), true);
  keys.press(key('ArrowDown', { altKey: true }), true);
  expect(rows.selection.size).toBe(0);
  expect(keys.reachable).toBe('a');
});

test('a row that went away gives the first one to Tab', () => {
  const { keys } = table(['a', 'b']);
  keys.focus('z');
  expect(keys.reachable).toBe('a');
  keys.at = 'z';
  expect(keys.reachable).toBe('a');
  expect(table([]).keys.reachable).toBeUndefined();
});

test('a box shows what is chosen, also after a click that changes nothing', async () => {
  const { keys, rows } = table(['a', 'b']);
  keys.choose('a', false);
  const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: false });
  keys.choose('a', true, box);
  await tick();
  expect(rows.selection.has('a')).toBe(true);
  expect(box.checked).toBe(true);
});
