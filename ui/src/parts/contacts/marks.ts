// Texts of a person with the parts that answer what was typed.

import type { ContactHit, ContactMark, ContactPlace } from '../../host/host';
import { badgeWords, roleWord, verifiedName } from '../../lib/badge';
import { t } from '../../lib/i18n.svelte';

export interface Piece {
  text: string;
  hit: boolean;
}

/** As many as `badgeWords` names. */
const NAMED = 3;
const plain = (text: string): Piece => ({ text, hit: false });

/** A text cut at its marks; whatever lies outside of it marks nothing. */
export function cut(text: string, marks: readonly Pick<ContactMark, 'start' | 'end'>[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of marks.slice().sort((a, b) => a.start - b.start)) {
    const [from, to] = [Math.max(at, start), Math.min(text.length, end)];
    if (from >= to) continue;
    if (from > at) pieces.push(plain(text.slice(at, from)));
    pieces.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < text.length || pieces.length === 0) pieces.push(plain(text.slice(at)));
  return pieces;
}

export function namePieces(hit: ContactHit): Piece[] {
  return cut(verifiedName(hit.person, hit.badge), of(hit, 'name', 0));
}

/** «завуч · физика · классный руководитель 5А»: the words of a badge. What answers is named, however far down a list it stands. */
export function badgePieces(hit: ContactHit): Piece[] {
  const { badge, marks } = hit;
  if (!badge) return [];
  // Most rows of a list answer by the name alone.
  if (!marks.some(({ place }) => place !== 'name')) return [plain(badgeWords(badge))];
  const words: Piece[][] = [badge.position === null ? [plain(roleWord(badge))] : cut(badge.position, of(hit, 'position', 0))];
  if (badge.subjects.length > 0) words.push(some(hit, 'subject', badge.subjects.map((text, index) => ({ text, index }))));
  const classes = badge.classes.map((text, index) => ({ text, index }));
  const own = badge.homeroom.map((text) => ({ text, index: badge.classes.indexOf(text) }));
  const others = classes.filter(({ text }) => !badge.homeroom.includes(text));
  if (own.length > 0) {
    const [before, after = ''] = t(`badge_homeroom_${badge.organisation}`).split('{classes}');
    words.push([plain(before!), ...some(hit, 'class', own), plain(after)]);
    const found = others.filter(({ index }) => of(hit, 'class', index).length > 0);
    if (found.length > 0) words.push(some(hit, 'class', found));
  } else if (others.length > 0) words.push(some(hit, 'class', others));
  return joined(words, ' · ');
}

interface Named {
  text: string;
  index: number;
}

function some(hit: ContactHit, place: ContactPlace, list: Named[]): Piece[] {
  const marked = (one: Named) => of(hit, place, one.index).length > 0;
  const named = list.length > NAMED ? [...list.filter(marked), ...list.filter((one) => !marked(one))].slice(0, NAMED) : list;
  const pieces = joined(named.map(({ text, index }) => cut(text, of(hit, place, index))), ', ');
  return list.length > NAMED ? [...pieces, plain(` ${t('badge_more', { n: list.length - NAMED })}`)] : pieces;
}

const of = (hit: ContactHit, place: ContactPlace, index: number) => hit.marks.filter((mark) => mark.place === place && mark.index === index);

function joined(parts: Piece[][], between: string): Piece[] {
  return parts.flatMap((part, i) => (i === 0 ? part : [plain(between), ...part]));
}
