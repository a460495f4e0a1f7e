// Saves a file of a message and says where it went.

import { asFailure, type Host, type Media } from '../../../host/host';
import { toasts } from '../../../kit/toasts.svelte';
import { t } from '../../../lib/i18n.svelte';

export async function saveMedia(host: Host, media: Media): Promise<void> {
  if (!media.key) return;
  try {
    const saved = await host.call('save_media', { media: media.key, name: media.name });
    const reveal = host.revealFile;
    toasts.show(t('media_saved', { name: saved.name }), 'calm', reveal && { label: t('media_reveal'), run: () => reveal(saved.path) });
  } catch (thrown) {
    toasts.show(t('media_save_failed', { reason: t(`error_${asFailure(thrown).code}`) }), 'error');
  }
}
