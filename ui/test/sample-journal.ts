// What was done in the fake organisation, the newest first.

import type { FieldView, JournalEntry } from '../src/host/host';
import type { Plan } from './fake-cabinet';

const HOUR = 3_600_000;

export function sampleJournal({ people, classes, administrators }: Plan): JournalEntry[] {
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? null;
  const field = (part: Partial<FieldView>): FieldView => ({ class: null, person: null, field: null, from: null, to: null, ...part });
  return Array.from({ length: 140 }, (_, i): JournalEntry => {
    const by = administrators[i % administrators.length]!.id;
    const person = people[(i * 37) % people.length]!;
    const label = classes[(i * 7) % Math.max(1, classes.length)]?.label ?? '5А';
    const kinds: FieldView[][] = [
      [field({ person: person.name, field: 'position', from: null, to: 'методист' })],
      [field({ class: label, person: person.name, to: person.name })],
      [field({ class: label, field: 'homeroom', from: null, to: person.name })],
      [field({ class: label, field: 'stage', from: '4', to: '5' }), field({ class: label, field: 'status', from: 'active', to: 'graduated' })],
      [field({ person: person.name, field: 'role', from: 'parent', to: 'teacher' })],
      [field({ class: label, person: person.name, field: 'status', from: 'active', to: 'removed' })],
      [field({ field: 'phone', from: '+7 342 212-00-00', to: '+7 342 212-00-01' })],
    ];
    return { event: `$j${i}`, at: Date.now() - i * i * 0.05 * HOUR - i * HOUR, by, name: nameOf(by), changes: kinds[i % kinds.length]!, byItself: nameOf(by) === null };
  });
}
