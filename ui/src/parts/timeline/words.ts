// Says in words what a message or a system event is.

import type { Body, ChatDetails, ChatRow, Media, Person, SystemEvent } from '../../host/host';
import { t } from '../../lib/i18n.svelte';
import { previewText } from '../chats';

/** One line that stands for a message. */
export function bodyText(body: Body): string {
  switch (body.kind) {
    case 'text':
    case 'emote':
    case 'notice':
      return body.text.plain;
    case 'image':
    case 'video':
      return previewText({ kind: body.kind, caption: body.caption?.plain ?? null });
    case 'file':
      return previewText({ kind: 'file', name: body.media.name });
    case 'audio':
      return body.voice ? previewText({ kind: 'voice', seconds: body.media.seconds }) : previewText({ kind: 'audio', name: body.media.name });
    case 'sticker':
      return previewText({ kind: 'sticker', text: body.media.name });
    case 'poll':
      return previewText({ kind: 'poll', question: body.poll.question });
    default:
      return previewText({ kind: body.kind });
  }
}

/** The text of a message that is worth copying. */
export function copyText(body: Body): string | null {
  if (body.kind === 'text' || body.kind === 'emote' || body.kind === 'notice') return body.text.plain;
  if ('caption' in body) return body.caption?.plain ?? null;
  return body.kind === 'location' ? body.text : null;
}

/** The picture, recording or file of a message that can be saved. */
export function fileOf(body: Body): Media | null {
  return 'media' in body && body.kind !== 'sticker' && body.media.key !== null ? body.media : null;
}

/** A name in a line about the chat; of somebody from outside that is said. */
function calledIn({ name, mark }: Person): string {
  return mark === 'outsider' || mark === 'imitates' ? t('system_outsider', { name }) : name;
}

export function systemText(event: SystemEvent): string {
  const who = calledIn(event.who);
  switch (event.kind) {
    case 'invited':
    case 'removed':
    case 'banned':
      return t(`system_${event.kind}`, { who, whom: calledIn(event.whom) });
    case 'nameChanged':
      return event.from === null ? t('system_nameChanged_first', { to: event.to }) : t('system_nameChanged', { from: event.from, to: event.to });
    case 'chatRenamed':
      return t('system_chatRenamed', { who, name: event.name });
    case 'topicChanged':
      return event.topic === '' ? t('system_topicCleared', { who }) : t('system_topicChanged', { who, topic: event.topic });
    default:
      return t(`system_${event.kind}`, { who });
  }
}

/** The line below the name of a chat: who the other person is, or how many people and what about. */
export function aboutChat(chat: ChatRow, details: ChatDetails | null, badge: string | null): string {
  if (chat.peer) return badge ?? '';
  const parts = [chat.kind === 'channel' ? t('chat_kind_channel') : null, details && t('chat_members', { count: details.members }), details?.topic?.replace(/\s+/g, ' ') || null];
  return parts.filter(Boolean).join(' · ');
}
