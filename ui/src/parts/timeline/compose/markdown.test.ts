import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { continueLines, hasMark, toggleLines, toggleMark, type Field, type Lines, type Mark } from './markdown';

/** «a [b] c» is a field in which «b» is selected; «a | c» one with a caret. */
function field(drawn: string): Field {
  const caret = drawn.indexOf('|');
  if (caret >= 0) return { text: drawn.replace('|', ''), start: caret, end: caret };
  const start = drawn.indexOf('[');
  return { text: drawn.replace('[', '').replace(']', ''), start, end: drawn.indexOf(']') - 1 };
}
function drawn({ text, start, end }: Field): string {
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`;
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}

describe('a mark', () => {
  it.each<[string, Mark, string]>([
    ['это [важно] всем', 'bold', 'это **[важно]** всем'],
    ['это **[важно]** всем', 'bold', 'это [важно] всем'],
    ['это [**важно**] всем', 'bold', 'это [важно] всем'],
    ['это [ важно ] всем', 'bold', 'это  **[важно]**  всем'],
    ['[курсив]', 'italic', '_[курсив]_'],
    ['кур[си]в', 'italic', 'кур*[си]*в'],
    ['кур*[си]*в', 'italic', 'кур[си]в'],
    ['**[жирный]**', 'italic', '**_[жирный]_**'],
    ['_**[оба]**_', 'italic', '**[оба]**'],
    ['***[оба]***', 'italic', '**[оба]**'],
    ['***[оба]***', 'bold', '*[оба]*'],
    ['[x = 2]', 'code', '`[x = 2]`'],
    ['[старое]', 'strike', '~~[старое]~~'],
    ['`a` [и] `b`', 'bold', '`a` **[и]** `b`'],
    ['[`a` и `b`]', 'bold', '**[`a` и `b`]**'],
    ['пусто |', 'bold', 'пусто **|**'],
    ['пусто **|**', 'bold', 'пусто |'],
    ['[раз\nдва]', 'bold', '[**раз**\n**два**]'],
    ['[**раз**\n**два**]', 'bold', '[раз\nдва]'],
    ['[- раз\n- **два**]', 'bold', '[- **раз**\n- **два**]'],
    ['[a = 1\nb = 2]', 'code', '```\n[a = 1\nb = 2]\n```'],
    ['```\n[a = 1\nb = 2]\n```', 'code', '[a = 1\nb = 2]'],
  ])('%j with %s is %j', (before, mark, after) => {
    expect(drawn(toggleMark(field(before), mark))).toBe(after);
  });

  it('is gone again after a second time, whatever was selected', () => {
    const words = fc.string({ unit: fc.constantFrom('а', 'б', 'z', '1', ' ', ',', '\n'), maxLength: 24 });
    fc.assert(
      fc.property(words, fc.nat(24), fc.nat(24), fc.constantFrom<Mark>('bold', 'italic', 'strike', 'code'), (text, a, b, mark) => {
        const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
        const once = toggleMark({ text, start, end }, mark);
        // A block of code stands on lines of its own; those stay.
        const lines = (value: string) => (mark === 'code' && text.slice(start, end).includes('\n') ? value.replaceAll('\n', '') : value);
        expect(lines(toggleMark(once, mark).text)).toBe(lines(text));
      }),
    );
  });

  it('is seen where all of the selection has it', () => {
    expect(hasMark(field('это **[важно]**'), 'bold')).toBe(true);
    expect(hasMark(field('это [**важно**]'), 'bold')).toBe(true);
    expect(hasMark(field('это **[важно]**'), 'italic')).toBe(false);
    expect(hasMark(field('[**важно** и нет]'), 'bold')).toBe(false);
  });
});

describe('lines', () => {
  it.each<[string, Lines, string]>([
    ['ра|з', 'quote', '> ра|з'],
    ['> ра|з', 'quote', 'ра|з'],
    ['нет\n[раз\nдва]\nнет', 'bullets', 'нет\n[- раз\n- два]\nнет'],
    ['[- раз\n- два]', 'bullets', '[раз\nдва]'],
    ['[- раз\n- два]', 'numbers', '[1. раз\n2. два]'],
    ['[раз\n\nдва]', 'numbers', '[1. раз\n\n2. два]'],
    ['|', 'bullets', '- |'],
    ['- |', 'bullets', '|'],
  ])('%j as %s are %j', (before, kind, after) => {
    expect(drawn(toggleLines(field(before), kind))).toBe(after);
  });
});

describe('a new line', () => {
  it.each([
    ['- раз|', '- раз\n- |'],
    ['9. раз|', '9. раз\n10. |'],
    ['2) раз|', '2) раз\n3) |'],
    ['> раз|', '> раз\n> |'],
    ['- р|аз', '- р\n- |аз'],
    ['- раз\n- |', '- раз\n|'],
  ])('after %j gives %j', (before, after) => {
    expect(drawn(continueLines(field(before))!)).toBe(after);
  });

  it('is nothing special elsewhere', () => {
    for (const before of ['раз|', '-раз|', '|- раз', '2024 год|', '- [раз]']) expect(continueLines(field(before))).toBeNull();
  });
});
