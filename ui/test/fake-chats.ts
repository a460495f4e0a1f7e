// The chats of the fake host: a list that moves and conversations that page, receive and send.

import type { ChatRow, Item, ListDiff, Message, TimelineUpdate } from '../src/host/host';
import { sampleChats } from './sample-chats';
import { message, sampleItems, words } from './sample-items';
import { OWN, PEOPLE } from './sample-people';

const PAGE = 30;

interface Conversation {
  items: Item[];
  /** How many of the newest are shown. */
  shown: number;
  watchers: Set<(update: TimelineUpdate) => void>;
}

export class FakeChats {
  offline = false;
  /** Answers paging only when told to, so that a test can look in between. */
  pageDelay = 120;
  rows: ChatRow[];
  readonly #watchers = new Set<(diffs: ListDiff<ChatRow>[]) => void>();
  readonly #conversations = new Map<string, Conversation>();
  #sent = 0;

  constructor(count: number) {
    this.rows = sampleChats(count, Date.now());
  }

  watch(on: (diffs: ListDiff<ChatRow>[]) => void): () => void {
    this.#watchers.add(on);
    on([{ op: 'reset', items: this.rows.slice() }]);
    return () => this.#watchers.delete(on);
  }

  watchTimeline(chat: string, on: (update: TimelineUpdate) => void): () => void {
    const talk = this.conversation(chat);
    talk.shown = Math.min(talk.items.length, PAGE);
    talk.watchers.add(on);
    on({ kind: 'diffs', diffs: [{ op: 'reset', items: talk.items.slice(-talk.shown || talk.items.length) }] });
    on({ kind: 'paging', paging: talk.shown >= talk.items.length ? 'start' : this.offline ? 'offline' : 'idle' });
    return () => talk.watchers.delete(on);
  }

  conversation(chat: string): Conversation {
    let talk = this.#conversations.get(chat);
    const size = chat === '!parents5a' ? 2000 : chat === '!empty' ? 0 : 120;
    if (!talk) this.#conversations.set(chat, (talk = { items: size ? sampleItems(size, Date.now()) : [], shown: 0, watchers: new Set() }));
    return talk;
  }

  older(chat: string): void {
    const talk = this.conversation(chat);
    if (this.offline) return this.#tell(talk, { kind: 'paging', paging: 'offline' });
    this.#tell(talk, { kind: 'paging', paging: 'loading' });
    setTimeout(() => {
      const from = Math.max(0, talk.items.length - talk.shown - PAGE);
      const page = talk.items.slice(from, talk.items.length - talk.shown);
      talk.shown += page.length;
      this.#tell(talk, { kind: 'diffs', diffs: page.reverse().map((item) => ({ op: 'pushFront', item })) });
      this.#tell(talk, { kind: 'paging', paging: from === 0 ? 'start' : 'idle' });
    }, this.pageDelay);
  }

  send(chat: string, plain: string, replyTo: string | null): void {
    const talk = this.conversation(chat);
    const echo = message(OWN, Date.now(), words(plain), { event: null, send: { kind: 'waiting' }, reply: replyTo ? { sender: PEOPLE[0]!, preview: { kind: 'text', text: '…' }, event: replyTo } : null });
    this.#push(talk, echo);
    this.#bump(chat, (row) => ({ ...row, last: { sender: null, own: true, preview: { kind: 'text', text: plain }, delivery: 'waiting', at: Date.now() } }));
    const event = `$sent${++this.#sent}`;
    if (!this.offline) setTimeout(() => this.#change(talk, echo.id, { event, send: { kind: 'sent' } }), 300);
  }

  /** Somebody else writes. */
  receive(chat: string, plain: string): void {
    this.#push(this.conversation(chat), message(PEOPLE[0]!, Date.now(), words(plain)));
    this.#bump(chat, (row) => ({ ...row, unread: row.unread + 1, last: { sender: PEOPLE[0]!.name, own: false, preview: { kind: 'text', text: plain }, delivery: 'none', at: Date.now() } }));
  }

  retry(chat: string, item: string): void {
    this.#change(this.conversation(chat), item, { send: { kind: 'sent' } });
  }

  discard(chat: string, item: string): void {
    const talk = this.conversation(chat);
    const index = this.#shownIndex(talk, item);
    talk.items = talk.items.filter((other) => other.id !== item);
    talk.shown--;
    this.#tell(talk, { kind: 'diffs', diffs: [{ op: 'remove', index }] });
  }

  read(chat: string): void {
    this.#set(chat, (row) => ({ ...row, unread: 0, mentions: 0, markedUnread: false }));
  }

  setDraft(chat: string, draft: string | null): void {
    this.#set(chat, (row) => ({ ...row, draft }));
  }

  accept(chat: string): void {
    this.#set(chat, (row) => ({ ...row, kind: 'group' }));
  }

  remove(chat: string): void {
    const index = this.rows.findIndex((row) => row.id === chat);
    this.rows = this.rows.filter((row) => row.id !== chat);
    this.#say([{ op: 'remove', index }]);
  }

  #shownIndex(talk: Conversation, item: string): number {
    return talk.items.findIndex((other) => other.id === item) - (talk.items.length - talk.shown);
  }

  #push(talk: Conversation, item: Item): void {
    talk.items = [...talk.items, item];
    talk.shown++;
    this.#tell(talk, { kind: 'diffs', diffs: [{ op: 'pushBack', item }] });
  }

  #change(talk: Conversation, id: string, part: Partial<Message>): void {
    const index = this.#shownIndex(talk, id);
    const at = talk.items.findIndex((other) => other.id === id);
    const old = talk.items[at]!.kind as { kind: 'message'; message: Message };
    const item: Item = { id, kind: { kind: 'message', message: { ...old.message, ...part } } };
    talk.items = talk.items.with(at, item);
    this.#tell(talk, { kind: 'diffs', diffs: [{ op: 'set', index, item }] });
  }

  #set(chat: string, change: (row: ChatRow) => ChatRow): void {
    const index = this.rows.findIndex((row) => row.id === chat);
    const item = change(this.rows[index]!);
    this.rows = this.rows.with(index, item);
    this.#say([{ op: 'set', index, item }]);
  }

  #bump(chat: string, change: (row: ChatRow) => ChatRow): void {
    const index = this.rows.findIndex((row) => row.id === chat);
    const item = change(this.rows[index]!);
    this.rows = [item, ...this.rows.toSpliced(index, 1)];
    this.#say([{ op: 'remove', index }, { op: 'pushFront', item }]);
  }

  #tell(talk: Conversation, update: TimelineUpdate): void {
    for (const on of talk.watchers) on(update);
  }

  #say(diffs: ListDiff<ChatRow>[]): void {
    for (const on of this.#watchers) on(diffs);
  }
}
