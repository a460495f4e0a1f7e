// Names items so that the same message keeps its row when a stream is reopened, when its local echo gets an event id,
// and when another stream of the same chat shows it too.

import type { Item } from '../../host/host';
import type { KeyedItem } from './rows';

/** What several streams of one chat know together. */
interface Known {
  openings: number;
  byEvent: Map<string, string>;
}

export class ItemKeys {
  readonly #known: Known;
  #opening: number;
  #byId = new Map<string, string>();

  constructor(known: Known = { openings: 0, byEvent: new Map() }) {
    this.#known = known;
    this.#opening = known.openings++;
  }

  /** Names for another stream of the same chat. */
  beside(): ItemKeys {
    return new ItemKeys(this.#known);
  }

  /** Item ids mean something within one opening of the stream only. */
  reopened(): void {
    this.#opening = this.#known.openings++;
    this.#byId.clear();
  }

  name(items: readonly Item[]): KeyedItem[] {
    return items.map((item) => ({ key: this.#keyOf(item), item }));
  }

  /** Whether an item has a name already. */
  knows(item: Item): boolean {
    const event = eventOf(item);
    return this.#byId.has(item.id) || (event !== null && this.#known.byEvent.has(event));
  }

  /** Gives an item the name of the one that it takes the place of. */
  rename(item: Item, as: Item): void {
    this.#byId.set(item.id, this.#keyOf(as));
  }

  ofEvent(event: string): string | undefined {
    return this.#known.byEvent.get(event);
  }

  #keyOf(item: Item): string {
    const event = eventOf(item);
    const key = (event !== null && this.#known.byEvent.get(event)) || this.#byId.get(item.id) || `${this.#opening}:${item.id}`;
    this.#byId.set(item.id, key);
    if (event !== null) this.#known.byEvent.set(event, key);
    return key;
  }
}

function eventOf({ kind }: Item): string | null {
  return kind.kind === 'message' ? kind.message.event : null;
}
