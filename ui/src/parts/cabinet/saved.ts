// Says that a table was saved, and offers its folder where the host can show it.

import type { Host, SavedFile } from '../../host/host';
import { toasts } from '../../kit/toasts.svelte';
import { t } from '../../lib/i18n.svelte';

export function tellTable(host: Host, file: SavedFile): void {
  const { files } = host;
  const failed = () => toasts.show(t('media_moved', { name: file.name }), 'error');
  toasts.show(t('media_saved', { name: file.name }), 'calm', files && { label: t('media_reveal'), run: () => void files.reveal(file.path).catch(failed) });
}
