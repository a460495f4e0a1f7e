// Whose dismissal has not reached the server: until then it can be refused, and he runs the organisation.

import type { CabinetPerson, OutboxAct } from '../../../host/host';

export interface Leaving {
  /** The step that dismisses him. */
  act: OutboxAct;
  name: string;
  /** Null where the plan does not know him. */
  person: CabinetPerson | null;
}

export function leavingOf(outbox: readonly OutboxAct[], people: readonly CabinetPerson[]): Leaving[] {
  const named = new Map(people.map((person) => [person.name, person]));
  return outbox.flatMap((act) => {
    const { about, state, undoes } = act;
    if (about.kind !== 'dismiss' || undoes || state === 'done' || state === 'refused') return [];
    return about.people.names.map((name) => ({ act, name, person: named.get(name) ?? null }));
  });
}
