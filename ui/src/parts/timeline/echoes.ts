// What the person has just said, shown in the frame of the key press: until the core tells of it, it stands below
// everything that the core has told of. An item of the core is never hidden for it, so nothing can be lost here; and
// an echo goes with the item that is it, so nothing is shown twice.

import type { Item, Message } from '../../host/host';

export interface Echo {
  item: Item;
  text: string;
  /** The newest event when it was said: what is above that can't be it. */
  after: string | null;
  /** The core has taken it, so every list that begins from now on has it. */
  taken: boolean;
}

/** What the core may turn into something else than it is: markup, names, links, what one does not see. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const MEANS_MORE = /[*_~`#[\]<\\|@\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff]|:\/\/|^[^\S\n]*(?:[-+=>]|\d{1,9}[.)](?:\s|$))/m;
const LONGEST = 2_000;
/** So many items are looked through from the end. */
const LOOKED = 100;
const ESCAPES: Record<string, string> = { '&': '&amp;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\n': '<br>' };

/** Whether a text looks the same before and after the core has seen it. */
export function looksPlain(text: string): boolean {
  return text.length <= LONGEST && !MEANS_MORE.test(text);
}

export class Echoes {
  #waiting: Echo[] = [];
  #became = new Map<string, string>();
  #last = 0;

  say(text: string, me: string, above: readonly Item[], now: number): Echo {
    const html = text.replace(/[&>"'\n]/g, (char) => ESCAPES[char]!);
    const message: Message = {
      event: null,
      sender: { id: me, name: '', avatar: null, mark: 'none' },
      own: true,
      at: now,
      body: { kind: 'text', text: { plain: text, html } },
      edited: false,
      reply: null,
      reactions: [],
      send: { kind: 'waiting' },
      canEdit: false,
      canDelete: false,
      mentionsMe: false,
      ack: null,
    };
    const after = above.findLast((item) => eventOf(item) !== null);
    const echo: Echo = { item: { id: `said:${++this.#last}`, kind: { kind: 'message', message } }, text, after: after ? eventOf(after) : null, taken: false };
    this.#waiting.push(echo);
    return echo;
  }

  /** False where it is not here any more. */
  drop(echo: Echo): boolean {
    const at = this.#waiting.indexOf(echo);
    if (at !== -1) this.#waiting.splice(at, 1);
    return at !== -1;
  }

  /** A list that was begun anew has all that the core has taken. */
  dropTaken(): void {
    this.#waiting = this.#waiting.filter((echo) => !echo.taken);
  }

  /** Finds the echoes that a list has come to hold, in the order in which they were said, and lets go of them. What
      was unsent in a list `before` that ended has no name in the new one: as many of its words are not looked at. */
  meet(items: readonly Item[], known: (item: Item) => boolean, before: readonly Item[] = []): [Echo, Item][] {
    const [oldest] = this.#waiting;
    if (!oldest) return [];
    const fresh: Item[] = [];
    for (let i = items.length - 1; i >= Math.max(0, items.length - LOOKED); i--) {
      const item = items[i]!;
      if (oldest.after !== null && eventOf(item) === oldest.after) break;
      if (!known(item)) fresh.push(item);
    }
    const met: [Echo, Item][] = [];
    const unsent = before.filter((item) => eventOf(item) === null).map(saidIn);
    for (const item of fresh.reverse()) {
      const said = saidIn(item);
      const old = said === null ? -1 : unsent.indexOf(said);
      if (old !== -1) unsent.splice(old, 1);
      const echo = old === -1 && this.#waiting.find(({ text }) => text === said);
      if (!echo) continue;
      const at = this.#waiting.indexOf(echo);
      // The core keeps the order, so what it took before this one must have come before it.
      this.#waiting = this.#waiting.filter((one, i) => i > at || (i < at && !one.taken));
      this.#became.set(echo.item.id, item.id);
      met.push([echo, item]);
    }
    return met;
  }

  /** The name by which the core knows an item. */
  idOf(id: string): string {
    return this.#became.get(id) ?? id;
  }

  /** The items with what was said below them, under the line of its day. */
  below(items: Item[]): Item[] {
    const [oldest] = this.#waiting;
    if (!oldest) return items;
    const at = timeOf(oldest.item)!;
    const newest = items.findLast((item) => timeOf(item) !== null);
    const sameDay = newest !== undefined && new Date(timeOf(newest)!).toDateString() === new Date(at).toDateString();
    return [...items, ...(sameDay ? [] : [{ id: 'said:day', kind: { kind: 'day', at } } satisfies Item]), ...this.#waiting.map(({ item }) => item)];
  }
}

/** What the person says in an item that may be an echo. */
function saidIn({ kind }: Item): string | null {
  if (kind.kind !== 'message' || !kind.message.own || kind.message.reply !== null) return null;
  return kind.message.body.kind === 'text' ? kind.message.body.text.plain : null;
}

function eventOf({ kind }: Item): string | null {
  return kind.kind === 'message' ? kind.message.event : null;
}

function timeOf({ kind }: Item): number | null {
  return kind.kind === 'message' ? kind.message.at : kind.kind === 'system' || kind.kind === 'day' ? kind.at : null;
}
