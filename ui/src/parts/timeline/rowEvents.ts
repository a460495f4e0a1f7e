// What the pointer and the keys do to the messages of a chat. The list hears it for all its rows: they come and go with
// each frame of a scroll, and whatever listens on a row keeps all of it alive until a major collection.

import { moment } from '../../lib/format';
import type { Actions } from './actions';
import { mentionedIn, placeIn } from './acts/links';
import { selectable } from './acts/selection.svelte';
import type { MessageRow } from './rows';

/** The message that a part of the page belongs to. */
export function messageAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-message]') : null;
}

const keyAt = (target: EventTarget | null) => messageAt(target)?.dataset.message ?? null;

export function rowEvents(actions: Actions, find: (key: string) => MessageRow | undefined) {
  const { acts, near } = actions;
  const { selection } = acts;

  function rowAt(target: EventTarget | null): MessageRow | undefined {
    const key = keyAt(target);
    return key === null ? undefined : find(key);
  }

  function remove(row: MessageRow) {
    const rows = selection.active ? selection.rows : [row];
    if (rows.every((other) => other.message.canDelete && other.message.event !== null)) acts.show({ kind: 'delete', rows });
  }

  return {
    over: (event: PointerEvent) => {
      near.pointed = keyAt(event.target);
      // Not every engine tells of a focus that went away with its row.
      near.focused = keyAt(document.activeElement);
      const time = event.target instanceof Element ? event.target.closest<HTMLElement>('time[data-at]') : null;
      if (time) time.title = moment(Number(time.dataset.at));
    },
    leave: () => (near.pointed = null),
    focusin: (event: FocusEvent) => (near.focused = keyAt(event.target)),
    focusout: (event: FocusEvent) => {
      const next = keyAt(event.relatedTarget);
      // A row that is taken away loses its focus in the middle of the change that takes it.
      queueMicrotask(() => (near.focused = next));
    },

    /** Of a message that has the focus itself. */
    key: (event: KeyboardEvent) => {
      if (event.target !== messageAt(event.target)) return;
      const row = rowAt(event.target);
      if (!row) return;
      if (event.shiftKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        // The list moves the focus along.
        selection.step(row, event.key === 'ArrowDown' ? 1 : -1);
        return;
      }
      if (selection.active && (event.key === ' ' || event.key === 'Enter')) selection.toggle(row);
      else if (event.key === 'Delete') remove(row);
      else if (event.key === 'Enter') actions.reply(row);
      else if (event.key === 'ContextMenu' || event.key === ' ' || (event.key === 'F10' && event.shiftKey)) {
        const box = (event.target as HTMLElement).getBoundingClientRect();
        actions.menu(row, { x: box.left + box.width / 2, y: box.bottom - 12 });
      } else return;
      event.preventDefault();
    },

    menu: (event: MouseEvent) => {
      // A marked piece of text keeps the menu of the system, which can copy it.
      if (getSelection()?.isCollapsed === false || (event.target as Element).closest('a')) return;
      const row = rowAt(event.target);
      if (!row) return;
      event.preventDefault();
      actions.menu(row, { x: event.clientX, y: event.clientY });
    },

    /** While messages are being chosen, a click on one chooses it and opens nothing. */
    choose: (event: MouseEvent) => {
      if (!selection.active && !event.ctrlKey && !event.metaKey) return;
      const row = rowAt(event.target);
      if (!row || !selectable(row)) return;
      event.preventDefault();
      event.stopPropagation();
      getSelection()?.removeAllRanges();
      if (event.shiftKey) selection.stretch(row);
      else selection.toggle(row);
    },

    /** Links in what people write. */
    link: (event: MouseEvent) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>('.rich a');
      if (!link) return;
      event.preventDefault();
      // A name in a text leads to the person, and a message or a chat that one is in to that: not out of the app.
      const named = mentionedIn(link.href);
      const place = placeIn(link.href);
      if (named) actions.person(named);
      else if (place && actions.goTo(place)) return;
      else if (/^(https?|mailto|tel):/.test(link.href)) actions.host.openExternal(link.href);
    },
  };
}
