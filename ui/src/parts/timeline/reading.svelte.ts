// Tells the core that a chat was read: its newest message is in view, in a window that is being looked at.

import type { ChatRow, Host } from '../../host/host';

const LOOKED_AT = 250;

export function markRead(host: Host, chat: () => ChatRow, inView: () => boolean): void {
  let focused = $state(document.hasFocus());
  let told = '';

  $effect(() => {
    const look = () => (focused = document.hasFocus() && !document.hidden);
    const events = ['focus', 'blur', 'visibilitychange'] as const;
    for (const name of events) window.addEventListener(name, look, true);
    return () => events.forEach((name) => window.removeEventListener(name, look, true));
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
