// A recording or a film that can be played. WebKitGTK plays nothing straight from the media address, so it is
// fetched on the first play and played from memory.

import type { Host } from '../../../host/host';

export class Playable {
  url = $state<string | null>(null);
  broken = $state(false);
  #loading = false;
  #gone = false;

  constructor(
    private readonly host: Host,
    private readonly key: string | null,
  ) {}

  async load(): Promise<boolean> {
    if (this.url) return true;
    if (this.#loading || !this.key) return false;
    this.#loading = true;
    this.broken = false;
    try {
      const answer = await fetch(this.host.mediaUrl(this.key));
      if (!answer.ok) throw new Error(`media ${answer.status}`);
      const blob = await answer.blob();
      if (this.#gone) return false;
      this.url = URL.createObjectURL(blob);
      return true;
    } catch {
      this.broken = true;
      return false;
    } finally {
      this.#loading = false;
    }
  }

  /** Lets the memory go when the row leaves the screen. */
  drop(): void {
    this.#gone = true;
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = null;
  }
}
