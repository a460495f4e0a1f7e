// Classes that are to be created: cells of a grid of years and letters, or titles on lines.

import { asFailure, type NewClass } from '../../../host/host';
import { t } from '../../../lib/i18n.svelte';
import type { CabinetDesk } from '../cabinet.svelte';
import { failureText, someOf } from '../words';
import { labelOf, lettersOf, STAGES, stateOf, titlesOf, usualLetters } from './stages';

export type How = 'grid' | 'titles';
export interface Cell {
  stage: number;
  letter: string;
}

const keyOf = ({ stage, letter }: Cell) => `${stage}${letter}`;

export class Adding {
  how = $state<How>('grid');
  /** The heads of the columns, as they were typed. */
  letters = $state('');
  lines = $state('');
  /** Of groups with titles; null where they have none. */
  course = $state<number | null>(null);
  busy = $state(false);
  failed = $state<string | null>(null);
  readonly columns = $derived(lettersOf(this.letters));
  /** What is to be created. */
  readonly classes = $derived.by(() => this.#classes());
  readonly desk: CabinetDesk;
  readonly #taken = $derived.by(() => new Set(this.desk.classes.filter((one) => stateOf(one) === 'active').map(({ label }) => label)));
  #cells: ReadonlySet<string> = $state.raw(new Set());

  constructor(desk: CabinetDesk) {
    this.desk = desk;
    this.how = desk.kind === 'school' ? 'grid' : 'titles';
    this.letters = usualLetters(desk.classes).join(' ');
  }

  /** Titles that are there already. */
  get double(): string[] {
    return titlesOf(this.lines).filter((title) => this.#taken.has(title));
  }

  isThere(cell: Cell): boolean {
    return this.#taken.has(keyOf(cell));
  }

  isOn(cell: Cell): boolean {
    return this.#cells.has(keyOf(cell)) && !this.isThere(cell);
  }

  set(cells: readonly Cell[], on: boolean): void {
    const next = new Set(this.#cells);
    for (const cell of cells) {
      if (on) next.add(keyOf(cell));
      else next.delete(keyOf(cell));
    }
    this.#cells = next;
  }

  /** Turns a whole row or column on; off where all of it is on. */
  flip(cells: readonly Cell[]): void {
    const free = cells.filter((cell) => !this.isThere(cell));
    this.set(free, !free.every((cell) => this.isOn(cell)));
  }

  row(stage: number): Cell[] {
    return this.columns.map((letter) => ({ stage, letter }));
  }

  column(letter: string): Cell[] {
    return STAGES.map((stage) => ({ stage, letter }));
  }

  /** Whether they were created. */
  async create(): Promise<boolean> {
    const classes = this.classes;
    if (classes.length === 0 || this.busy) return false;
    this.busy = true;
    this.failed = null;
    try {
      await this.desk.say('add_classes', { classes }, t('cabinet_add_done', { names: someOf(classes.map(labelOf)) }));
      return true;
    } catch (thrown) {
      this.failed = failureText(asFailure(thrown).code);
      return false;
    } finally {
      this.busy = false;
    }
  }

  #classes(): NewClass[] {
    if (this.how === 'grid') return STAGES.flatMap((stage) => this.row(stage)).filter((cell) => this.isOn(cell)).map(({ stage, letter }) => ({ stage, letter, title: null }));
    return titlesOf(this.lines).filter((title) => !this.#taken.has(title)).map((title) => ({ stage: this.course, letter: null, title }));
  }
}
