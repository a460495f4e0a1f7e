// The bodies of an organisation: their heads have chats with whom they call into them.

import type { BadgeRole, Board, OrganisationKind } from '../../host/host';
import { t } from '../../lib/i18n.svelte';

/** One that this version knows. */
export type KnownBoard = Exclude<Board, 'other'>;

/** The body that people of a role can be called into. */
export function boardOf(role: BadgeRole): KnownBoard | null {
  switch (role) {
    case 'teacher':
    case 'staff':
      return 'heads';
    case 'parent':
      return 'committee';
    case 'student':
      return 'council';
    case 'other':
      return null;
  }
}

/** «Родительский комитет», «Совет учеников» */
export function boardName(board: Board, kind: OrganisationKind): string {
  if (board === 'council') return t(`cabinet_board_council_${kind}`);
  return t(`cabinet_board_${board}`);
}
