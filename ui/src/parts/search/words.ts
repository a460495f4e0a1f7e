// Says in words what was found and how far the index has come.

import type { Hit, IndexState, Piece } from '../../host/host';
import { duration } from '../../lib/format';
import { t } from '../../lib/i18n.svelte';

/** What stands for a message without words. */
export function hitText(hit: Hit): string {
  if (hit.kind === 'voice') return hit.seconds === null ? t('preview_voice') : t('preview_voice_length', { time: duration(hit.seconds) });
  if (hit.kind === 'picture') return t('preview_image');
  return hit.name ?? t('preview_other');
}

/** What a search could not look into; null where there is nothing of that. */
export function sealedLine(index: IndexState | null): string | null {
  return index && index.sealed > 0 ? t('search_sealed', { count: index.sealed }) : null;
}

/** How far the index has come; null where it is complete. */
export function indexLine(index: IndexState, inChat: boolean, offline: boolean): string | null {
  if (index.done >= index.chats) return null;
  if (inChat) return offline ? t('search_chat_offline') : index.filling ? t('search_chat_filling') : t('search_chat_waiting');
  const values = { looked: t('search_looked', { count: index.done }), chats: index.chats };
  return offline ? t('search_offline', values) : index.filling ? t('search_filling', values) : t('search_waiting', values);
}

/** So much of a text may stand before what was looked for and still leave it in sight. */
const LEAD = 24;

/** The pieces from a little before the first hit on: two narrow lines must show it. */
export function nearHit(pieces: readonly Piece[]): readonly Piece[] {
  const at = pieces.findIndex((piece) => piece.hit);
  const before = pieces.slice(0, Math.max(0, at)).map((piece) => piece.text).join('');
  if (before.length <= LEAD) return pieces;
  const tail = before.slice(-LEAD);
  return [{ text: `…${tail.slice(tail.search(/\s/) + 1)}`, hit: false }, ...pieces.slice(at)];
}
