import { beforeEach, describe, expect, it, vi } from 'vitest';
import { message, words } from '../../../test/sample-items';
import { PEOPLE } from '../../../test/sample-people';
import type { Message } from '../../host/host';
import type { Actions } from './actions';
import type { PlaceLink } from './acts/links';
import { Selection } from './acts/selection.svelte';
import { Near } from './near.svelte';
import { rowEvents } from './rowEvents';
import { buildRows, type MessageRow } from './rows';

const said = (n: number, more: Partial<Message> = {}) => buildRows(Array.from({ length: n }, (_, i) => message(PEOPLE[0]!, i, words(String(i)), { event: `$${i}`, ...more })).map((item) => ({ key: item.id, item }))) as MessageRow[];

function stage(rows: MessageRow[]) {
  const selection = new Selection(() => rows);
  const near = new Near();
  const show = vi.fn();
  const actions = { acts: { selection, show }, near, reply: vi.fn(), menu: vi.fn(), person: vi.fn(), goTo: vi.fn(({ chat }: PlaceLink) => chat === '!staff'), host: { openExternal: vi.fn() } };
  const events = rowEvents(actions as unknown as Actions, (key) => rows.find((row) => row.key === key));
  const list = document.createElement('div');
  list.innerHTML = rows.map((row) => `<article data-message="${row.key}" tabindex="-1"><span class="rich">${row.key}</span><button>реакция</button><time data-at="${row.message.at}"></time></article>`).join('') + '<p>вчера</p>';
  list.addEventListener('pointerover', (event) => events.over(event as PointerEvent));
  list.addEventListener('pointerleave', events.leave);
  list.addEventListener('focusin', events.focusin);
  list.addEventListener('focusout', events.focusout);
  list.addEventListener('keydown', events.key);
  list.addEventListener('contextmenu', events.menu);
  list.addEventListener('click', events.choose, true);
  list.addEventListener('click', events.link);
  document.body.replaceChildren(list);
  const article = (i: number) => list.querySelectorAll('article')[i]!;
  const on = (target: Element, type: string, init: KeyboardEventInit & MouseEventInit = {}) => {
    const made = type === 'keydown' ? new KeyboardEvent(type, { bubbles: true, cancelable: true, ...init }) : new MouseEvent(type, { bubbles: true, cancelable: true, ...init });
    target.dispatchEvent(made);
    return made;
  };
  return { list, article, on, actions, selection, near, show, shown: () => rows.map((row) => near.has(row.key)) };
}

