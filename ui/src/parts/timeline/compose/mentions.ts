// Who is named in a text. A name is «@» and words; it counts as long as the text still holds it.

import type { Found, Mention } from '../../../host/host';
import { verifiedName } from '../../../lib/badge';

/** Stands in for a person where everybody in the chat is meant. */
export const EVERYONE = '@room';

const LONGEST = 40;
const MOST_WORDS = 4;
const BEFORE = /[\p{L}\p{N}_@/.]/u;
const LETTER = /[\p{L}\p{N}]/u;
const PATRONYMIC = /(?:вич|вна|ична|оглы|кызы)$/i;

/** Those of the mentions that the text still holds; the longest name wins where two begin together. */
export function heldMentions(text: string, mentions: readonly Mention[]): Mention[] {
  const longestFirst = mentions.toSorted((a, b) => b.name.length - a.name.length);
  const held = new Set<string>();
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const found = longestFirst.find((mention) => namedAt(text, at, mention.name));
    for (const mention of mentions) if (mention.name === found?.name) held.add(mention.id);
  }
  return mentions.filter((mention) => held.has(mention.id));
}

/** Whether a whole name, not the beginning of a longer word, follows an «@». */
function namedAt(text: string, at: number, name: string): boolean {
  return text.startsWith(name, at + 1) && !LETTER.test(text[at + 1 + name.length] ?? '');
}

/** Whether everybody is called by hand, without the help of the list. */
export function callsEveryone(text: string, everyone: string): boolean {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) if (!BEFORE.test(text[at - 1] ?? '') && namedAt(text, at, everyone)) return true;
  return false;
}

export interface Asked {
  /** Where the «@» stands. */
  from: number;
  to: number;
  text: string;
}

/** The name that is being typed before the caret, if one is. */
export function askedName(text: string, caret: number, mentions: readonly Mention[]): Asked | null {
  const from = text.lastIndexOf('@', caret - 1);
  if (from < 0 || caret - from > LONGEST) return null;
  if (from > 0 && BEFORE.test(text[from - 1]!)) return null;
  const typed = text.slice(from + 1, caret);
  if (/^\s|\n|\s\s/.test(typed) || typed.split(' ').length > MOST_WORDS) return null;
  // A name that is already there is not asked for again.
  if (mentions.some((mention) => typed.startsWith(mention.name))) return null;
  return { from, to: caret, text: typed };
}

/** «Фамилия Имя», as one is named in a list; longer where that is somebody else already. */
export function spokenName(found: Found, mentions: readonly Mention[]): string {
  const whole = verifiedName(found.person, found.badge).trim().replace(/\s+/g, ' ');
  const taken = (name: string) => mentions.some((mention) => mention.name === name && mention.id !== found.person.id);
  const [first = '', second = '', third = '', more] = whole.split(' ');
  const short = more !== undefined || third === '' ? whole : PATRONYMIC.test(third) ? `${first} ${second}` : PATRONYMIC.test(second) ? `${third} ${first}` : whole;
  const names = [short, whole, `${whole} ${found.badge?.classes[0] ?? ''}`.trim()];
  return names.find((name) => !taken(name)) ?? `${whole} (${found.person.id.slice(1)})`;
}
