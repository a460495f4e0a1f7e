// How far a file that is being sent has come.

import type { Media, Saving, SendState } from '../../../host/host';
import { fileSize } from '../../../lib/format';
import { t } from '../../../lib/i18n.svelte';

/** Absent where nothing is on its way; `part` is absent while it waits for its turn or for a connection. */
export function outgoing(send: SendState): { part: number | null } | null {
  if (send.kind === 'waiting') return { part: null };
  if (send.kind !== 'uploading') return null;
  return { part: send.total > 0 ? Math.min(1, send.sent / send.total) : null };
}

/** «1,2 МБ из 4,8 МБ» while it goes or comes, «4,8 МБ» otherwise. */
export function sizeText(media: Media, send: SendState, saving: Saving | null = null): string | null {
  const [some, total] = send.kind === 'uploading' ? [send.sent, send.total] : saving ? [saving.done, saving.total ?? 0] : [0, 0];
  if (total > 0) return t('media_sent_of', { sent: fileSize(Math.min(some, total)), total: fileSize(total) });
  return media.size === null ? null : fileSize(media.size);
}
