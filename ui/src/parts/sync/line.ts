import type { Connection } from '../../host/host';
import { sinceTime } from '../../lib/format';
import { t } from '../../lib/i18n.svelte';

export interface Line {
  text: string;
  look: 'busy' | 'offline' | 'failed';
}

/** The line under the list; nothing while all is well. */
export function connectionLine({ link, since, waiting, failed }: Connection, now: number): Line | null {
  const parts: string[] = [];
  if (link === 'connecting') parts.push(t('link_connecting'));
  if (link === 'offline') parts.push(since === null ? t('link_offline') : t('link_offline_since', { time: sinceTime(since, now) }));
  // Messages on their way while online are gone in a blink: their clocks say enough.
  if (waiting > 0 && link !== 'online') parts.push(t('link_waiting', { count: waiting }));
  if (failed > 0) parts.push(t('link_failed', { count: failed }));
  if (parts.length === 0) return null;
  return { text: parts.join(' · '), look: failed > 0 ? 'failed' : link === 'offline' ? 'offline' : 'busy' };
}
