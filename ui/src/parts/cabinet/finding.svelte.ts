// Finds people of the organisation by the core's forgiving search: a typo, another layout or alphabet does no harm.

import { Finder } from '../../host/finder.svelte';
import type { CabinetDesk } from './cabinet.svelte';

/** Each key asks: the answer is as near as the list is. Until it comes, those found before stay. */
export class CabinetFinder extends Finder<readonly string[] | null> {
  #outdated = false;

  constructor(desk: CabinetDesk) {
    super((text) => desk.find(text), null, 0);
  }

  /** The ids of those who fit, the best first; null where nothing is typed. */
  get ids(): readonly string[] | null {
    return this.found;
  }

  override change(text: string): void {
    if (text.trim() === '') this.clear();
    else super.change(text);
    this.query = text;
  }

  /** Asks anew: those it looks among have changed. */
  again(): void {
    if (this.asking) this.#outdated = true;
    else if (this.query.trim() !== '') void this.look();
  }

  override async look(): Promise<void> {
    await super.look();
    if (this.asking || !this.#outdated) return;
    this.#outdated = false;
    this.again();
  }
}
