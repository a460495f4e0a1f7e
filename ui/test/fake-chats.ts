// The chats of the fake host: a list that moves and conversations that page, receive and send.

import type { Body, ChatRow, Code, Item, ListDiff, Message, Person, Preview, TimelineUpdate } from '../src/host/host';
import { FakeWindow } from './fake-window';
import { sampleChats, row } from './sample-chats';
import { message, sampleItems, words } from './sample-items';
import { OWN, PEOPLE } from './sample-people';

interface Conversation {
  items: Item[];
  windows: Set<FakeWindow>;
}

export class FakeChats {
  offline = false;
  /** Answers paging only when told to, so that a test can look in between. */
  pageDelay = 120;
  rows: ChatRow[];
  readonly #watchers = new Set<(diffs: ListDiff<ChatRow>[]) => void>();
  readonly #conversations = new Map<string, Conversation>();
  readonly #longest: number;
  #sent = 0;

  constructor(count: number, longest = 2000) {
    this.#longest = longest;
    this.rows = sampleChats(count, Date.now());
  }

  watch(on: (diffs: ListDiff<ChatRow>[]) => void): () => void {
    this.#watchers.add(on);
    on([{ op: 'reset', items: this.rows.slice() }]);
    return () => this.#watchers.delete(on);
  }

  watchTimeline(chat: string, around: string | null, on: (update: TimelineUpdate) => void): () => void {
    const talk = this.conversation(chat);
    const window = new FakeWindow(talk.items, around, on);
    talk.windows.add(window);
    window.begin(talk.items, this.offline);
    return () => talk.windows.delete(window);
  }

  /** Why a conversation does not open around an event: only the server knows one that was never loaded. */
  refusal(chat: string, around: string): Code | null {
    if (this.offline) return 'noNetwork';
    return this.find(chat, around) ? null : 'chatGone';
  }

  conversation(chat: string): Conversation {
    let talk = this.#conversations.get(chat);
    const size = chat === '!parents5a' ? this.#longest : chat === '!empty' || /^!new\d/.test(chat) ? 0 : 120;
    if (!talk) this.#conversations.set(chat, (talk = { items: size ? sampleItems(size, Date.now()) : [], windows: new Set() }));
    return talk;
  }

  older(chat: string, around: string | null): void {
    this.#page(chat, around, 'paging', (window, items) => window.grow(items));
  }

  newer(chat: string, around: string | null): void {
    this.#page(chat, around, 'newer', (window, items) => window.reach(items));
  }

