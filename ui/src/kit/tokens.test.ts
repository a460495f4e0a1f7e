import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COLOURS } from '../lib/colour';

const css = readFileSync('src/kit/tokens.css', 'utf8');
const read = (block: string) => Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1]!, m[2]!]));
const [shared = '', light = '', dark = ''] = css.split(/^:root[^{]*\{/m).slice(1);
const themes: [string, Record<string, string>][] = [
  ['light', { ...read(shared), ...read(light) }],
  ['dark', { ...read(shared), ...read(dark) }],
];

const pairs: [string, string][] = [
  ...['paper', 'paper-2', 'paper-3', 'sheet', 'own', 'board-soft'].flatMap((paper): [string, string][] => [
    ['ink', paper],
    ['ink-2', paper],
  ]),
  ...['paper', 'paper-2', 'paper-3', 'sheet'].map((paper): [string, string] => ['ink-3', paper]),
  ...['paper', 'paper-2', 'sheet', 'board-soft', 'own'].map((paper): [string, string] => ['board-text', paper]),
  ...['paper', 'paper-2', 'sheet', 'own'].map((paper): [string, string] => ['pen', paper]),
  ['own-ink-2', 'own'],
  ['board-ink', 'board'],
  ['board-ink', 'board-2'],
  ['marker-ink', 'marker'],
  ['pen-ink', 'pen'],
  ['ink', 'pen-soft'],
  ['paper', 'ink'],
  ...Array.from({ length: COLOURS }, (_, i): [string, string][] => [
    ['avatar-ink', `avatar-${i}`],
    [`name-${i}`, 'sheet'],
    [`name-${i}`, 'own'],
  ]).flat(),
];

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each(themes)('the %s theme', (_, tokens) => {
  it('has text that can be read everywhere it stands', () => {
    const weak = pairs.map(([ink, paper]) => ({ ink, paper, contrast: Number(contrast(tokens[ink]!, tokens[paper]!).toFixed(2)) })).filter((pair) => !(pair.contrast >= 4.5));
    expect(weak).toEqual([]);
  });
});
