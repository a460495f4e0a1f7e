// Turns the items of a conversation into the rows that are shown: who speaks on, what folds together. Pure.

import type { Item, Message, SystemEvent } from '../../host/host';
import { joinsAlbum } from './albums';

/** An item under a name that outlives a reopened stream. */
export interface KeyedItem {
  key: string;
  item: Item;
}

export interface MessageRow {
  kind: 'message';
  key: string;
  item: Item;
  message: Message;
  /** First and last of what one person says in a row. */
  first: boolean;
  last: boolean;
}

/** Pictures that one person sent at once, in one grid. */
export interface AlbumRow {
  kind: 'album';
  key: string;
  pictures: MessageRow[];
  first: boolean;
  last: boolean;
}

export interface SystemLine {
  key: string;
  event: SystemEvent;
  at: number;
}

export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'start'; key: string }
  | { kind: 'system'; key: string; lines: SystemLine[] }
  | AlbumRow
  | MessageRow;

/** From this many on, system lines fold into one. */
export const FOLD_FROM = 3;
/** A pause after which the same person begins a new group. */
export const GROUP_PAUSE = 5 * 60_000;
export const UNREAD_KEY = 'unread';

export function messagesIn(row: Row): readonly MessageRow[] {
  return row.kind === 'message' ? [row] : row.kind === 'album' ? row.pictures : [];
}

/** Rows that did not change stay the same objects, so that nothing is painted twice. */
export function buildRows(items: readonly KeyedItem[], before: readonly Row[] = []): Row[] {
  const known = new Map(before.map((row) => [row.key, row]));
  const rows: Row[] = [];
  const taken = new Set<string>();
  items.forEach((_, i) => {
    const row = rowOf(items, i, rows.at(-1));
    if (row === null) return;
    // A key that comes twice would break the list; the core should never send one.
    while (taken.has(row.key)) row.key += '+';
    taken.add(row.key);
    const above = rows.at(-1);
    const album = row.kind === 'message' && above ? joinAlbum(above, row) : null;
    if (album) rows[rows.length - 1] = album;
    else rows.push(row);
  });
  return rows.map((row) => reuse(known, row));
}

/** So many rows are looked through for one that nothing above can change. */
const LOOKED = 50;

/** The rows after items have come or changed at the upper end alone, of which the last `kept` are those that `before`
    was built from; null where that is not to be told, and all have to be built anew. */
export function growRows(items: readonly Item[], kept: number, before: readonly Row[], name: (items: readonly Item[]) => KeyedItem[]): Row[] | null {
  const first = items.length - kept;
  for (let j = 0; j < Math.min(before.length, LOOKED); j++) {
    const row = before[j]!;
    // A picture may come to stand in an album that begins above.
    if (row.kind !== 'message' || row.message.body.kind === 'image') continue;
    const at = items.indexOf(row.item, first);
    // What stands above it has to be known as well: it says whether the same person speaks on.
    if (at === -1 || !items.slice(first, at).some((item) => item.kind.kind !== 'hidden')) continue;
    const head = buildRows(name(items.slice(0, at + 1)), before.slice(0, j + 1));
    const border = head.pop();
    if (border?.kind !== 'message' || border.item !== row.item) return null;
    const above = new Set(head.map(({ key }) => key));
    for (let i = j; i < before.length; i++) if (above.has(before[i]!.key)) return null;
    return head.concat(j === 0 ? before : before.slice(j));
  }
  return null;
}

/** How many items at the end are the very same. */
export function sameTail(before: readonly Item[], items: readonly Item[]): number {
  let kept = 0;
  while (kept < before.length && kept < items.length && before[before.length - 1 - kept] === items[items.length - 1 - kept]) kept++;
  return kept;
}

/** Null where the item joins the row above it. */
function rowOf(items: readonly KeyedItem[], i: number, above: Row | undefined): Row | null {
  const { key, item } = items[i]!;
  const { kind } = item;
  switch (kind.kind) {
    case 'day':
      return { kind: 'day', key: `day:${new Date(kind.at).toDateString()}`, at: kind.at };
    case 'unread':
      return { kind: 'unread', key: UNREAD_KEY };
    case 'start':
      return { kind: 'start', key: 'start' };
    case 'system': {
      const line = { key, event: kind.event, at: kind.at };
      if (above?.kind !== 'system') return { kind: 'system', key, lines: [line] };
      above.lines.push(line);
      // The newest line names the row: older ones join at the other end while loading.
      above.key = key;
      return null;
    }
    case 'message':
      return {
        kind: 'message',
        key,
        item,
        message: kind.message,
        first: !speaksOn(shown(items, i, -1), kind.message),
        last: !speaksOn(shown(items, i, 1), kind.message),
      };
    // A hidden item keeps its place in the core's list and takes none on the screen.
    case 'hidden':
      return null;
  }
}

function joinAlbum(above: Row, row: MessageRow): AlbumRow | null {
  const pictures = messagesIn(above);
  if (!joinsAlbum(pictures.map((picture) => picture.message), row.message)) return null;
  return { kind: 'album', key: above.key, pictures: [...pictures, row], first: pictures[0]!.first, last: row.last };
}

/** The nearest item in a direction that is on the screen. */
function shown(items: readonly KeyedItem[], from: number, step: 1 | -1): KeyedItem | undefined {
  let at = from + step;
  while (items[at]?.item.kind.kind === 'hidden') at += step;
  return items[at];
}

function speaksOn(neighbour: KeyedItem | undefined, message: Message): boolean {
  if (neighbour?.item.kind.kind !== 'message') return false;
  const other = neighbour.item.kind.message;
  return other.sender.id === message.sender.id && Math.abs(other.at - message.at) < GROUP_PAUSE;
}

function reuse(known: ReadonlyMap<string, Row>, row: Row): Row {
  if (row.kind === 'album') return reuseAlbum(known, row);
  const old = known.get(row.key);
  if (!old || old.kind !== row.kind) return row;
  switch (row.kind) {
    case 'message':
      return sameMessage(old as MessageRow, row);
    case 'system': {
      const was = old as typeof row;
      return was.lines.length === row.lines.length && was.lines.every((line, i) => line.event === row.lines[i]!.event) ? was : row;
    }
    case 'day':
      return (old as typeof row).at === row.at ? old : row;
    default:
      return old;
  }
}

/** An album keeps the name of the row that one of its pictures has had: it may grow at either end. */
function reuseAlbum(known: ReadonlyMap<string, Row>, row: AlbumRow): AlbumRow {
  const named = row.pictures.findLast((picture) => known.has(picture.key));
  if (named) row.key = named.key;
  const was = known.get(row.key);
  if (was?.kind !== 'album') return row;
  row.pictures = row.pictures.map((picture) => {
    const old = was.pictures.find((other) => other.key === picture.key);
    return old ? sameMessage(old, picture) : picture;
  });
  const same = was.pictures.length === row.pictures.length && was.pictures.every((picture, i) => picture === row.pictures[i]);
  return same && was.first === row.first && was.last === row.last ? was : row;
}

function sameMessage(was: MessageRow, row: MessageRow): MessageRow {
  return was.item === row.item && was.first === row.first && was.last === row.last ? was : row;
}
