// The letters on an avatar.

const NOT_A_WORD = /[^\p{L}\p{N}]+/gu;
/** A class: 5 «А», 5А, 11-Б. */
const CLASS = /^(\d{1,2})[\s«"'-]*(\p{L})(?!\p{L})/u;
const NUMBERED = /^(\p{L})\p{L}*\s*№\s*(\d)/u;

/** A scroll asks for the same few people again and again. */
const known = new Map<string, string>();
const MOST = 500;

/** Two letters of a name; those of a class («5А») or a numbered school («Ш1») where the name begins so. */
export function initials(name: string): string {
  let letters = known.get(name);
  if (letters === undefined) {
    if (known.size >= MOST) known.clear();
    known.set(name, (letters = lettersOf(name)));
  }
  return letters;
}

function lettersOf(name: string): string {
  const clean = name.normalize('NFC').trim();
  const schoolClass = CLASS.exec(clean);
  if (schoolClass) return (schoolClass[1]! + schoolClass[2]!).toUpperCase();
  const numbered = NUMBERED.exec(clean);
  if (numbered) return (numbered[1]! + numbered[2]!).toUpperCase();
  const words = clean.replace(NOT_A_WORD, ' ').trim().split(' ').filter(Boolean);
  const [first, second] = words;
  if (!first) return '';
  if (!second) return firstLetter(first).toUpperCase() + Array.from(first).slice(1, 2).join('').toLowerCase();
  return (firstLetter(first) + firstLetter(second)).toUpperCase();
}

function firstLetter(word: string): string {
  return Array.from(word)[0] ?? '';
}
