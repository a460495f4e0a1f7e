// Says who is writing.

import type { Person } from '../../../host/host';
import { calledIn } from '../../../lib/badge';
import { t } from '../../../lib/i18n.svelte';

/** More than two people are a number. */
export function typingText(people: readonly Person[], direct: boolean): string {
  const [first, second] = people;
  if (!first) return '';
  if (people.length > 2) return t('typing_many', { count: people.length });
  if (second) return t('typing_two', { a: calledIn(first), b: calledIn(second) });
  return direct ? t('typing') : t('typing_one', { name: calledIn(first) });
}