  #page(chat: string, around: string | null, kind: 'paging' | 'newer', turn: (window: FakeWindow, items: Item[]) => void): void {
    const talk = this.conversation(chat);
    const windows = () => [...talk.windows].filter((window) => window.around === around);
    windows().forEach((window) => window.say(kind, this.offline ? 'offline' : 'loading'));
    if (!this.offline) setTimeout(() => windows().forEach((window) => turn(window, talk.items)), this.pageDelay);
  }

  /** The message of an event, where the chat has it. */
  find(chat: string, event: string): Message | null {
    return messagesOf(this.conversation(chat)).find((other) => other.event === event) ?? null;
  }

  send(chat: string, body: Body, replyTo: string | null, more: Partial<Message> = {}): void {
    const answered = replyTo === null ? null : this.find(chat, replyTo);
    const reply = replyTo === null ? null : { sender: answered?.sender ?? null, preview: answered && previewOf(answered.body), event: replyTo };
    const echo = message(OWN, Date.now(), body, { event: null, send: { kind: 'waiting' }, canEdit: false, canDelete: false, reply, ...more });
    this.#push(chat, echo);
    this.bump(chat, (row) => ({ ...row, last: { sender: null, own: true, preview: previewOf(body), delivery: 'waiting', at: Date.now() } }));
    const media = 'media' in body && (body.media.size ?? 0) > 0 ? body.media.size! : null;
    if (this.offline) return;
    if (media !== null) this.#set(chat, echo.id, { send: { kind: 'uploading', sent: media / 2, total: media } });
    setTimeout(() => this.#set(chat, echo.id, { event: `$sent${++this.#sent}`, send: { kind: 'sent' }, canEdit: body.kind === 'text', canDelete: true }), media === null ? 300 : 1200);
  }

  /** Somebody else writes. */
  receive(chat: string, plain: string, more: Partial<Message> = {}, sender: Person = PEOPLE[0]!): void {
    this.#push(chat, message(sender, Date.now(), words(plain), more));
    this.bump(chat, (row) => ({ ...row, unread: row.unread + 1, last: { sender, own: false, preview: { kind: 'text', text: plain }, delivery: 'none', at: Date.now() } }));
  }

  retry(chat: string, item: string): void {
    this.#set(chat, item, { event: `$sent${++this.#sent}`, send: { kind: 'sent' }, canDelete: true });
  }

  discard(chat: string, item: string): void {
    const talk = this.conversation(chat);
    const at = talk.items.findIndex((other) => other.id === item);
    talk.items = talk.items.toSpliced(at, 1);
    for (const window of talk.windows) window.removed(at);
  }

  /** Changes the message of an event in every window that shows it. */
  change(chat: string, event: string, part: (message: Message) => Partial<Message>): void {
    const item = this.conversation(chat).items.find((other) => other.kind.kind === 'message' && other.kind.message.event === event);
    if (item?.kind.kind === 'message') this.#set(chat, item.id, part(item.kind.message));
  }

  read(chat: string): void {
    this.setRow(chat, (row) => ({ ...row, unread: 0, mentions: 0, markedUnread: false }));
  }

  accept(chat: string): void {
    this.setRow(chat, (row) => ({ ...row, kind: 'group' }));
  }

  remove(chat: string): void {
    const index = this.rows.findIndex((row) => row.id === chat);
    this.rows = this.rows.filter((row) => row.id !== chat);
    this.#say([{ op: 'remove', index }]);
  }

  add(id: string, name: string, more: Partial<ChatRow>): void {
    const item = row(id, name, more);
    this.rows = [item, ...this.rows];
    this.#say([{ op: 'pushFront', item }]);
  }

  setRow(chat: string, change: (row: ChatRow) => ChatRow): void {
    const index = this.rows.findIndex((row) => row.id === chat);
    const item = change(this.rows[index]!);
    this.rows = this.rows.with(index, item);
    this.#say([{ op: 'set', index, item }]);
  }

  /** Changes a row and brings it to the top. */
  bump(chat: string, change: (row: ChatRow) => ChatRow): void {
    const index = this.rows.findIndex((row) => row.id === chat);
    const item = change(this.rows[index]!);
    this.rows = [item, ...this.rows.toSpliced(index, 1)];
    this.#say([{ op: 'remove', index }, { op: 'pushFront', item }]);
  }

  #push(chat: string, item: Item): void {
    const talk = this.conversation(chat);
    talk.items = [...talk.items, item];
    for (const window of talk.windows) window.pushed(talk.items);
  }

  #set(chat: string, id: string, part: Partial<Message>): void {
    const talk = this.conversation(chat);
    const at = talk.items.findIndex((other) => other.id === id);
    const old = talk.items[at]?.kind;
    if (old?.kind !== 'message') return;
    talk.items = talk.items.with(at, { id, kind: { kind: 'message', message: { ...old.message, ...part } } });
    for (const window of talk.windows) window.changed(talk.items, at);
  }

  #say(diffs: ListDiff<ChatRow>[]): void {
    for (const on of this.#watchers) on(diffs);
  }
}

export function messagesOf(talk: { items: readonly Item[] }): Message[] {
  return talk.items.flatMap((item) => (item.kind.kind === 'message' ? [item.kind.message] : []));
}

export function previewOf(body: Body): Preview {
  switch (body.kind) {
    case 'text':
    case 'emote':
    case 'notice':
      return { kind: 'text', text: body.text.plain };
    case 'image':
    case 'video':
      return { kind: body.kind, caption: body.caption?.plain ?? null };
    case 'file':
      return { kind: 'file', name: body.media.name };
    case 'audio':
      return body.voice ? { kind: 'voice', seconds: body.media.seconds } : { kind: 'audio', name: body.media.name };
    case 'sticker':
      return { kind: 'sticker', text: body.media.name };
    case 'poll':
      return { kind: 'poll', question: body.poll.question };
    default:
      return { kind: body.kind };
  }
}
