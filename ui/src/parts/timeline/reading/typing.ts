// Says who is writing.

import type { Person } from '../../../host/host';
import { calledIn, outsideWords } from '../../../lib/badge';
import { t } from '../../../lib/i18n.svelte';

/** Stands for a name; no catalogue has it. */
const PLACE = '\uFFFC';

/** The words and the people they are about, in order: a long name is cut without what stands around it. More than two people are a number. */
export function typingParts(people: readonly Person[], direct: boolean): (string | Person)[] {
  const [first, second] = people;
  if (!first) return [];
  if (people.length > 2) return [t('typing_many', { count: people.length })];
  if (!second && direct) return [t('typing')];
  // Two names with two marks need more room than a narrow window has.
  if (second && outsideWords(first) && outsideWords(second)) return [t('typing_two_outside')];
  const line = second ? t('typing_two', { a: PLACE, b: PLACE }) : t('typing_one', { name: PLACE });
  return line.split(PLACE).flatMap((words, i) => (i === 0 ? [words] : [people[i - 1]!, words])).filter((part) => part !== '');
}

/** The same in one string. */
export function typingText(people: readonly Person[], direct: boolean): string {
  return typingParts(people, direct).map((part) => (typeof part === 'string' ? part : calledIn(part))).join('');
}
