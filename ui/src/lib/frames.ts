// Gathers what arrives within one frame, so that a burst of changes paints once. The first of them does not wait: made
// before the frame begins, it is painted with it.

/** Changes that come closer than this to the last ones are a burst. */
const BURST = 32;

export class FrameBatch<T> {
  #gathered: T[] = [];
  #frame = 0;
  #flushed = -BURST;
  readonly #flush: (gathered: T[]) => void;

  constructor(flush: (gathered: T[]) => void) {
    this.#flush = flush;
  }

  add(...more: T[]): void {
    this.#gathered.push(...more);
    // A hidden window gets no frames; it must not gather for ever.
    if (document.hidden || (this.#frame === 0 && performance.now() - this.#flushed >= BURST)) this.now();
    else this.#frame ||= requestAnimationFrame(() => this.now());
  }

  now(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#gathered.length === 0) return;
    this.#flushed = performance.now();
    const gathered = this.#gathered;
    this.#gathered = [];
    this.#flush(gathered);
  }

  drop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#gathered = [];
  }
}
