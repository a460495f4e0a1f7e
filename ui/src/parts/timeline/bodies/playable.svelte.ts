// A recording or a film that can be played. WebKitGTK plays nothing straight from the media address, so it is
// fetched on the first play and played from memory.

import type { Host } from '../../../host/host';

export class Playable {
  url = $state<string | null>(null);
  broken = $state(false);
  /** How much of it has come, from 0 to 1; absent while nothing is being fetched or the whole is unknown. */
  come = $state<number | null>(null);
  loading = $state(false);
  #gone = false;

  constructor(
    private readonly host: Host,
    private readonly key: string | null,
  ) {}

  async load(): Promise<boolean> {
    if (this.url) return true;
    if (this.loading || !this.key) return false;
    this.loading = true;
    this.broken = false;
    try {
      const answer = await fetch(this.host.mediaUrl(this.key));
      if (!answer.ok) throw new Error(`media ${answer.status}`);
      const blob = await this.#read(answer);
      if (this.#gone) return false;
      this.url = URL.createObjectURL(blob);
      return true;
    } catch {
      this.broken = true;
      return false;
    } finally {
      this.loading = false;
      this.come = null;
    }
  }

  async #read(answer: Response): Promise<Blob> {
    const type = answer.headers.get('content-type') ?? '';
    const total = Number(answer.headers.get('content-length'));
    if (!answer.body || !(total > 0)) return answer.blob();
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let sum = 0;
    for (const reader = answer.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return new Blob(parts, { type });
      parts.push(value);
      sum += value.length;
      this.come = Math.min(1, sum / total);
    }
  }

  /** Lets the memory go when the row leaves the screen. */
  drop(): void {
    this.#gone = true;
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = null;
  }
}
