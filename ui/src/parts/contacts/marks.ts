// Texts of a person with the parts that answer what was typed.

import type { ContactHit, ContactPlace } from '../../host/host';
import { badgeWords, roleWord } from '../../lib/badge';
import { t } from '../../lib/i18n.svelte';
import { marked, type Mark, type MarkedPiece } from '../../lib/marks';

/** As many as `badgeWords` names. */
const NAMED = 3;
const plain = (text: string): MarkedPiece => ({ text, hit: false });

/** What of the name that is shown answers. */
export function nameMarks(hit: ContactHit): Mark[] {
  return of(hit, 'name', 0);
}

/** «завуч · физика · классный руководитель 5А»: the words of a badge. What answers is named, however far down a list it stands. */
export function badgePieces(hit: ContactHit): MarkedPiece[] {
  const { badge, marks } = hit;
  if (!badge) return [];
  // Most rows of a list answer by the name alone.
  if (!marks.some(({ place }) => place !== 'name')) return [plain(badgeWords(badge))];
  const words: MarkedPiece[][] = [badge.position === null ? [plain(roleWord(badge))] : marked(badge.position, of(hit, 'position', 0))];
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

function some(hit: ContactHit, place: ContactPlace, list: Named[]): MarkedPiece[] {
  const answers = (one: Named) => of(hit, place, one.index).length > 0;
  const named = list.length > NAMED ? [...list.filter(answers), ...list.filter((one) => !answers(one))].slice(0, NAMED) : list;
  const pieces = joined(named.map(({ text, index }) => marked(text, of(hit, place, index))), ', ');
  return list.length > NAMED ? [...pieces, plain(` ${t('badge_more', { n: list.length - NAMED })}`)] : pieces;
}

const of = (hit: ContactHit, place: ContactPlace, index: number) => hit.marks.filter((mark) => mark.place === place && mark.index === index);

function joined(parts: MarkedPiece[][], between: string): MarkedPiece[] {
  return parts.flatMap((part, i) => (i === 0 ? part : [plain(between), ...part]));
}
