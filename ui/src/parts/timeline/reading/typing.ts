// Says who is writing.

import type { Person } from '../../../host/host';
import { t } from '../../../lib/i18n.svelte';

/** More than two people are a number. */
export function typingText(people: readonly Person[], direct: boolean): string {
  const [first, second] = people;
  if (!first) return '';
  if (people.length > 2) return t('typing_many', { count: people.length });
  if (second) return t('typing_two', { a: first.name, b: second.name });
  return direct ? t('typing') : t('typing_one', { name: first.name });
}
