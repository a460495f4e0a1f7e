// What the card of a person says, and what of it can be copied.

import type { Badge, Board, CardBadge, Code, ContactCard, OrganisationKind } from '../../../host/host';
import { homeroomWords, roleWord, verifiedName } from '../../../lib/badge';
import { sentence } from '../../../lib/format';
import { t } from '../../../lib/i18n.svelte';

const CLASSES = { school: ['card_class', 'card_classes'], college: ['card_group', 'card_groups'], kindergarten: ['card_group', 'card_groups'] } as const;

/** «Класс», «Классы», «Группы» */
export const classesWord = (kind: OrganisationKind, count: number) => t(CLASSES[kind][count === 1 ? 0 : 1]);

/** «Классный руководитель 5А» */
export function homeroomText(badge: Badge): string | null {
  return badge.homeroom.length > 0 ? sentence(homeroomWords(badge, badge.homeroom.join(', '))) : null;
}

/** «Родительский комитет», «Совет учеников» */
export function boardText(board: Board, kind: OrganisationKind): string {
  return board === 'council' ? t(`cabinet_board_council_${kind}`) : t(`cabinet_board_${board}`);
}

/** What an organisation that he belongs to vouches for. */
export function ownBadge(card: ContactCard): Badge | null {
  return card.badges.find((one) => !one.former)?.badge ?? null;
}

export function cardName(card: ContactCard): string {
  return verifiedName(card.person, ownBadge(card));
}

/** Whether he has an account that one can write to. */
export function hasAccount(card: ContactCard): boolean {
  return !card.person.id.startsWith('own:');
}

/** What stands below the name where no organisation of the person who looks vouches for him. */
export function standing(card: ContactCard): string | null {
  if (card.me) return t('card_me');
  if (card.imitates !== null) return null;
  if (!hasAccount(card)) return t('card_own');
  if (ownBadge(card) !== null) return null;
  return card.own ? t('card_outside_own') : t('card_outside');
}

function about({ badge }: CardBadge): string {
  const words = [badge.position ?? roleWord(badge), ...badge.subjects];
  if (badge.homeroom.length > 0) words.push(homeroomWords(badge, badge.homeroom.join(', ')));
  return [...words, ...badge.classes.filter((label) => !badge.homeroom.includes(label))].join(', ');
}

/** «Мария Петровна Щукина, учитель, литература, 5А»; of several organisations a line each. */
export function nameWithRole(card: ContactCard): string | null {
  const own = card.badges.filter((one) => !one.former);
  if (own.length === 0) return null;
  if (own.length === 1) return `${cardName(card)}, ${about(own[0]!)}`;
  return [cardName(card), ...own.map((one) => `${one.name}: ${about(one)}`)].join('\n');
}

export interface Copyable {
  what: 'name' | 'role' | 'phone' | 'email';
  label: string;
  text: string;
}

export function copyable(card: ContactCard): Copyable[] {
  const list: Copyable[] = [{ what: 'name', label: t('card_copy_name'), text: cardName(card) }];
  const role = nameWithRole(card);
  if (role) list.push({ what: 'role', label: t('card_copy_role'), text: role });
  for (const text of new Set(card.own?.phones)) list.push({ what: 'phone', label: text, text });
  for (const text of new Set(card.own?.emails)) list.push({ what: 'email', label: text, text });
  return list;
}

/** Why something about a note did not work: the common words speak of messages. */
export function noteFailure(code: Code): string {
  return code === 'tooLong' || code === 'tooLarge' ? t('card_note_long') : t(`error_${code}`);
}
