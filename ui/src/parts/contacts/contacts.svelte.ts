// Looks for people as one types. It outlives the screen, so that coming back shows everything at once.

import { tick, untrack } from 'svelte';
import { NO_FILTERS } from '../../host/contacts';
import { askedOf } from '../../host/finder.svelte';
import { asFailure, type ApiFailure, type ContactCounts, type ContactFilters, type ContactHit, type ContactPage, type Host, type MyOrganisation, type OrganisationKind } from '../../host/host';
import { countOf } from './filters';

/** How many people are asked for at once. */
export const PAGE = 60;
/** So many pages are on their way at most: whoever drags the scrollbar passes hundreds. */
const UNDERWAY = 2;
const NO_COUNTS: ContactCounts = { roles: [], classes: [], stages: [], subjects: [], statuses: [], sources: [] };

export class Contacts {
  text = $state('');
  filters = $state.raw<ContactFilters>(NO_FILTERS);
  /** How many people there are; null until the first answer. */
  total = $state<number | null>(null);
  counts = $state.raw<ContactCounts>(NO_COUNTS);
  /** Why the question was not answered. */
  failed = $state.raw<ApiFailure | null>(null);
  /** Why a part of the list further down did not come. */
  torn = $state.raw<ApiFailure | null>(null);
  /** Another number for each new question that was answered: the list begins at its top again. */
  begun = $state(0);
  /** The row that the keyboard is at. */
  at = $state(-1);
  /** Whose card is open. */
  card = $state<string | null>(null);
  organisations = $state.raw<MyOrganisation[]>([]);
  #pages = $state.raw<ReadonlyMap<number, readonly ContactHit[]>>(new Map());
  /** What the shown people answer. */
  #answered = $state.raw({ text: '', filters: NO_FILTERS });

