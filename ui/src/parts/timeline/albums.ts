// Which pictures stand together, and where each stands in the grid. Pure.

import type { Media, Message } from '../../host/host';

/** Between two pictures of one album. */
export const ALBUM_PAUSE = 60_000;
export const ALBUM_MOST = 10;
export const ALBUM_WIDTH = 400;
const GAP = 3;
const MOST_IN_LINE = 3;
/** Lines of about this height look like a page of photographs. */
const LINE = 150;
const TALLEST = 520;
const NARROW = 0.6;
const WIDE = 1.9;

/** Whether a message goes on with the pictures above it. */
export function joinsAlbum(above: readonly Message[], next: Message): boolean {
  const last = above.at(-1);
  if (!last || above.length >= ALBUM_MOST || !above.every(standsTogether) || !standsTogether(next)) return false;
  if (next.sender.id !== last.sender.id || Math.abs(next.at - last.at) > ALBUM_PAUSE) return false;
  // One caption, at one of the ends: any other belongs to its own picture.
  const said = above.findIndex(captioned);
  return said === -1 || (said === 0 && !captioned(next));
}

function standsTogether({ body, reactions, reply, ack, send }: Message): boolean {
  return (body.kind === 'image' || body.kind === 'video') && reactions.length === 0 && reply === null && ack === null && send.kind !== 'failed';
}

export function captioned({ body }: Message): boolean {
  return 'caption' in body && body.caption !== null;
}

/** Where one picture stands, in hundredths of the grid. */
export interface Cell {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Grid {
  width: number;
  height: number;
  cells: Cell[];
}

export function albumGrid(pictures: readonly Pick<Media, 'width' | 'height'>[]): Grid {
  const ratios = pictures.map(({ width, height }) => (width && height ? Math.min(WIDE, Math.max(NARROW, width / height)) : 1));
  const lines = bestLines(ratios);
  const heights = lines.map((line) => lineHeight(line));
  const height = Math.round(heights.reduce((sum, line) => sum + line, 0) + GAP * (lines.length - 1));
  const cells: Cell[] = [];
  let top = 0;
  lines.forEach((line, n) => {
    const room = ALBUM_WIDTH - GAP * (line.length - 1);
    const sum = line.reduce((all, ratio) => all + ratio, 0);
    let left = 0;
    for (const ratio of line) {
      const width = (room * ratio) / sum;
      cells.push({ left: (100 * left) / ALBUM_WIDTH, top: (100 * top) / height, width: (100 * width) / ALBUM_WIDTH, height: (100 * heights[n]!) / height });
      left += width + GAP;
    }
    top += heights[n]! + GAP;
  });
  return { width: ALBUM_WIDTH, height, cells };
}

/** The height at which a line fills the width; pictures are cut rather than stand too high or too flat. */
function lineHeight(line: readonly number[]): number {
  const natural = (ALBUM_WIDTH - GAP * (line.length - 1)) / line.reduce((sum, ratio) => sum + ratio, 0);
  return Math.min(300, Math.max(90, natural));
}

/** Of all ways to break the pictures into lines, the one whose lines are most alike in height. */
function bestLines(ratios: readonly number[]): number[][] {
  let best: number[][] = [];
  let least = Infinity;
  const wanted = ratios.length <= 4 ? LINE * 1.3 : LINE;
  const visit = (from: number, lines: number[][], cost: number, height: number): void => {
    if (cost >= least) return;
    if (from === ratios.length) {
      const total = cost + Math.max(0, height - TALLEST) * 4;
      if (total < least) [best, least] = [lines, total];
      return;
    }
    for (let size = 1; size <= MOST_IN_LINE && from + size <= ratios.length; size++) {
      const line = ratios.slice(from, from + size);
      const tall = lineHeight(line);
      const natural = (ALBUM_WIDTH - GAP * (size - 1)) / line.reduce((sum, ratio) => sum + ratio, 0);
      visit(from + size, [...lines, line], cost + Math.abs(tall - wanted) + 2 * Math.abs(tall - natural), height + tall);
    }
  };
  visit(0, [], 0, 0);
  return best;
}
