// Says in words what a message or a system event is.

import type { Body, ChatDetails, ChatRow, Media, Message, Reaction, SystemEvent } from '../../host/host';
import { calledIn } from '../../lib/badge';
import { clock, dayInYear, isPossible } from '../../lib/format';
import { t } from '../../lib/i18n.svelte';
import { previewText } from '../chats';

/** What a message is called where only its name is read: who wrote it, and when. */
export function nameOf(message: Message): string {
  return `${message.own ? t('you') : calledIn(message.sender)}, ${clock(message.at)}`;
}

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

/** Until when a message is to be acknowledged; null where nobody says, or says a day that no calendar has. */
export function dueText(due: number | null, now: number): string | null {
  if (due === null || !isPossible(due)) return null;
  return t(due < now ? 'ack_overdue' : 'ack_due', { date: dayInYear(due, now) });
}

/** Who reacted so, as far as the names come with the message. */
export function reactedText({ key, count, who }: Reaction): string {
  const named = who.map((person) => calledIn(person)).join(', ');
  return t('message_reacted', { key, who: count > who.length ? `${named} ${t('badge_more', { n: count - who.length })}` : named });
}

export function systemText(event: SystemEvent): string {
  const who = calledIn(event.who);
  switch (event.kind) {
    case 'invited':
    case 'removed':
    case 'banned':
      return t(`system_${event.kind}`, { who, whom: calledIn(event.whom) });
    case 'nameChanged':
      return nameChanged(event.from, calledIn({ ...event.who, name: event.to }));
    case 'chatRenamed':
      return t('system_chatRenamed', { who, name: event.name });
    case 'topicChanged':
      return event.topic === '' ? t('system_topicCleared', { who }) : t('system_topicChanged', { who, topic: event.topic });
    default:
      return t(`system_${event.kind}`, { who });
  }
}

function nameChanged(from: string | null, to: string): string {
  return from === null ? t('system_nameChanged_first', { to }) : t('system_nameChanged', { from, to });
}

/** The line below the name of a chat: who the other person is, or how many people and what about. */
export function aboutChat(chat: ChatRow, details: ChatDetails | null, standing: string): string {
  if (chat.peer) return standing;
  const parts = [chat.kind === 'channel' ? t('chat_kind_channel') : null, details && t('chat_members', { count: details.members }), details?.topic?.replace(/\s+/g, ' ') || null];
  return parts.filter(Boolean).join(' · ');
}
