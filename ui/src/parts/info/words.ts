// Says in a sentence how a chat is set up.

import type { ChatDetails, Hit, History, Standing } from '../../host/host';
import { dateText, sentence } from '../../lib/format';
import { t } from '../../lib/i18n.svelte';

const HISTORY = { world: 'info_history_world', all: 'info_history_all', sinceInvited: 'info_history_invited', sinceJoined: 'info_history_joined' } as const;
const STANDING = { owner: 'standing_owner', administrator: 'standing_administrator', moderator: 'standing_moderator' } as const;

export function historyText(history: History): string {
  return t(HISTORY[history]);
}

export function encryptionText(details: ChatDetails): string {
  if (!details.encrypted) return t('info_plain');
  return details.kind === 'direct' ? t('info_encrypted_direct') : t('info_encrypted');
}

/** Nothing for an ordinary member. */
export function standingText(standing: Standing): string | null {
  return standing === 'member' ? null : t(STANDING[standing]);
}

/** The first address in a message. */
export function linkOf(hit: Hit): string | null {
  return /https?:\/\/[^\s<>"]+/.exec(hit.pieces.map((piece) => piece.text).join(''))?.[0] ?? null;
}

export interface Month {
  title: string;
  hits: Hit[];
}

/** «Ноябрь 2026 г.», newest first as the hits are. */
export function byMonth(hits: readonly Hit[]): Month[] {
  const months: Month[] = [];
  for (const hit of hits) {
    const title = sentence(dateText(hit.at, { month: 'long', year: 'numeric' }));
    if (months.at(-1)?.title === title) months.at(-1)!.hits.push(hit);
    else months.push({ title, hits: [hit] });
  }
  return months;
}
