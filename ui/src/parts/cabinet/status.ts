// What of the cabinet is under way, in quiet lines.

import type { CabinetLink, Work } from '../../host/host';
import { t } from '../../lib/i18n.svelte';

export interface StatusLine {
  text: string;
  look: 'calm' | 'busy' | 'waiting' | 'stuck';
}

/** What has not reached the server, and what needs a decision. */
export function waitingLine({ waiting, stuck }: Pick<CabinetLink, 'waiting' | 'stuck'>, offline: boolean): StatusLine | null {
  const parts: string[] = [];
  if (offline) parts.push(waiting > 0 ? t('cabinet_offline') : t('cabinet_offline_kept'));
  if (waiting > 0) parts.push(t('cabinet_waiting', { count: waiting }));
  if (stuck > 0) parts.push(t('cabinet_stuck', { count: stuck }));
  if (parts.length === 0) return null;
  return { text: parts.join(' · '), look: stuck > 0 ? 'stuck' : offline ? 'waiting' : 'busy' };
}

/** How far chats and memberships are behind what was decided. */
export function workLine({ by, done, total, refused, settled }: Work): StatusLine {
  const open = done < total;
  const unknown = by === 'nobody' && total === 0 && !settled;
  const text = open ? t(`cabinet_work_${by}`, { done, total }) : unknown ? t('cabinet_work_unknown') : t('cabinet_work_done');
  if (refused > 0) {
    const left = t('cabinet_work_refused', { count: refused });
    return { text: open ? `${text} · ${left}` : left, look: 'stuck' };
  }
  return { text, look: open && by !== 'nobody' ? 'busy' : 'calm' };
}
