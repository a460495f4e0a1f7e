// What the fake host knows of whole chats: rights, members, who is writing.

import type { ChatDetails, ChatRights, ChatRow, Member, Person, Standing } from '../src/host/host';
import type { FakeChats } from './fake-chats';
import { Told, type Answers } from './fake-handlers';
import { messagesOf } from './fake-chats';
import { badgeOf, OWN, PEOPLE } from './sample-people';

export const ALL_RIGHTS: ChatRights = {
  send: true, react: true, vote: true, pin: true, mentionAll: true, deleteOthers: true, invite: true, remove: true, rename: true, setTopic: true, setAvatar: true, setWriters: true, acknowledge: true,
};
const LITTLE: ChatRights = { ...ALL_RIGHTS, pin: false, mentionAll: false, deleteOthers: false, invite: false, remove: false, rename: false, setTopic: false, setAvatar: false, setWriters: false, acknowledge: false };
/** Chats in which the person has every right. */
const OWN_CHATS = new Set(['!parents5a', '!staff', '!committee', '!empty']);

export class FakeDetails {
  readonly #chats: FakeChats;
  readonly #known = new Map<string, Told<ChatDetails>>();
  readonly #typing = new Map<string, Told<Person[]>>();
  readonly #members = new Map<string, Person[]>();

  constructor(chats: FakeChats) {
    this.#chats = chats;
  }

  of(chat: string): Told<ChatDetails> {
    let known = this.#known.get(chat);
    if (!known) this.#known.set(chat, (known = new Told(this.#make(chat))));
    return known;
  }

  change(chat: string, part: (details: ChatDetails) => Partial<ChatDetails>): void {
    const known = this.of(chat);
    known.set({ ...known.now, ...part(known.now) });
  }

  setRights(chat: string, rights: Partial<ChatRights>): void {
    this.change(chat, (details) => ({ rights: { ...details.rights, ...rights } }));
  }

  typing(chat: string): Told<Person[]> {
    let told = this.#typing.get(chat);
    if (!told) this.#typing.set(chat, (told = new Told<Person[]>([])));
    return told;
  }

  members(chat: string): Member[] {
    const owner = OWN_CHATS.has(chat);
    const member = (person: Person, i: number): Member => ({
      person,
      badge: badgeOf(person.id),
      standing: this.#standing(chat, person, i),
      invited: chat === '!parents5a' && i === 20,
      byHand: chat === '!parents5a' && i === 4,
      canRemove: owner && person.id !== OWN.id && i !== 0,
      me: person.id === OWN.id,
    });
    return [member(OWN, -1), ...this.#people(chat).map(member)];
  }

  #standing(chat: string, person: Person, i: number): Standing {
    if (person.id === OWN.id) return OWN_CHATS.has(chat) ? 'administrator' : 'member';
    return this.#row(chat)?.kind === 'direct' ? 'member' : i === 0 ? 'owner' : i === 1 ? 'moderator' : 'member';
  }

  #row(chat: string): ChatRow | undefined {
    return this.#chats.rows.find((row) => row.id === chat);
  }

  /** The people of a chat besides the person himself. */
  #people(chat: string): Person[] {
    const known = this.#members.get(chat);
    if (known) return known;
    const peer = this.#row(chat)?.peer;
    return peer ? PEOPLE.filter((person) => person.id === peer) : chat === '!parents5a' ? PEOPLE : PEOPLE.slice(0, 12);
  }

  setPeople(chat: string, people: Person[]): void {
    this.#members.set(chat, people);
    if (this.#known.has(chat)) this.change(chat, () => ({ members: people.length + 1 }));
  }

  #make(chat: string): ChatDetails {
    const row = this.#row(chat);
    const kind = row?.kind ?? 'group';
    const messages = messagesOf(this.#chats.conversation(chat));
    const rights = OWN_CHATS.has(chat) || /^!new\d/.test(chat) ? ALL_RIGHTS : kind === 'direct' ? { ...LITTLE, pin: true } : { ...LITTLE, send: row?.canSend ?? true };
    return {
      id: chat,
      unasked: [],
      topic: chat === '!parents5a' ? 'Родители 5 «А». Вопросы по учёбе — классному руководителю.' : null,
      avatar: row?.avatar ?? null,
      kind,
      peer: row?.peer ?? null,
      encrypted: kind !== 'channel',
      members: this.#people(chat).length + 1,
      invited: chat === '!parents5a' ? 1 : 0,
      pinned: chat === '!parents5a' || chat === '!staff' ? messages.filter((message) => message.body.kind === 'text' && !message.own && message.event).slice(-9, -6).map((message) => message.event!) : [],
      history: 'sinceInvited',
      notify: row?.muted ? 'mute' : 'all',
      announcements: kind === 'channel',
      rights,
      readUpTo: messages.at(-6)?.event ?? null,
      largestFile: 50 * 1024 * 1024,
    };
  }

  readonly answers: Answers<'members' | 'rename_chat' | 'set_topic' | 'set_chat_avatar' | 'invite_people' | 'remove_person' | 'set_announcements' | 'set_notify' | 'set_typing'> = {
    members: ({ chat }) => this.members(chat),
    rename_chat: ({ chat, text }) => {
      this.#chats.setRow(chat, (row) => ({ ...row, name: text }));
      return null;
    },
    set_topic: ({ chat, text }) => (this.change(chat, () => ({ topic: text || null })), null),
    set_chat_avatar: ({ chat, staged }) => {
      const avatar = staged === null ? null : 'face.svg';
      this.change(chat, () => ({ avatar }));
      this.#chats.setRow(chat, (row) => ({ ...row, avatar }));
      return null;
    },
    invite_people: ({ chat, people }) => {
      const known = this.#people(chat);
      this.setPeople(chat, [...known, ...PEOPLE.filter((person) => people.includes(person.id) && !known.includes(person))]);
      return [];
    },
    remove_person: ({ chat, person }) => (this.setPeople(chat, this.#people(chat).filter((other) => other.id !== person)), null),
    set_announcements: ({ chat, on }) => (this.change(chat, () => ({ announcements: on })), null),
    set_notify: ({ chat, notify }) => {
      this.change(chat, () => ({ notify }));
      this.#chats.setRow(chat, (row) => ({ ...row, muted: notify === 'mute' }));
      return null;
    },
    set_typing: () => null,
  };
}
