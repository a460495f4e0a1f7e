// Names items so that the same message keeps its row when a stream is reopened or its local echo gets an event id.

import type { Item } from '../../host/host';
import type { KeyedItem } from './rows';

export class ItemKeys {
  #opening = 0;
  #byId = new Map<string, string>();
  #byEvent = new Map<string, string>();

  /** Item ids mean something within one opening of the stream only. */
  reopened(): void {
    this.#opening++;
    this.#byId.clear();
  }

  name(items: readonly Item[]): KeyedItem[] {
    return items.map((item) => ({ key: this.#keyOf(item), item }));
  }

  ofEvent(event: string): string | undefined {
    return this.#byEvent.get(event);
  }

  #keyOf(item: Item): string {
    const event = item.kind.kind === 'message' ? item.kind.message.event : null;
    const key = (event !== null && this.#byEvent.get(event)) || this.#byId.get(item.id) || `${this.#opening}:${item.id}`;
    this.#byId.set(item.id, key);
    if (event !== null) this.#byEvent.set(event, key);
    return key;
  }
}
