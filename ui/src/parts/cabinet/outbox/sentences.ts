// What an administrator did, in words: a step, how far it is, and why the server did not take it.

import type { About, OrganisationKind, OutboxAct, Refusal } from '../../../host/host';
import { t } from '../../../lib/i18n.svelte';
import { boardName } from '../boards';
import { classCount, roleName, severalWords, unitOf } from '../words';

export interface Words {
  what: string;
  /** Whom or what it is about; nothing where `what` says it. */
  whom: string | null;
}

/** What was done, apart from whom it was done to. */
function aboutWords(about: About, kind: OrganisationKind): Words {
  const unit = unitOf(kind);
  switch (about.kind) {
    case 'info':
      return { what: t('cabinet_outbox_info'), whom: null };
    case 'addClasses':
      return { what: t(`cabinet_outbox_addClasses_${unit}`), whom: severalWords(about.classes) };
    case 'graduateClasses':
      return { what: t('cabinet_outbox_graduateClasses'), whom: severalWords(about.classes) };
    case 'deleteClasses':
      return { what: t(`cabinet_outbox_deleteClasses_${unit}`), whom: severalWords(about.classes) };
    case 'restoreClasses':
      return { what: t(`cabinet_outbox_restoreClasses_${unit}`), whom: severalWords(about.classes) };
    case 'setClass':
      return { what: t(`cabinet_outbox_setClass_${unit}`), whom: about.class };
    case 'promote':
      return { what: about.school ? t(`cabinet_outbox_promote_${kind}`) : t('cabinet_outbox_promote_some'), whom: classCount(kind, about.classes) };
    case 'addToClass':
      return { what: t('cabinet_outbox_addToClass', { class: about.class }), whom: severalWords(about.people) };
    case 'leaveClass':
      return { what: t('cabinet_outbox_leaveClass', { class: about.class }), whom: severalWords(about.people) };
    case 'movePeople':
      return { what: t('cabinet_outbox_movePeople', { from: about.from, to: about.to }), whom: severalWords(about.people) };
    case 'setRole':
      return { what: t('cabinet_outbox_setRole', { role: roleName(about.role, kind) }), whom: severalWords(about.people) };
    case 'joinBoard':
    case 'leaveBoard':
      return { what: t(`cabinet_outbox_${about.kind}`, { board: boardName(about.board, kind) }), whom: severalWords(about.people) };
    case 'setPerson':
      return { what: t('cabinet_outbox_setPerson'), whom: about.person };
    case 'makeOwner':
      return { what: t('cabinet_outbox_makeOwner'), whom: about.person };
    case 'verify':
    case 'removePeople':
    case 'restorePeople':
    case 'appoint':
    case 'dismiss':
      return { what: t(`cabinet_outbox_${about.kind}`), whom: severalWords(about.people) };
  }
}

/** «Отмена: перевод школы на новый учебный год», and whom it is about. */
export function actWords({ about, undoes }: Pick<OutboxAct, 'about' | 'undoes'>, kind: OrganisationKind): Words {
  const words = aboutWords(about, kind);
  return undoes ? { ...words, what: t('cabinet_outbox_undoes', { what: words.what.charAt(0).toLowerCase() + words.what.slice(1) }) } : words;
}

/** The same in one line. */
export function actLine(act: Pick<OutboxAct, 'about' | 'undoes'>, kind: OrganisationKind): string {
  const { what, whom } = actWords(act, kind);
  return whom === null ? what : `${what}: ${whom}`;
}

/** «ждёт сети», «отправляется: 12 из 120» */
export function stateWords({ state, done, total }: Pick<OutboxAct, 'state' | 'done' | 'total'>, offline: boolean): string {
  switch (state) {
    case 'waiting':
      if (offline) return t('cabinet_outbox_waiting_network');
      return total > 1 ? t('cabinet_outbox_sending_of', { done, total }) : t('cabinet_outbox_sending');
    case 'sent':
      return t('cabinet_outbox_sent');
    case 'done':
      return t('cabinet_outbox_done');
    case 'conflict':
      return t('cabinet_outbox_conflict');
    case 'refused':
      return t('cabinet_outbox_refused');
  }
}

export function refusalWords(refusal: Refusal): string {
  return t(`cabinet_outbox_refusal_${refusal}`);
}
