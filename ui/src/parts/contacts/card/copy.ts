// Copies a text and says so.

import { toasts } from '../../../kit/toasts.svelte';
import { t } from '../../../lib/i18n.svelte';

export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toasts.show(t('card_copied', { text: text.split('\n')[0]! }));
  } catch {
    toasts.show(t('copy_failed'), 'error');
  }
}
