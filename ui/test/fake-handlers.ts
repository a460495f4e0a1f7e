import type { Calls } from '../src/host/host';

export type Handlers = { [N in keyof Calls]: (args: Calls[N]['args']) => Calls[N]['result'] };

/** The part of the calls that one file answers. */
export type Answers<N extends keyof Calls> = Pick<Handlers, N>;

/** A value that others watch. */
export class Told<T> {
  readonly #watchers = new Set<(value: T) => void>();
  #now: T;

  constructor(now: T) {
    this.#now = now;
  }

  get now(): T {
    return this.#now;
  }

  set(now: T): void {
    this.#now = now;
    for (const on of this.#watchers) on(now);
  }

  watch(on: (value: T) => void): () => void {
    this.#watchers.add(on);
    on(this.#now);
    return () => this.#watchers.delete(on);
  }
}
