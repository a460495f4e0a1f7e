// What an administrator has open: his organisations, the one he looks at, and what he does there. It outlives the screen,
// so that coming back shows everything at once.

import { asFailure, type ApiFailure, type Cabinet, type CabinetClass, type CabinetLink, type CabinetPerson, type Calls, type ClassPart, type Host, type ListDiff, type OutboxAct } from '../../host/host';
import { toasts } from '../../kit/toasts.svelte';
import { applyDiffs } from '../../lib/applyDiff';
import { FrameBatch } from '../../lib/frames';
import { t } from '../../lib/i18n.svelte';
import { failureText } from './words';

export const SECTIONS = ['info', 'classes', 'people', 'administrators', 'journal', 'outbox'] as const;
export type Section = (typeof SECTIONS)[number];

/** The calls that are steps: they give the id that takes them back. */
export type ActName = { [N in keyof Calls]: Calls[N] extends { args: { organisation: string }; result: string } ? N : never }[keyof Calls];

/** Somebody in a class, as this. */
export interface Classmate {
  person: CabinetPerson;
  part: ClassPart;
}

export class CabinetDesk {
  /** The organisations that the person runs. */
  links = $state.raw<CabinetLink[]>([]);
  /** The one that is looked at. */
  organisation = $state<string | null>(null);
  section = $state<Section>('classes');
  /** Whose card opens with the section of the people. */
  awaited: string | null = null;
  /** Null until it has come. */
  cabinet = $state.raw<Cabinet | null>(null);
  /** By name; null until they have come. */
  people = $state.raw<CabinetPerson[] | null>(null);
  outbox = $state.raw<OutboxAct[] | null>(null);
  /** Why nothing will come. */
  refused = $state.raw<ApiFailure | null>(null);

  readonly link = $derived(this.links.find(({ id }) => id === this.organisation) ?? null);
  readonly kind = $derived(this.cabinet?.kind ?? this.link?.kind ?? 'school');
  /** Steps in all organisations that will not go on without the person. */
  /** Steps that the server does not have. */
  readonly unsent = $derived(this.links.reduce((sum, { waiting, stuck }) => sum + waiting + stuck, 0));
  readonly stuck = $derived(this.links.reduce((sum, { stuck }) => sum + stuck, 0));
  /** Only the outbox is left of an organisation that he runs no longer. */
  readonly dismissed = $derived(this.link?.dismissed ?? false);
  readonly sections = $derived<readonly Section[]>(this.dismissed ? ['outbox'] : SECTIONS);
  readonly shown = $derived<Section>(this.dismissed ? 'outbox' : this.section);
  readonly classes = $derived<CabinetClass[]>(this.cabinet?.classes ?? []);
  readonly classOf = $derived(new Map(this.classes.map((one) => [one.id, one])));
  readonly personOf = $derived(new Map((this.people ?? []).map((one) => [one.id, one])));
  /** Who is in each class, by name. */
  readonly classmates = $derived(this.#classmates());

  /** The person himself. */
  readonly me: string;
  readonly #host: Host;
  readonly #link: { readonly offline: boolean };
  #opened = false;
  #stopLinks: (() => void) | null = null;
  #stops: (() => void)[] = [];

  constructor(host: Host, link: { readonly offline: boolean }, me = '') {
    this.me = me;
    this.#host = host;
    this.#link = link;
  }

  get offline(): boolean {
    return this.#link.offline;
  }

  /** Follows the organisations; what one of them holds comes when it is looked at. */
  watch(): () => void {
    this.#stopLinks = this.#host.watch('cabinets', {}, (links) => {
      this.links = links;
      this.#keepChosen();
    });
    return () => this.leave();
  }

  /** The screen is shown: from now on the chosen organisation is followed. */
  open(): void {
    if (this.#opened) return;
    this.#opened = true;
    this.#follow();
  }

  choose(organisation: string): void {
    if (organisation === this.organisation) return;
    this.organisation = organisation;
    this.#follow();
  }

  show(section: Section): void {
    this.section = section;
  }

  /** Shows somebody's card among the people. */
  showPerson(person: string): void {
    this.awaited = person;
    this.section = 'people';
  }

  leave(): void {
    this.#stopLinks?.();
    this.#stopLinks = null;
    this.#drop();
    this.#opened = false;
  }

  /** Asks for the organisation anew after it was refused. */
  retry(): void {
    this.#follow();
  }

  /** Does a step and gives its id; throws an `ApiFailure`. */
  async act<N extends ActName>(name: N, args: Omit<Calls[N]['args'], 'organisation'>): Promise<string> {
    const all = { ...args, organisation: this.organisation ?? '' } as unknown as Calls[N]['args'];
    return (await this.#host.call(name, all)) as string;
  }

  /** Does a step, says so and offers the way back; throws an `ApiFailure`. */
  async say<N extends ActName>(name: N, args: Omit<Calls[N]['args'], 'organisation'>, said: string): Promise<void> {
    const organisation = this.organisation ?? '';
    const act = await this.act(name, args);
    toasts.show(said, 'calm', { label: t('cabinet_undo'), run: () => void this.undo(act, organisation) });
  }

  /** The same for a click with nothing around it that could show a failure: tells whether it was done. */
  async attempt<N extends ActName>(name: N, args: Omit<Calls[N]['args'], 'organisation'>, said: string): Promise<boolean> {
    try {
      await this.say(name, args, said);
      return true;
    } catch (thrown) {
      toasts.show(failureText(asFailure(thrown).code), 'error');
      return false;
    }
  }

  /** Those who answer some words, the best first, former people too. */
  find(text: string): Promise<string[]> {
    return this.#host.call('find_in_cabinet', { organisation: this.organisation ?? '', text });
  }

  async undo(act: string, organisation = this.organisation ?? ''): Promise<void> {
    try {
      await this.#host.call('undo_act', { organisation, act });
      toasts.show(t('cabinet_undone'));
    } catch (thrown) {
      toasts.show(failureText(asFailure(thrown).code), 'error');
    }
  }

  #keepChosen(): void {
    const ids = this.links.map(({ id }) => id);
    const wanted = ids.includes(this.organisation ?? '') ? this.organisation : (ids[0] ?? null);
    if (wanted === this.organisation) return;
    this.organisation = wanted;
    this.#follow();
  }

  #follow(): void {
    this.#drop();
    const organisation = this.organisation;
    if (!this.#opened || organisation === null) return;
    const refused = (why: ApiFailure) => (this.refused = why);
    const people = new FrameBatch<ListDiff<CabinetPerson>>((diffs) => (this.people = applyDiffs(this.people ?? [], diffs)));
    this.#stops = [
      this.#host.watch('cabinet', { organisation }, (cabinet) => ((this.cabinet = cabinet), (this.refused = null)), refused),
      this.#host.watch('cabinet_people', { organisation }, (diffs) => people.add(...diffs), refused),
      this.#host.watch('outbox', { organisation }, (outbox) => (this.outbox = outbox), refused),
      () => people.drop(),
    ];
  }

  #drop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.cabinet = this.people = this.outbox = this.refused = null;
  }

  #classmates(): Map<string, Classmate[]> {
    const found = new Map<string, Classmate[]>();
    for (const person of this.people ?? []) {
      if (person.status !== 'active') continue;
      for (const { class: id, part } of person.classes) {
        const list = found.get(id);
        if (list) list.push({ person, part });
        else found.set(id, [{ person, part }]);
      }
    }
    return found;
  }
}
