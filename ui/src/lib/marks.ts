// The parts of a text that answer what was typed.

import { fold } from './match';

/** In UTF-16 units. */
export interface Mark {
  start: number;
  end: number;
}

export interface MarkedPiece {
  text: string;
  hit: boolean;
}

/** The whole text in pieces; marks that overlap or lie outside of it do no harm. */
export function marked(text: string, marks: readonly Mark[]): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let at = 0;
  for (const { start, end } of [...marks].sort((a, b) => a.start - b.start)) {
    const from = Math.max(at, start);
    const to = Math.min(text.length, end);
    if (to <= from) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), hit: false });
    pieces.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

/** The beginnings of a name's words that were typed, as `score` finds them. */
export function marksOf(name: string, query: string): Mark[] {
  const parts = fold(query).split(' ').filter(Boolean);
  return [...name.matchAll(/[\p{L}\p{N}]+/gu)].flatMap(({ 0: word, index }) => {
    const folded = fold(word);
    const fits = parts.filter((part) => folded.startsWith(part)).map(({ length }) => length);
    return fits.length > 0 && folded.length === word.length ? [{ start: index, end: index + Math.max(...fits) }] : [];
  });
}
