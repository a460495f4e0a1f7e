import { mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { messagesOf } from '../../../../test/fake-chats';
import { FakeHost } from '../../../../test/fake-host';
import { PEOPLE, SCHOOL_ME } from '../../../../test/sample-people';
import { OpenChats } from '../openChats.svelte';
import type { MessageRow } from '../rows';
import { MessageActs, type ActHooks } from './acts.svelte';
import AckPanel from './AckPanel.svelte';

const CHAT = '!parents5a';
let panel: Record<string, unknown>;

// The test's window has no dialogs.
beforeEach(() => void Object.assign(HTMLDialogElement.prototype, { showModal: () => undefined, close: () => undefined }));
afterEach(() => unmount(panel));

it('tells strangers apart from those whose answer counts, warns of an imitator, and says so where one is picked', async () => {
  const host = new FakeHost();
  const message = messagesOf(host.chats.conversation(CHAT)).find(({ own, ack }) => own && ack)!;
  host.chats.change(CHAT, message.event!, ({ ack }) => ({ ack: { ...ack!, count: 0 } }));
  const open = new OpenChats(host, null);
  open.show(CHAT);
  const acts = new MessageActs(host, open.current!, { me: () => SCHOOL_ME.id } as Partial<ActHooks> as ActHooks);
  panel = mount(AckPanel, { target: document.body, props: { acts, row: { message } as MessageRow } });
  await vi.waitFor(() => expect(document.querySelectorAll('li').length).toBe(PEOPLE.length), 5_000);
  const line = (name: string) => [...document.querySelectorAll('li')].find((one) => one.querySelector('.name')!.textContent === name)!;
  const shown = (name: string) => [line(name).querySelector('.about')?.textContent, line(name).querySelector('input')!.getAttribute('aria-label')];
  const [maria, imitator, outsider] = [PEOPLE[0]!, PEOPLE.find(({ mark }) => mark === 'imitates')!, PEOPLE.find(({ mark }) => mark === 'outsider')!];
  expect(shown(maria.name)[1]).toBe(`Напомнить: ${maria.name}`);
  expect(shown(outsider.name)).toEqual(['не из вашей организации', `Напомнить: ${outsider.name} (не из организации)`]);
  expect(shown(imitator.name)).toEqual(['выдаёт себя за сотрудника', `Напомнить: ${imitator.name} (не из организации)`]);
  expect(line(imitator.name).querySelector('.warning')).not.toBeNull();
  expect(line(outsider.name).querySelector('.warning')).toBeNull();
});
