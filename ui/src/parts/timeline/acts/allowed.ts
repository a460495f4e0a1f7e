// What may be done with a message: what a person may not do is never offered. Pure.

import type { ChatKind, ChatRights, Message } from '../../../host/host';
import { copyText, fileOf } from '../words';

export type Act = 'reply' | 'edit' | 'endPoll' | 'pin' | 'unpin' | 'copy' | 'copyLink' | 'openFile' | 'saveAs' | 'forward' | 'select' | 'readers' | 'ackReport' | 'report' | 'retry' | 'discard' | 'delete';

export interface Place {
  kind: ChatKind;
  rights: ChatRights;
  canSend: boolean;
  /** Events, the newest pin last. */
  pinned: readonly string[];
  /** Calls on an item are good only while its stream is open. */
  live: boolean;
  /** The system opens files and asks where to save them. */
  files: boolean;
}

const GONE = new Set(['deleted', 'undecryptable', 'other']);

export function canReact({ event, body }: Message, { rights }: Pick<Place, 'rights'>): boolean {
  return event !== null && rights.react && body.kind !== 'deleted';
}

export function canForward({ event, body }: Message): boolean {
  return event !== null && !GONE.has(body.kind) && body.kind !== 'poll';
}

export function canReply({ event, body }: Message, { canSend }: Pick<Place, 'canSend'>): boolean {
  return event !== null && canSend && body.kind !== 'deleted';
}

/** Whether the person may see who has acknowledged a message. */
export function seesAcks({ ack, own }: Message, { rights }: Pick<Place, 'rights'>): boolean {
  return ack !== null && (own || rights.acknowledge);
}

/** In the order of the menu. */
export function allowedActs(message: Message, place: Place): Act[] {
  const { event, body, own, send, canEdit, canDelete } = message;
  const acts: Act[] = [];
  const unsent = send.kind === 'failed' || send.kind === 'waiting' || send.kind === 'uploading';
  if (send.kind === 'failed' && place.live) acts.push('retry');
  if (canReply(message, place)) acts.push('reply');
  if (event !== null && canEdit && place.canSend) acts.push('edit');
  if (event !== null && own && place.canSend && body.kind === 'poll' && !body.poll.ended) acts.push('endPoll');
  if (event !== null && place.rights.pin && !GONE.has(body.kind)) acts.push(place.pinned.includes(event) ? 'unpin' : 'pin');
  if (copyText(body)) acts.push('copy');
  if (event !== null) acts.push('copyLink');
  if (event !== null && place.files && fileOf(body)) acts.push('openFile', 'saveAs');
  if (canForward(message)) acts.push('forward');
  if (event !== null && body.kind !== 'deleted') acts.push('select');
  if (event !== null && own && place.kind !== 'direct' && body.kind !== 'deleted') acts.push('readers');
  if (event !== null && seesAcks(message, place)) acts.push('ackReport');
  if (event !== null && !own && body.kind !== 'deleted') acts.push('report');
  if (unsent && event === null && place.live) acts.push('discard');
  if (event !== null && canDelete && body.kind !== 'deleted') acts.push('delete');
  return acts;
}
