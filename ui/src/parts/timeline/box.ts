// The room a picture takes, known before it has loaded.

import type { Media } from '../../host/host';
import { albumGrid } from './albums';
import type { Row } from './rows';

export interface Box {
  width: number;
  height: number;
}

const WIDEST = 360;
const TALLEST = 340;
const SMALLEST = 96;

export function pictureBox({ width, height }: Pick<Media, 'width' | 'height'>, widest = WIDEST, tallest = TALLEST): Box {
  if (!width || !height) return { width: Math.min(280, widest), height: Math.min(210, tallest) };
  const scale = Math.min(1, widest / width, tallest / height);
  return { width: Math.max(SMALLEST, Math.round(width * scale)), height: Math.max(SMALLEST, Math.round(height * scale)) };
}

const NO_SIZE = { width: null, height: null };
const LINE = 20;
const PER_LINE = 62;

/** A guess at the height of a row that has not been on screen yet. */
export function guessHeight(row: Row): number {
  if (row.kind === 'day') return 44;
  if (row.kind === 'unread') return 36;
  if (row.kind === 'start') return 56;
  if (row.kind === 'system') return row.lines.length < 3 ? 26 * row.lines.length : 34;
  if (row.kind === 'album') return (row.first ? 30 : 0) + 10 + albumGrid(row.pictures.map(({ message: { body } }) => ('media' in body ? body.media : NO_SIZE))).height;
  const { body, reply, reactions } = row.message;
  const around = (row.first ? 30 : 0) + (row.last ? 10 : 2) + (reply ? 52 : 0) + (reactions.length > 0 ? 34 : 0);
  if (body.kind === 'image' || body.kind === 'video') return around + 10 + pictureBox(body.media).height + (body.caption ? 32 : 0);
  if (body.kind === 'file' || body.kind === 'audio') return around + 68;
  if (body.kind === 'sticker') return around + 170;
  if (body.kind === 'poll') return around + 92 + body.poll.answers.length * 44;
  if (body.kind === 'text') return around + 16 + LINE * body.text.plain.split('\n').reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / PER_LINE)), 0);
  return around + 36;
}
