// What a person does to messages in the fake host.

import { ApiFailure, type AckPerson, type Message, type Poll, type TimelineUpdate } from '../src/host/host';
import type { FakeChats } from './fake-chats';
import type { FakeDetails } from './fake-details';
import type { Answers } from './fake-handlers';
import { words } from './sample-items';
import { badgeOf, OWN, PEOPLE } from './sample-people';

const DAY = 86_400_000;

export class FakeActs {
  readonly #chats: FakeChats;
  readonly #details: FakeDetails;
  readonly #reminded = new Map<string, number>();

  constructor(chats: FakeChats, details: FakeDetails) {
    this.#chats = chats;
    this.#details = details;
  }

  watchPinned(chat: string, on: (update: TimelineUpdate) => void): () => void {
    return this.#details.of(chat).watch(({ pinned }) => {
      const items = pinned.flatMap((event) => this.#chats.conversation(chat).items.filter((item) => item.kind.kind === 'message' && item.kind.message.event === event));
      on({ kind: 'diffs', diffs: [{ op: 'reset', items }] });
    });
  }

  /** Those who are asked, and when they answered: the same each time for the same message. */
  #asked(chat: string, message: Message): AckPerson[] {
    const asked = this.#details.members(chat).filter(({ person }) => person.id !== message.sender.id);
    let left = (message.ack?.count ?? 0) - Number(message.ack?.own ?? false);
    return asked.map(({ person }) => {
      const done = person.id === OWN.id ? message.ack!.own : left-- > 0;
      return { person, badge: badgeOf(person.id), at: done ? message.at + (left + 2) * 47 * 60_000 : null, reminded: this.#reminded.get(person.id) ?? null };
    });
  }

  #message(chat: string, event: string): Message {
    const found = this.#chats.find(chat, event);
    if (!found) throw new ApiFailure({ code: 'badRequest', retryAfter: null });
    return found;
  }

  #poll(chat: string, event: string, change: (poll: Poll) => Poll): void {
    this.#chats.change(chat, event, ({ body }) => (body.kind === 'poll' ? { body: { kind: 'poll', poll: change(body.poll) } } : {}));
  }

  readonly answers: Answers<
    | 'edit_source' | 'edit_message' | 'delete_messages' | 'forward_messages' | 'react' | 'reactors' | 'readers' | 'pin_message' | 'report_message'
    | 'message_link' | 'send_poll' | 'vote' | 'end_poll' | 'acknowledge' | 'ack_report' | 'ack_remind' | 'ack_save'
  > = {
    edit_source: ({ chat, event }) => {
      const { body } = this.#message(chat, event);
      return { text: body.kind === 'text' ? body.text.plain : '', mentions: [] };
    },
    edit_message: ({ chat, event, written }) => (this.#chats.change(chat, event, () => ({ body: words(written.text), edited: true })), null),
    delete_messages: ({ chat, events }) => {
      for (const event of events) this.#chats.change(chat, event, () => ({ body: { kind: 'deleted' }, reactions: [], reply: null, ack: null, canEdit: false, canDelete: false }));
      return null;
    },
    forward_messages: ({ chat, events, to }) => {
      const bodies = events.map((event) => this.#message(chat, event).body);
      for (const target of to) for (const body of bodies) this.#chats.send(target, body, null);
      return null;
    },
    react: ({ chat, event, key }) => {
      this.#chats.change(chat, event, ({ reactions }) => {
        const old = reactions.find((other) => other.key === key);
        if (!old) return { reactions: [...reactions, { key, count: 1, own: true, who: [OWN] }] };
        const now = { ...old, own: !old.own, count: old.count + (old.own ? -1 : 1) };
        return { reactions: reactions.map((other) => (other === old ? now : other)).filter((other) => other.count > 0) };
      });
      return null;
    },
    reactors: ({ chat, event }) => this.#message(chat, event).reactions.map(({ key, count, own }) => ({ key, people: [...(own ? [OWN] : []), ...PEOPLE.slice(0, count - (own ? 1 : 0))] })),
    readers: ({ chat, event }) => {
      const { at, send } = this.#message(chat, event);
      const count = send.kind === 'read' ? send.count : 0;
      return PEOPLE.slice(0, count).map((person, i) => ({ person, at: i === count - 1 && count > 2 ? null : at + (count - i) * 17 * 60_000 }));
    },
    pin_message: ({ chat, event, on }) => (this.#details.change(chat, ({ pinned }) => ({ pinned: on ? [...pinned.filter((other) => other !== event), event] : pinned.filter((other) => other !== event) })), null),
    report_message: () => null,
    message_link: ({ chat, event }) => `https://matrix.to/#/${encodeURIComponent(chat)}/${encodeURIComponent(event)}?via=school1.example`,
    send_poll: ({ chat, poll }) => {
      const answers = poll.answers.map((text, i) => ({ id: `a${i}`, text, votes: poll.disclosed ? 0 : null, own: false }));
      this.#chats.send(chat, { kind: 'poll', poll: { question: poll.question, answers, most: poll.multiple ? answers.length : 1, disclosed: poll.disclosed, ended: false, voters: 0 } }, null);
      return null;
    },
    vote: ({ chat, event, answers }) => {
      this.#poll(chat, event, (poll) => {
        const before = poll.answers.some((answer) => answer.own);
        const shown = (votes: number | null, was: boolean, is: boolean) => (votes === null ? null : votes - Number(was) + Number(is));
        return {
          ...poll,
          answers: poll.answers.map((answer) => ({ ...answer, votes: shown(answer.votes, answer.own, answers.includes(answer.id)), own: answers.includes(answer.id) })),
          voters: poll.voters - Number(before) + Number(answers.length > 0),
        };
      });
      return null;
    },
    end_poll: ({ chat, event }) => {
      this.#poll(chat, event, (poll) => ({ ...poll, ended: true, answers: poll.answers.map((answer, i) => ({ ...answer, votes: answer.votes ?? Math.max(Number(answer.own), Math.round(poll.voters / (i + 2))) })) }));
      return null;
    },

    acknowledge: ({ chat, event }) => (this.#chats.change(chat, event, ({ ack }) => (ack && !ack.own ? { ack: { ...ack, own: true, count: ack.count + 1 } } : {})), null),
    ack_report: ({ chat, event }) => {
      const message = this.#message(chat, event);
      return { due: message.ack?.due ?? null, people: this.#asked(chat, message), incomplete: this.#chats.offline };
    },
    ack_remind: ({ people }) => {
      const now = Date.now();
      const due = people.filter((id) => (this.#reminded.get(id) ?? 0) < now - DAY);
      for (const id of due) this.#reminded.set(id, now);
      return { sent: due.length, skipped: people.length - due.length, failed: 0 };
    },
    ack_save: () => ({ path: '/home/me/Загрузки/Ознакомление.csv', name: 'Ознакомление.csv' }),
  };
}
