// Tells the core that a chat was read: its newest message is in view, in a window that is being looked at.

import { on } from 'svelte/events';
import type { ChatRow, Host } from '../../host/host';

const LOOKED_AT = 250;

export function markRead(host: Host, chat: () => ChatRow, inView: () => boolean): void {
  let focused = $state(document.hasFocus());
  let told = '';

  $effect(() => {
    const look = () => (focused = document.hasFocus() && !document.hidden);
    const stop = [on(window, 'focus', look), on(window, 'blur', look), on(document, 'visibilitychange', look)];
    return () => stop.forEach((off) => off());
  });

  const { id, unread } = $derived.by(() => {
    const row = chat();
    return { id: row.id, unread: row.unread + row.mentions > 0 || row.markedUnread ? `${row.unread}/${row.mentions}/${row.markedUnread}/${row.last?.at}` : '' };
  });

  $effect(() => {
    if (unread === '') told = '';
    if (unread === '' || unread === told || !focused || !inView()) return;
    const timer = setTimeout(() => {
      told = unread;
      host.call('mark_read', { chat: id }).catch(() => (told = ''));
    }, LOOKED_AT);
    return () => clearTimeout(timer);
  });
}
