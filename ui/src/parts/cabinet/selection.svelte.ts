// Which rows of a list are chosen: one by one, a run of them, or all that are shown.

export class Selection {
  ids: ReadonlySet<string> = $state.raw(new Set());
  /** Where a run begins. */
  #from: string | null = null;

  has(id: string): boolean {
    return this.ids.has(id);
  }

  get size(): number {
    return this.ids.size;
  }

  toggle(id: string): void {
    const next = new Set(this.ids);
    if (!next.delete(id)) next.add(id);
    this.ids = next;
    this.#from = id;
  }

  /** Everything from the last row that was touched to this one, as the list shows them. */
  extend(id: string, shown: readonly string[]): void {
    const from = this.#from === null ? -1 : shown.indexOf(this.#from);
    const to = shown.indexOf(id);
    if (from === -1 || to === -1) return this.toggle(id);
    this.ids = new Set([...this.ids, ...shown.slice(Math.min(from, to), Math.max(from, to) + 1)]);
  }

  all(shown: readonly string[]): void {
    this.ids = new Set([...this.ids, ...shown]);
  }

  /** All of them, or none where all are chosen already. */
  flip(shown: readonly string[]): void {
    if (!shown.every((id) => this.ids.has(id))) return this.all(shown);
    const gone = new Set(shown);
    this.ids = new Set([...this.ids].filter((id) => !gone.has(id)));
  }

  clear(): void {
    this.ids = new Set();
    this.#from = null;
  }

  /** Drops those who are there no more. */
  keep(known: (id: string) => boolean): void {
    const left = [...this.ids].filter(known);
    if (left.length !== this.ids.size) this.ids = new Set(left);
  }
}
