// Tells the core that a chat was read: its newest message is in view, in a window that is being looked at.

import { on } from 'svelte/events';
import type { ChatRow, Host } from '../../host/host';

const LOOKED_AT = 250;

/** `returns` grows when the person comes back to the chat that is open: he writes in it, or chooses it once more. */
export function markRead(host: Host, chat: () => ChatRow, inView: () => boolean, returns: () => number): void {
  let focused = $state(document.hasFocus());
  /** The chat was marked unread while it stood open: it is to stay so, although its end is in view. */
  let held = $state(false);
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

  // A mark that was there before is why the chat was opened, and goes with that.
  const marked = $derived(chat().markedUnread);
  let before = { marked: chat().markedUnread, returns: returns() };
  $effect(() => {
    const now = { marked, returns: returns() };
    if (!now.marked || now.returns !== before.returns) held = false;
    else if (!before.marked) held = true;
    before = now;
  });

  $effect(() => {
    if (unread === '') told = '';
    if (unread === '' || unread === told || held || !focused || !inView()) return;
    const timer = setTimeout(() => {
      told = unread;
      host.call('mark_read', { chat: id }).catch(() => (told = ''));
    }, LOOKED_AT);
    return () => clearTimeout(timer);
  });
}
