// What is done to a text area from outside, and where things stand in it.

import type { Field } from './markdown';

/** Gives a field another text as if it had been typed, so that Ctrl+Z takes it back. */
export function applyEdit(area: HTMLTextAreaElement, next: Field): void {
  const now = area.value;
  const shorter = Math.min(now.length, next.text.length);
  let from = 0;
  while (from < shorter && now[from] === next.text[from]) from++;
  let tail = 0;
  while (tail < shorter - from && now[now.length - 1 - tail] === next.text[next.text.length - 1 - tail]) tail++;
  area.focus({ preventScroll: true });
  if (now !== next.text) {
    area.setSelectionRange(from, now.length - tail);
    const piece = next.text.slice(from, next.text.length - tail);
    // Deprecated in name only: nothing else writes into the history of undoing.
    document.execCommand(piece === '' ? 'delete' : 'insertText', false, piece);
    if (area.value !== next.text) {
      area.value = next.text;
      area.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  }
  area.setSelectionRange(next.start, next.end);
}

/** Puts a piece of text where the caret is. */
export function insertText(area: HTMLTextAreaElement, piece: string): void {
  const { value, selectionStart, selectionEnd } = area;
  const caret = selectionStart + piece.length;
  applyEdit(area, { text: value.slice(0, selectionStart) + piece + value.slice(selectionEnd), start: caret, end: caret });
}

const COPIED = ['fontFamily', 'fontSize', 'fontWeight', 'letterSpacing', 'lineHeight', 'paddingTop', 'paddingRight', 'paddingBottom', 'paddingLeft', 'wordSpacing', 'tabSize', 'direction', 'textAlign'] as const;

/** Where a piece of the text stands in the window. A text area does not tell, so its text is laid out once more, unseen. */
export function placeOf(area: HTMLTextAreaElement, start: number, end: number): DOMRect {
  const copy = document.createElement('div');
  const style = getComputedStyle(area);
  for (const name of COPIED) copy.style[name] = style[name];
  copy.style.cssText += ';position:absolute;visibility:hidden;top:0;left:0;box-sizing:border-box;white-space:pre-wrap;overflow-wrap:break-word;';
  copy.style.width = `${area.clientWidth}px`;
  const piece = document.createElement('span');
  piece.textContent = area.value.slice(start, end) || '\u200b';
  copy.append(area.value.slice(0, start), piece, area.value.slice(end));
  document.body.append(copy);
  const box = area.getBoundingClientRect();
  const inside = piece.getBoundingClientRect();
  const first = piece.getClientRects()[0] ?? inside;
  copy.remove();
  const top = box.top + inside.top - area.scrollTop;
  const many = inside.height > first.height * 1.5;
  return new DOMRect(box.left + (many ? inside.left : first.left), top, many ? inside.width : first.width, inside.height);
}
