import { flushSync, mount, unmount } from 'svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { CARDS } from '../../../../test/fake-card';
import { FakeHost } from '../../../../test/fake-host';
import AddToChatDialog from './AddToChatDialog.svelte';

// The test's window has no dialogs and does not scroll.
beforeEach(() => {
  Object.assign(HTMLDialogElement.prototype, { showModal: () => undefined, close: () => undefined });
  Element.prototype.scrollIntoView = () => undefined;
});

it('invites with the second Enter into the chat that the first one chose, and not with one that is held down', async () => {
  const host = new FakeHost();
  const onclose = vi.fn();
  const dialog = mount(AddToChatDialog, { target: document.body, props: { host, person: CARDS.known, name: 'Репетитор', chats: [], onclose } });
  const options = () => [...document.querySelectorAll('[role=option]')];
  const press = (key: string, repeat = false) => flushSync(() => void document.querySelector('input')!.dispatchEvent(new KeyboardEvent('keydown', { key, repeat, bubbles: true })));
  await vi.waitFor(() => expect([options().length, document.querySelector('[role=status]')]).toEqual([4, null]), 5_000);
  press('ArrowDown');
  press('Enter');
  press('Enter', true);
  const row = options().findIndex((option) => option.getAttribute('aria-selected') === 'true');
  expect([row, host.calls('invite_people')]).toEqual([1, []]);
  const idOf = (at: number) => host.chats.rows.find((chat) => chat.name === options()[at]!.querySelector('b')!.textContent)!.id;
  const chosen = idOf(1);
  host.chats.receive(idOf(3), 'Собрание в шесть');
  await new Promise((resolve) => setTimeout(resolve, 60));
  press('Enter');
  await vi.waitFor(() => expect(onclose).toHaveBeenCalledOnce());
  expect(host.calls('invite_people')).toEqual([{ chat: chosen, people: [CARDS.known] }]);
  await unmount(dialog);
});
