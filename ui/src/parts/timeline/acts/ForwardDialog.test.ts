import { mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import { row } from '../../../../test/sample-chats';
import { message, words } from '../../../../test/sample-items';
import { OWN, PEOPLE, SCHOOL_ME } from '../../../../test/sample-people';
import { stubBrowser } from '../../../../test/screen';
import { OpenChats } from '../openChats.svelte';
import type { MessageRow } from '../rows';
import { MessageActs, type ActHooks } from './acts.svelte';
import ForwardDialog from './ForwardDialog.svelte';

let dialog: Record<string, unknown>;

beforeEach(() => stubBrowser());
afterEach(() => {
  void unmount(dialog);
  vi.unstubAllGlobals();
});

it('says of a chosen person from outside that he is', async () => {
  const host = new FakeHost();
  const open = new OpenChats(host, null);
  open.show('!parents5a');
  const acts = new MessageActs(host, open.current!, { me: () => SCHOOL_ME.id } as Partial<ActHooks> as ActHooks);
  const { kind } = message(OWN, 1, words('Отличный план'));
  const chats = PEOPLE.slice(6, 8).map(({ id, name, mark }) => row(`!${id}`, name, { kind: 'direct', peer: id, mark }));
  dialog = mount(ForwardDialog, { target: document.body, props: { acts, chats, rows: kind.kind === 'message' ? [{ message: kind.message } as MessageRow] : [] } });
  for (const option of document.querySelectorAll<HTMLElement>('[role=option]')) option.click();
  await tick();
  expect([...document.querySelectorAll('.chip')].map((chip) => chip.textContent.trim().replace(/\s+/g, ' '))).toEqual(['Артём Кузнецов', 'Дарья Соколова (не из организации)']);
});
