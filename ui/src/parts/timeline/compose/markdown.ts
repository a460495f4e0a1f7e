// What the keys of formatting do to a field: they wrap and unwrap Markdown, so that the text stays plain to see and edit.

/** A field and what is selected in it. */
export interface Field {
  text: string;
  start: number;
  end: number;
}

export type Mark = 'bold' | 'italic' | 'strike' | 'code';
export type Lines = 'quote' | 'bullets' | 'numbers';

const MARKS: [Mark, string][] = [
  ['bold', '**'],
  ['strike', '~~'],
  ['italic', '*'],
  ['italic', '_'],
  ['code', '`'],
];
const SIGN: Record<Mark, string> = { bold: '**', strike: '~~', italic: '_', code: '`' };
/** What begins a line without being its words: a quote, a bullet, a number. */
const LEAD = /^\s*(?:(?:>|[-*+]|\d{1,9}[.)])\s+)*/;
const LETTER = /[\p{L}\p{N}]/u;

/** Wraps what is selected, or takes the wrapping away where it is already there. */
export function toggleMark(field: Field, mark: Mark): Field {
  const { text, start, end } = field;
  const selected = text.slice(start, end);
  if (selected.includes('\n')) return mark === 'code' ? toggleBlock(field) : toggleEachLine(field, mark);
  const inner = shrink(text, start, end);
  const around = layers(text, inner.start, inner.end);
  const layer = around.find((one) => one.mark === mark);
  if (layer) return unwrap(text, inner, layer);
  const { start: from, end: to } = start === end ? { start, end } : inner;
  // An underscore inside a word is a letter to Markdown.
  const inWord = mark === 'italic' && (LETTER.test(text[from - 1] ?? '') || LETTER.test(text[to] ?? ''));
  const sign = inWord ? '*' : SIGN[mark];
  return { text: text.slice(0, from) + sign + text.slice(from, to) + sign + text.slice(to), start: from + sign.length, end: to + sign.length };
}

/** Whether all that is selected is wrapped so. */
export function hasMark(field: Field, mark: Mark): boolean {
  const { start, end } = shrink(field.text, field.start, field.end);
  return start < end && layers(field.text, start, end).some((layer) => layer.mark === mark);
}

interface Layer {
  mark: Mark;
  sign: string;
  /** How far its outer edge is from the words. */
  depth: number;
}

/** The wrappings of a piece of text, from the inside. */
function layers(text: string, start: number, end: number): Layer[] {
  const found: Layer[] = [];
  let depth = 0;
  for (;;) {
    const next = MARKS.find(([, sign]) => start - depth >= sign.length && text.startsWith(sign, start - depth - sign.length) && text.startsWith(sign, end + depth));
    if (!next) return found;
    depth += next[1].length;
    found.push({ mark: next[0], sign: next[1], depth });
  }
}

function unwrap(text: string, { start, end }: { start: number; end: number }, { sign, depth }: Layer): Field {
  const left = start - depth;
  const right = end + depth - sign.length;
  return {
    text: text.slice(0, left) + text.slice(left + sign.length, right) + text.slice(right + sign.length),
    start: start - sign.length,
    end: end - sign.length,
  };
}

/** Leaves spaces and whole wrappings at the edges out of a selection: Markdown takes no mark beside a space. */
function shrink(text: string, start: number, end: number): { start: number; end: number } {
  if (start === end || text.slice(start, end).trim() === '') return { start, end };
  for (;;) {
    while (/\s/.test(text[start]!)) start++;
    while (/\s/.test(text[end - 1]!)) end--;
    const selected = text.slice(start, end);
    const sign = MARKS.find(([, one]) => selected.length > 2 * one.length && selected.startsWith(one) && selected.endsWith(one) && !selected.slice(one.length, -one.length).includes(one))?.[1];
    if (!sign) return { start, end };
    start += sign.length;
    end -= sign.length;
  }
}

