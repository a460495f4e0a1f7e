// The list of classes: which are shown, which are chosen, and what is done with them.

import type { CabinetClass } from '../../../host/host';
import { t } from '../../../lib/i18n.svelte';
import type { CabinetDesk } from '../cabinet.svelte';
import { Selection } from '../selection.svelte';
import { someOf } from '../words';
import { byStage, find, stateOf, type Shown } from './stages';

export class ClassTable {
  readonly desk: CabinetDesk;
  state = $state<Shown>('active');
  query = $state('');
  /** The class that is looked at alone. */
  card = $state<string | null>(null);
  readonly selection = new Selection();
  readonly stages = $derived.by(() => byStage(find(this.desk.classes, this.state, this.query, this.desk.personOf), this.desk.kind));
  /** Ids in the order of the list. */
  readonly shown = $derived(this.stages.flatMap(({ classes }) => classes.map(({ id }) => id)));
  readonly open = $derived.by(() => (this.card === null ? null : (this.desk.classOf.get(this.card) ?? null)));
  readonly chosen = $derived.by(() => this.desk.classes.filter(({ id }) => this.selection.has(id)));
  readonly counts = $derived.by(() => this.#counts());

  constructor(desk: CabinetDesk) {
    this.desk = desk;
  }

  show(state: Shown): void {
    this.state = state;
    this.selection.clear();
  }

  /** Graduates, deletes or brings back; tells whether it was done. */
  async turn(classes: readonly CabinetClass[], status: Shown): Promise<boolean> {
    const ids = classes.map(({ id }) => id);
    const done = await this.desk.attempt('set_class_status', { classes: ids, status }, t(`cabinet_classes_done_${status}`, { names: someOf(classes.map(({ label }) => label)) }));
    if (done) this.selection.clear();
    return done;
  }

  #counts(): Record<Shown, number> {
    const counts = { active: 0, graduated: 0, deleted: 0 };
    for (const one of this.desk.classes) counts[stateOf(one)]++;
    return counts;
  }
}
