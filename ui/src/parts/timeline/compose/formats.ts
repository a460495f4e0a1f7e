// The keys of formatting, by their place on the keyboard, so that they work in every layout.

import { isMac } from '../../../lib/keys';
import type { Lines, Mark } from './markdown';

export type Format = Mark | Lines;

const KEYS: Record<Format, { code: string; shift: boolean; shown: string }> = {
  bold: { code: 'KeyB', shift: false, shown: 'B' },
  italic: { code: 'KeyI', shift: false, shown: 'I' },
  code: { code: 'KeyE', shift: false, shown: 'E' },
  strike: { code: 'KeyX', shift: true, shown: 'X' },
  quote: { code: 'Period', shift: true, shown: '.' },
  numbers: { code: 'Digit7', shift: true, shown: '7' },
  bullets: { code: 'Digit8', shift: true, shown: '8' },
};

export const FORMATS: readonly Format[] = ['bold', 'italic', 'strike', 'code', 'quote', 'bullets', 'numbers'];

export function formatOf(event: KeyboardEvent): Format | null {
  if (!(isMac ? event.metaKey : event.ctrlKey) || event.altKey) return null;
  return FORMATS.find((format) => KEYS[format].code === event.code && KEYS[format].shift === event.shiftKey) ?? null;
}

/** «Ctrl Shift X» */
export function formatKeys(format: Format): string {
  const { shift, shown } = KEYS[format];
  return isMac ? `⌘${shift ? '⇧' : ''}${shown}` : `Ctrl ${shift ? 'Shift ' : ''}${shown}`;
}