describe('what is done to the messages of a list', () => {
  beforeEach(() => document.body.replaceChildren());

  it('is offered at the message under the pointer and at the one with the focus', async () => {
    const { article, list, on, shown } = stage(said(3));
    on(article(0).querySelector('button')!, 'pointerover');
    expect(shown()).toEqual([true, false, false]);
    article(2).focus();
    expect(shown()).toEqual([true, false, true]);
    on(list.querySelector('p')!, 'pointerover');
    expect(shown()).toEqual([false, false, true]);
    article(2).querySelector('button')!.focus();
    await Promise.resolve();
    expect(shown(), 'the focus has not left the message').toEqual([false, false, true]);
    on(list, 'pointerleave');
    (document.activeElement as HTMLElement).blur();
    await Promise.resolve();
    expect(shown()).toEqual([false, false, false]);
  });

  it('is no longer offered at a row that went away with the focus and came back', () => {
    const { article, list, on, shown } = stage(said(2));
    const gone = article(1);
    gone.focus();
    expect(shown()).toEqual([false, true]);
    // As an engine does that says nothing of it.
    list.addEventListener('focusout', (event) => event.stopImmediatePropagation(), { capture: true, once: true });
    gone.remove();
    list.append(gone);
    on(article(0), 'pointerover');
    expect(shown()).toEqual([true, false]);
  });

  it('tells the whole moment where the pointer is over its time', () => {
    const { article, on } = stage(said(1));
    const time = article(0).querySelector('time')!;
    on(time, 'pointerover');
    expect(time.title).toMatch(/1970|1 января/);
  });

  it('begins with the keys at the message itself, not at what stands in it', () => {
    const { article, on, actions, show } = stage(said(2, { canDelete: true }));
    const button = article(1).querySelector('button')!;
    for (const key of ['Enter', ' ', 'Delete', 'ContextMenu']) on(button, 'keydown', { key });
    expect([actions.reply, actions.menu, show].every((act) => act.mock.calls.length === 0)).toBe(true);
    expect(on(article(1), 'keydown', { key: 'Enter' }).defaultPrevented).toBe(true);
    expect(actions.reply.mock.lastCall![0].message.event).toBe('$1');
    on(article(0), 'keydown', { key: 'ContextMenu' });
    expect(actions.menu.mock.lastCall![0].message.event).toBe('$0');
    on(article(0), 'keydown', { key: 'Delete' });
    expect(show.mock.lastCall![0]).toMatchObject({ kind: 'delete', rows: [{ message: { event: '$0' } }] });
    expect(on(article(0), 'keydown', { key: 'ArrowDown' }).defaultPrevented, 'the list moves by the arrows').toBe(false);
  });

  it('deletes nothing that may not be deleted', () => {
    const { article, on, show } = stage(said(1, { canDelete: false }));
    on(article(0), 'keydown', { key: 'Delete' });
    expect(show).not.toHaveBeenCalled();
  });

  it('lets a click choose while messages are being chosen, and open nothing', () => {
    const { article, on, selection } = stage(said(4));
    const opened = vi.fn();
    article(1).querySelector('button')!.addEventListener('click', opened);
    on(article(1).querySelector('button')!, 'click');
    expect(opened).toHaveBeenCalledOnce();
    expect(selection.active).toBe(false);
    on(article(0), 'click', { ctrlKey: true });
    on(article(1).querySelector('button')!, 'click');
    expect(opened).toHaveBeenCalledOnce();
    on(article(3), 'click', { shiftKey: true });
    expect(selection.rows.map((row) => row.message.event)).toEqual(['$0', '$1', '$2', '$3']);
  });

  it('leaves the menu of the system to links and to what is no message', () => {
    const { article, list, on, actions } = stage(said(1));
    article(0).querySelector('.rich')!.innerHTML = '<a href="https://example.org">ссылка</a>';
    expect(on(article(0).querySelector('a')!, 'contextmenu').defaultPrevented).toBe(false);
    expect(on(list.querySelector('p')!, 'contextmenu').defaultPrevented).toBe(false);
    expect(on(article(0), 'contextmenu').defaultPrevented).toBe(true);
    expect(actions.menu).toHaveBeenCalledOnce();
  });

  it('leads from a name to the person, from a link out of the app, and from anything else nowhere', () => {
    const { article, on, actions } = stage(said(1));
    const rich = article(0).querySelector('.rich')!;
    const follow = (href: string) => {
      rich.innerHTML = `<a href="${href}"><b>там</b></a>`;
      return on(rich.querySelector('b')!, 'click').defaultPrevented;
    };
    expect(follow('https://matrix.to/#/@m.shchukina:school1.example')).toBe(true);
    expect(actions.person).toHaveBeenCalledExactlyOnceWith('@m.shchukina:school1.example');
    expect(follow('https://example.org/')).toBe(true);
    expect(actions.host.openExternal).toHaveBeenCalledExactlyOnceWith('https://example.org/');
    expect(follow('file:///etc/passwd')).toBe(true);
    expect(actions.host.openExternal).toHaveBeenCalledOnce();
  });

  it('leads from the address of a message to it, and out of the app only where one is not in its chat', () => {
    const { article, on, actions } = stage(said(1));
    const rich = article(0).querySelector('.rich')!;
    const follow = (href: string) => {
      rich.innerHTML = `<a href="${href}">там</a>`;
      on(rich.querySelector('a')!, 'click');
    };
    follow('https://matrix.to/#/!staff/%24m7?via=school1.example');
    expect(actions.goTo).toHaveBeenLastCalledWith({ chat: '!staff', event: '$m7' });
    follow('matrix:roomid/staff');
    expect(actions.goTo).toHaveBeenLastCalledWith({ chat: '!staff', event: null });
    expect(actions.host.openExternal).not.toHaveBeenCalled();
    follow('https://matrix.to/#/!other/$m7');
    expect(actions.host.openExternal).toHaveBeenCalledExactlyOnceWith('https://matrix.to/#/!other/$m7');
    follow('matrix:roomid/other/e/m7');
    expect(actions.host.openExternal).toHaveBeenCalledOnce();
  });
});