/** Marks do not reach over the end of a paragraph, so each line gets its own. */
function toggleEachLine(field: Field, mark: Mark): Field {
  const parts = field.text.slice(field.start, field.end).split('\n').map((line) => {
    const lead = LEAD.exec(line)![0].length;
    return { lead: line.slice(0, lead), line: { text: line.slice(lead), start: 0, end: line.length - lead } };
  });
  const worded = parts.filter(({ line }) => line.text.trim() !== '');
  const off = worded.length > 0 && worded.every(({ line }) => hasMark(line, mark));
  const changed = parts.map(({ lead, line }) => lead + (line.text.trim() !== '' && hasMark(line, mark) === off ? toggleMark(line, mark).text : line.text)).join('\n');
  return { text: field.text.slice(0, field.start) + changed + field.text.slice(field.end), start: field.start, end: field.start + changed.length };
}

/** Code of many lines stands in a block of its own. */
function toggleBlock({ text, start, end }: Field): Field {
  const open = '```\n';
  const close = '\n```';
  if (text.slice(0, start).endsWith(open) && text.startsWith(close, end)) {
    return { text: text.slice(0, start - open.length) + text.slice(start, end) + text.slice(end + close.length), start: start - open.length, end: end - open.length };
  }
  const before = start === 0 || text[start - 1] === '\n' ? '' : '\n';
  const after = end === text.length || text[end] === '\n' ? '' : '\n';
  const from = start + before.length + open.length;
  return { text: text.slice(0, start) + before + open + text.slice(start, end) + close + after + text.slice(end), start: from, end: from + end - start };
}

const LINE: Record<Lines, { is: RegExp; sign: (n: number) => string }> = {
  quote: { is: /^>\s?/, sign: () => '> ' },
  bullets: { is: /^[-*+]\s+/, sign: () => '- ' },
  numbers: { is: /^\d{1,9}[.)]\s+/, sign: (n) => `${n}. ` },
};

/** Makes a quote or a list of the lines that the selection touches, or plain lines of it again. */
export function toggleLines({ text, start, end }: Field, kind: Lines): Field {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end) === -1 ? text.length : text.indexOf('\n', end);
  const lines = text.slice(from, to).split('\n');
  const { is, sign } = LINE[kind];
  const off = lines.every((line) => is.test(line) || (line.trim() === '' && lines.length > 1)) && lines.some((line) => is.test(line));
  const other = kind === 'bullets' ? LINE.numbers.is : kind === 'numbers' ? LINE.bullets.is : null;
  let n = 0;
  const made = lines.map((line) => {
    if (off) return line.replace(is, '');
    if (line.trim() === '' && lines.length > 1) return line;
    n++;
    return sign(n) + line.replace(is, '').replace(other ?? is, '');
  });
  const changed = made.join('\n');
  const whole = text.slice(0, from) + changed + text.slice(to);
  if (start !== end) return { text: whole, start: from, end: from + changed.length };
  const caret = Math.max(from, start + changed.length - (to - from));
  return { text: whole, start: caret, end: caret };
}

export function hasLines({ text, start, end }: Field, kind: Lines): boolean {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const lines = text.slice(from, end).split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => LINE[kind].is.test(line));
}

/** What a new line inside a quote or a list does: it begins the next item, and on an empty one it ends the list. */
export function continueLines({ text, start, end }: Field): Field | null {
  if (start !== end) return null;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(from, start);
  const item = /^(\s*)(>|[-*+]|(\d{1,8})([.)]))(\s+)/.exec(line);
  if (!item) return null;
  const [lead, indent = '', sign = '', number, dot = ''] = item;
  const after = text.slice(start);
  if (line.length === lead.length && (after === '' || after.startsWith('\n'))) {
    return { text: text.slice(0, from) + after, start: from, end: from };
  }
  const next = `\n${indent}${number === undefined ? sign : `${Number(number) + 1}${dot}`} `;
  return { text: text.slice(0, start) + next + after, start: start + next.length, end: start + next.length };
}
