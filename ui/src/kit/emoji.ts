// Every emoji with its Russian and English names, to pick one by looking or by word. The data set is fetched when a
// picker first opens and boiled down to what is shown, since whole it would weigh several megabytes in memory.

import { fold } from '../lib/match';

export const GROUPS = ['smileys', 'people', 'nature', 'food', 'travel', 'activities', 'objects', 'symbols', 'flags'] as const;
export type EmojiGroup = (typeof GROUPS)[number];

export interface Emoji {
  char: string;
  ru: string;
  en: string;
  group: EmojiGroup;
  /** Folded names, each word after a space. */
  names: string;
  /** Folded names and everything else it may be looked for by. */
  words: string;
}

interface RussianEntry {
  hexcode: string;
  label: string;
  tags?: string[];
}

interface EnglishEntry extends RussianEntry {
  emoji: string;
  text: string;
  /** Absent for parts of emoji, which are none themselves. */
  group?: number;
  order?: number;
  /** The version of the emoji standard that brought it. */
  version: number;
}

/** The groups by their numbers in the data; skin tones and hair are not picked on their own. */
const BY_NUMBER: Record<number, EmojiGroup> = { 0: 'smileys', 1: 'people', 3: 'nature', 4: 'food', 5: 'travel', 6: 'activities', 7: 'objects', 8: 'symbols', 9: 'flags' };

/** Makes the list in the order of the standard, without what is newer than the fonts here can draw. */
export function boilDown(russian: RussianEntry[], english: EnglishEntry[], newest = Infinity): Emoji[] {
  const translated = new Map(russian.map((entry) => [entry.hexcode, entry]));
  return english
    .filter((entry) => entry.version <= newest && BY_NUMBER[entry.group ?? -1] !== undefined)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((entry) => {
      const ru = translated.get(entry.hexcode) ?? entry;
      const names = ` ${fold(ru.label)} ${fold(entry.label)}`;
      const tags = [...(ru.tags ?? []), ...(entry.tags ?? [])].map(fold).join(' ');
      return { char: entry.emoji, ru: ru.label, en: entry.label, group: BY_NUMBER[entry.group!]!, names, words: `${names} ${tags}` };
    });
}

/** Finds emoji by the beginnings of words in either language; a fitting name comes before a fitting keyword. */
export function findEmoji(all: readonly Emoji[], query: string): Emoji[] {
  const parts = fold(query).split(' ');
  const found = rank(all, parts);
  // Another ending of the same word: «сердечки», «котика».
  return found.length > 0 ? found : rank(all, parts.map((part) => (part.length > 4 ? part.slice(0, -2) : part)));
}

function rank(all: readonly Emoji[], parts: string[]): Emoji[] {
  const has = (where: string) => parts.every((part) => where.includes(` ${part}`));
  const named: Emoji[] = [];
  const tagged: Emoji[] = [];
  for (const emoji of all) if (has(emoji.words)) (has(emoji.names) ? named : tagged).push(emoji);
  return [...named, ...tagged];
}

let loading: Promise<Emoji[]> | null = null;

export function loadEmoji(): Promise<Emoji[]> {
  loading ??= fetchAll().catch((thrown: unknown) => {
    loading = null;
    throw thrown;
  });
  return loading;
}

async function fetchAll(): Promise<Emoji[]> {
  const [ru, en] = await Promise.all([import('emojibase-data/ru/compact.json?url'), import('emojibase-data/en/data.json?url')]);
  const [russian, english] = await Promise.all([fetchJson<RussianEntry[]>(ru.default), fetchJson<EnglishEntry[]>(en.default)]);
  return boilDown(russian, english, newestDrawn());
}

async function fetchJson<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`emoji ${answer.status}`);
  return (await answer.json()) as T;
}

/** One emoji of each version of the standard. */
const SAMPLES: [version: number, sample: string][] = [
  [17, '🫪'],
  [16, '🫩'],
  [15.1, '🙂‍↔️'],
  [15, '🫨'],
  [14, '🫠'],
  [13, '🥲'],
  [12, '🥱'],
];

/** The newest version that the fonts of this system draw in colour; with no colour font at all, everything is shown. */
function newestDrawn(): number {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 24;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  if (!brush) return Infinity;
  brush.font = '16px system-ui, sans-serif';
  brush.textBaseline = 'top';
  brush.fillStyle = '#f00';
  const whole = brush.measureText('🙂').width * 1.5;
  for (const [version, sample] of SAMPLES) {
    brush.clearRect(0, 0, 24, 24);
    brush.fillText(sample, 0, 2);
    const pixels = brush.getImageData(0, 0, 24, 24).data;
    let coloured = false;
    for (let i = 0; i < pixels.length && !coloured; i += 4) coloured = pixels[i + 3]! > 0 && pixels[i + 1]! > 40;
    if (coloured && brush.measureText(sample).width <= whole) return version;
  }
  return Infinity;
}

/** A row of the picker: a heading, or as many emoji as fit beside each other. */
export type EmojiRow = { kind: 'title'; section: string } | { kind: 'cells'; section: string; from: number; emoji: Emoji[] };

export function emojiRows(sections: { section: string; emoji: Emoji[] }[], columns: number): EmojiRow[] {
  const rows: EmojiRow[] = [];
  let from = 0;
  for (const { section, emoji } of sections) {
    if (emoji.length === 0) continue;
    rows.push({ kind: 'title', section });
    for (let i = 0; i < emoji.length; i += columns) {
      const cells = emoji.slice(i, i + columns);
      rows.push({ kind: 'cells', section, from, emoji: cells });
      from += cells.length;
    }
  }
  return rows;
}

/** Where an arrow leads from the cell at `at`; the first arrow of all leads to the first cell. */
export function stepEmoji(rows: readonly EmojiRow[], at: number, key: string): number {
  const lines = rows.filter((row) => row.kind === 'cells');
  const last = lines.at(-1);
  if (!last) return -1;
  const end = last.from + last.emoji.length - 1;
  if (at < 0) return 0;
  if (key === 'ArrowRight') return Math.min(end, at + 1);
  if (key === 'ArrowLeft') return Math.max(0, at - 1);
  const line = lines.findIndex((row) => at < row.from + row.emoji.length);
  const next = lines[line + (key === 'ArrowDown' ? 1 : -1)];
  return next ? next.from + Math.min(at - lines[line]!.from, next.emoji.length - 1) : at;
}
