import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { message, words } from '../../../test/sample-items';
import { PEOPLE, SCHOOL_ME } from '../../../test/sample-people';
import { stubBrowser } from '../../../test/screen';
import type { Item } from '../../host/host';
import Conversation from './Conversation.svelte';
import { OpenChats } from './openChats.svelte';

const CHAT = '!empty';
let host: FakeHost;
let chats: OpenChats;
let app: Record<string, unknown> | null = null;

beforeEach(() => {
  stubBrowser();
  host = new FakeHost({ chats: 20 });
  chats = new OpenChats(host, null, SCHOOL_ME.id);
});
afterEach(async () => {
  if (app) await unmount(app);
  app = null;
  chats.closeAll();
  vi.unstubAllGlobals();
});

const said = (text: string) => message(PEOPLE[0]!, 1, words(text));
const line: Item = { id: 'u', kind: { kind: 'unread' } };
const streamed = async () => {
  await vi.waitFor(() => expect(chats.current!.timeline.live).toBe(true));
  await tick();
};
/** What stands in the conversation, in its order. */
const shown = () => [...document.querySelector('[role=log]')!.textContent.matchAll(/давно|недавно|ночью|Новые сообщения/g)].map(([word]) => word);

/** The chat with so much unread, and what happens to it. */
async function open(items: Item[], unread: number) {
  const talk = host.chats.conversation(CHAT);
  talk.items = items;
  chats.show(CHAT);
  chats.open();
  const nothing = () => undefined;
  const row = host.chats.rows.find(({ id }) => id === CHAT)!;
  const props = $state({ host, me: SCHOOL_ME.id, chat: { ...row, unread }, open: chats.current!, sendKey: 'enter' as const, chats: host.chats.rows, recentEmoji: [], onemoji: nothing, onopenchat: nothing, online: true, onwrite: nothing, returns: 0, head: { info: false, oninfo: nothing, onsearch: nothing, onleave: nothing } });
  app = mount(Conversation, { target: document.body, props });
  await streamed();
  const turn = (change: Partial<typeof props>) => flushSync(() => void Object.assign(props, change));
  return {
    read: () => turn({ chat: { ...row, unread: 0 } }),
    /** The network is away; when it is back, so much is there. */
    away: async (back: Item[], unread: number) => {
      turn({ online: false });
      talk.items = back;
      turn({ online: true });
      turn({ chat: { ...row, unread } });
      await streamed();
    },
  };
}

const [old, recent, night] = [said('давно'), said('недавно'), said('ночью')] as const;

it('has a line where one reads on after a gap, also in a chat that was opened with something unread and read since', async () => {
  const chat = await open([old, line, recent], 1);
  expect(shown()).toEqual(['давно', 'Новые сообщения', 'недавно']);
  chat.read();
  await chat.away([old, recent, line, night], 1);
  expect(shown()).toEqual(['давно', 'недавно', 'Новые сообщения', 'ночью']);
});

it('keeps the line it was opened with while what is below it has not been read', async () => {
  const chat = await open([old, line, recent], 1);
  const watch = vi.spyOn(host, 'watch');
  await chat.away([old, recent, line, night], 2);
  expect(watch.mock.calls.filter(([name]) => name === 'timeline')).toEqual([]);
  expect(shown().slice(0, 3)).toEqual(['давно', 'Новые сообщения', 'недавно']);
});
