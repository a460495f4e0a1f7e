// How much of this device pictures and files take.

import { asFailure, type ApiFailure, type Host } from '../../host/host';

/** Megabytes; 0 keeps everything. */
export const LIMITS = [250, 1024, 5120, 0] as const;

export class Storage {
  /** In bytes; null until it is known. */
  size = $state<number | null>(null);
  clearing = $state(false);
  failed = $state.raw<ApiFailure | null>(null);
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async load(): Promise<void> {
    this.failed = null;
    try {
      this.size = await this.#host.call('media_size', {});
    } catch (thrown) {
      this.failed = asFailure(thrown);
    }
  }

  /** Whether it was cleared; `failed` says why not. What is left is asked for anew: something may be in use. */
  async clear(): Promise<boolean> {
    this.clearing = true;
    this.failed = null;
    try {
      await this.#host.call('clear_media', {});
      this.size = await this.#host.call('media_size', {});
      return true;
    } catch (thrown) {
      this.failed = asFailure(thrown);
      return false;
    } finally {
      this.clearing = false;
    }
  }
}

/** The choices, with the one that stands now even where it is none of ours. */
export function limitsWith(now: number): number[] {
  const known: number[] = [...LIMITS];
  if (known.includes(now)) return known;
  return [...[...known.filter((limit) => limit > 0), now].sort((a, b) => a - b), 0];
}
