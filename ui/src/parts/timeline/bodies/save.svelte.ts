// Saves a file of a message, says where it went, and knows it again while the window is open.

import { SvelteMap } from 'svelte/reactivity';
import { asFailure, type Host, type Media, type SavedFile } from '../../../host/host';
import { toasts } from '../../../kit/toasts.svelte';
import { t } from '../../../lib/i18n.svelte';

const saved = new SvelteMap<string, SavedFile>();

/** Where a file was saved to, since the window was opened. */
export function savedFile(key: string | null): SavedFile | null {
  return (key !== null && saved.get(key)) || null;
}

export async function saveMedia(host: Host, media: Media): Promise<void> {
  if (!media.key) return;
  try {
    const file = await host.call('save_media', { media: media.key, name: media.name });
    saved.set(media.key, file);
    const reveal = host.revealFile;
    toasts.show(t('media_saved', { name: file.name }), 'calm', reveal && { label: t('media_reveal'), run: () => reveal(file.path) });
  } catch (thrown) {
    toasts.show(t('media_save_failed', { reason: t(`error_${asFailure(thrown).code}`) }), 'error');
  }
}
