// The picture of the screen that the next start paints before anything else is open.

import { NO_FILTERS } from '../host/contacts';
import type { ChatRow, ContactFilters, Item, Me } from '../host/host';
import { readFilters } from '../parts/contacts';

export interface Snapshot {
  version: 3;
  me: Me;
  chats: ChatRow[];
  selected: string | null;
  items: Item[];
  /** What narrowed the list of people. */
  contacts: ContactFilters;
}

/** In bytes; the core refuses more than 512 KiB, and long messages make few of them enough. */
const LARGEST = 480_000;
const encoder = new TextEncoder();
const CHATS = 60;
const ITEMS = 40;

export function writeSnapshot(me: Me, chats: ChatRow[], selected: string | null, items: Item[], contacts: ContactFilters = NO_FILTERS): string {
  // The opened chat may be far down the list.
  const open = chats.slice(CHATS).filter((row) => row.id === selected);
  let kept = items.slice(-ITEMS);
  for (;;) {
    const json = JSON.stringify({ version: 3, me, chats: [...chats.slice(0, CHATS), ...open], selected, items: kept, contacts } satisfies Snapshot);
    if (encoder.encode(json).length <= LARGEST || kept.length === 0) return json;
    kept = kept.slice(Math.ceil(kept.length / 2));
  }
}

/** Null where there is none or it comes from another version. */
export function readSnapshot(json: string | null): Snapshot | null {
  if (!json) return null;
  try {
    const snapshot = JSON.parse(json) as Snapshot;
    return snapshot.version === 3 && Array.isArray(snapshot.chats) && Array.isArray(snapshot.items) ? { ...snapshot, contacts: readFilters(snapshot.contacts) } : null;
  } catch {
    return null;
  }
}