  readonly kinds: ReadonlyMap<string, OrganisationKind> = $derived(new Map(this.organisations.map(({ id, kind }) => [id, kind])));
  readonly filtered: boolean = $derived(countOf(this.filters) > 0);
  /** Whether the shown people are all there are to find. */
  readonly everybody: boolean = $derived(this.#answered.text === '' && countOf(this.#answered.filters) === 0);

  readonly #host: Host;
  #opened = false;
  #stops: (() => void)[] = [];
  /** Answers of another turn come too late. */
  #turn = 0;
  /** A question or a quiet one is under way. */
  #asking = false;
  /** The people changed while it was. */
  #stale = false;
  /** What a key was pressed for before its answer had come. */
  #then: ((index: number) => void) | null = null;
  /** Somebody was marked by hand before the answer came. */
  #moved = false;
  readonly #underway = new Set<number>();
  /** How many rows of each page are alive. */
  readonly #seen = new Map<number, number>();

  constructor(host: Host, filters: ContactFilters = NO_FILTERS) {
    this.#host = host;
    this.filters = filters;
  }

  /** The screen is shown: from now on the people are followed. */
  open(): void {
    if (this.#opened) return;
    this.#opened = true;
    this.#stops = [
      this.#host.watch('organisations', {}, (list) => (this.organisations = list)),
      // Its first word is the first question, so that no change falls between the two.
      this.#host.watch('contacts_changed', {}, () => this.#changed(), () => void this.ask()),
    ];
  }

  /** Whether nothing is under way. */
  get idle(): boolean {
    return !this.#asking && this.#underway.size === 0;
  }

  leave(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#opened = false;
    this.#turn++;
    this.#asking = this.#stale = false;
    this.forget();
  }

  type(text: string): void {
    const before = askedOf(this.text);
    this.text = text;
    this.forget();
    if (askedOf(text) !== before) void this.ask();
  }

  filter(part: Partial<ContactFilters>): void {
    this.filters = { ...this.filters, ...part };
    this.forget();
    void this.ask();
  }

  reset(): void {
    this.filter(NO_FILTERS);
  }

  /** The person of a row, once he has come. */
  hit(index: number): ContactHit | null {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  /** Does it with the marked row, once what is shown answers what is typed and chosen: a quick Enter is not meant for whom the words before found. */
  whenAnswered(act: (index: number) => void): void {
    this.forget();
    if (!this.#current) this.#then = this.#asking ? act : null;
    else if (this.at !== -1) act(this.at);
  }

  /** Another key or a click: what was to be done with the answer is meant no longer. */
  forget(): void {
    this.#then = null;
  }

  get #current(): boolean {
    return this.total !== null && !this.failed && this.#answered.text === askedOf(this.text) && this.#answered.filters === this.filters;
  }

  /** Asks anew, from the first page on. What was found before stays until the answer. */
  async ask(): Promise<void> {
    const turn = this.#begin();
    const [text, filters] = [askedOf(this.text), this.filters];
    this.#moved = false;
    try {
      const page = await this.#fetch(0, text, filters);
      if (turn !== this.#turn) return;
      const marked = this.hit(this.at)?.person.id;
      this.#take(page, new Map([[0, page.hits]]));
      this.#answered = { text, filters };
      this.failed = this.torn = null;
      if (this.#moved) this.at = page.hits.findIndex(({ person }) => person.id === marked);
      else this.at = text !== '' && page.total > 0 ? 0 : -1;
      this.begun++;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.failed = asFailure(thrown);
      this.forget();
    }
    this.#end();
    if (this.#then) this.whenAnswered(this.#then);
  }

  /** A row is alive: its page is asked for. Gives what to call when it is no longer. */
  see(index: number): () => void {
    const page = Math.floor(index / PAGE);
    this.#seen.set(page, (this.#seen.get(page) ?? 0) + 1);
    untrack(() => this.#fill());
    return () => {
      const left = (this.#seen.get(page) ?? 1) - 1;
      if (left > 0) this.#seen.set(page, left);
      else this.#seen.delete(page);
    };
  }

  /** Goes on with the list where a part of it did not come. */
  mend(): void {
    this.torn = null;
    this.#fill();
  }

  /** Moves the mark; gives where it is now. */
  step(to: number): number {
    this.#moved = !this.#current;
    return (this.at = Math.max(0, Math.min(to, (this.total ?? 0) - 1)));
  }

  #changed(): void {
    if (this.#asking) this.#stale = true;
    else if (this.total === null || this.failed) void this.ask();
    else void this.#again();
  }

  /** Asks the same anew for what is seen, and changes nothing else. */
  async #again(): Promise<void> {
    const turn = this.#begin();
    const pages = this.#seen.size > 0 ? [...this.#seen.keys()] : [0];
    const marked = this.hit(this.at)?.person.id;
    try {
      const answers = await Promise.all(pages.map((page) => this.#fetch(page, this.#answered.text, this.#answered.filters)));
      if (turn !== this.#turn) return;
      this.#take(answers.at(-1)!, new Map(pages.map((page, i) => [page, answers[i]!.hits])));
      if (marked !== undefined) this.#remark(marked);
    } catch {
      // Nobody asked: what is there is better than a complaint.
      if (turn !== this.#turn) return;
    }
    this.#end();
  }

  /** The mark goes with its person. */
  #remark(person: string): void {
    for (const [page, hits] of this.#pages) {
      const index = hits.findIndex((hit) => hit.person.id === person);
      if (index !== -1) return void (this.at = page * PAGE + index);
    }
    this.at = Math.min(this.at, (this.total ?? 0) - 1);
  }

  #begin(): number {
    this.#asking = true;
    this.#underway.clear();
    return ++this.#turn;
  }

  #end(): void {
    this.#asking = false;
    if (this.#stale) {
      this.#stale = false;
      void this.#again();
    } else void tick().then(() => this.#fill());
  }

  #take({ total, counts }: ContactPage, pages: Map<number, readonly ContactHit[]>): void {
    this.#pages = pages;
    this.total = total;
    this.counts = counts;
  }

  /** Asks for the pages that are looked at and not there, the last seen first. */
  #fill(): void {
    if (this.#asking || this.total === null || this.torn) return;
    for (const page of [...this.#seen.keys()].reverse()) {
      if (this.#underway.size >= UNDERWAY) return;
      if (page * PAGE < this.total && !this.#pages.has(page) && !this.#underway.has(page)) void this.#turnTo(page);
    }
  }

  async #turnTo(page: number): Promise<void> {
    const turn = this.#turn;
    this.#underway.add(page);
    try {
      const { hits } = await this.#fetch(page, this.#answered.text, this.#answered.filters);
      if (turn !== this.#turn) return;
      this.#pages = new Map(this.#pages).set(page, hits);
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.torn = asFailure(thrown);
    }
    this.#underway.delete(page);
    this.#fill();
  }

  #fetch(page: number, text: string, filters: ContactFilters): Promise<ContactPage> {
    return this.#host.call('find_contacts', { text, filters, skip: page * PAGE, most: PAGE });
  }
}
