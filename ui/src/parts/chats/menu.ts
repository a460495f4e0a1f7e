// What one may do to a chat without reading it: offered by its row in the list and by the head of its conversation.

import AtSign from '@lucide/svelte/icons/at-sign';
import Bell from '@lucide/svelte/icons/bell';
import BellOff from '@lucide/svelte/icons/bell-off';
import MessageCircle from '@lucide/svelte/icons/message-circle';
import MessageCircleCheck from '@lucide/svelte/icons/message-circle-check';
import MessageCircleDashed from '@lucide/svelte/icons/message-circle-dashed';
import { asFailure, type ChatRow, type Host, type Notify } from '../../host/host';
import type { MenuItem } from '../../kit/Menu.svelte';
import { toasts } from '../../kit/toasts.svelte';
import { t } from '../../lib/i18n.svelte';
import { isUnread } from './chats.svelte';

const BELLS = { all: Bell, mentions: AtSign, mute: BellOff };

function attempt(call: Promise<unknown>): void {
  call.catch((thrown) => toasts.show(t(`error_${asFailure(thrown).code}`), 'error'));
}

export function readItem(host: Host, chat: ChatRow): MenuItem {
  if (isUnread(chat)) return { label: t('chat_mark_read'), icon: MessageCircleCheck, run: () => attempt(host.call('mark_read', { chat: chat.id })) };
  return { label: t('chat_mark_unread'), icon: MessageCircleDashed, run: () => attempt(host.call('mark_unread', { chat: chat.id })) };
}

export function notifyItem(host: Host, { id }: ChatRow, notify: Notify): MenuItem {
  return { label: t(`notify_${notify}`), icon: BELLS[notify], run: () => attempt(host.call('set_notify', { chat: id, notify })) };
}

/** The menu of a row. An invitation is first to be answered. */
export function chatItems(host: Host, chat: ChatRow, open: (chat: string) => void): MenuItem[] {
  const first: MenuItem = { label: t('chats_open'), icon: MessageCircle, run: () => open(chat.id) };
  return chat.kind === 'invitation' ? [first] : [first, readItem(host, chat), notifyItem(host, chat, chat.muted ? 'all' : 'mute')];
}
