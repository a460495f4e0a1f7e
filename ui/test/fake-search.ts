// Finding messages in the fake host: whole words or their beginnings, without the core's word forms.

import type { Body, Hit, IndexState, Message, Piece, SearchKind } from '../src/host/host';
import { fold } from '../src/lib/match';
import { messagesOf, type FakeChats } from './fake-chats';
import { Told, type Answers } from './fake-handlers';

/** So many chats of the list are looked through. */
const LOOKED_AT = 13;

export class FakeSearch {
  readonly index = new Told<IndexState>({ done: 300, chats: 300, messages: 41_250, sealed: 0, filling: false });
  readonly #chats: FakeChats;

  constructor(chats: FakeChats) {
    this.#chats = chats;
  }

  readonly answers: Answers<'search_messages'> = {
    search_messages: ({ query }) => {
      const chats = this.#chats.rows.filter((row) => (query.chat === null ? true : row.id === query.chat)).slice(0, LOOKED_AT);
      const wanted = fold(query.text).split(' ').filter(Boolean);
      const hits = chats
        .filter((row) => row.kind !== 'invitation')
        .flatMap((row) => messagesOf(this.#chats.conversation(row.id)).map((message) => ({ row, message })))
        .filter(({ message }) => message.event !== null && fits(message, wanted) && (query.from === null || message.sender.id === query.from))
        .filter(({ message }) => (query.since === null || message.at >= query.since) && (query.until === null || message.at <= query.until))
        .map(({ row, message }) => hitOf(row.id, row.name, message, wanted))
        .filter((hit) => query.kind === null || hit.kind === query.kind)
        .sort((a, b) => b.at - a.at);
      const page = hits.slice(query.skip, query.skip + query.most);
      return { hits: page, more: hits.length > query.skip + page.length, index: this.index.now };
    },
  };
}

function textOf(body: Body): string {
  if ('text' in body) return typeof body.text === 'string' ? body.text : body.text.plain;
  if ('media' in body) return body.media.name;
  return body.kind === 'poll' ? body.poll.question : '';
}

function fits(message: Message, wanted: string[]): boolean {
  const words = fold(textOf(message.body)).split(' ');
  return textOf(message.body) !== '' && wanted.every((part) => words.some((word) => word.startsWith(part)));
}

function kindOf(body: Body): SearchKind {
  if (body.kind === 'image' || body.kind === 'video') return 'picture';
  if (body.kind === 'file') return 'file';
  if (body.kind === 'audio') return body.voice ? 'voice' : 'file';
  return 'text' in body && typeof body.text !== 'string' && /<a href="https?:\/\/(?!matrix\.to)/.test(body.text.html) ? 'link' : 'text';
}

function hitOf(chat: string, chatName: string, message: Message, wanted: string[]): Hit {
  const { body } = message;
  const media = 'media' in body ? body.media : null;
  const pieces: Piece[] = textOf(body)
    .split(/(?<=\s)|(?=\s)/)
    .map((text) => ({ text, hit: wanted.some((part) => fold(text).startsWith(part)) }));
  return {
    chat, chatName, event: message.event!, sender: message.sender, own: message.own, at: message.at, kind: kindOf(body), pieces,
    media: media?.key ?? null, name: media?.name ?? null, mime: media?.mime ?? null, size: media?.size ?? null, seconds: media?.seconds ?? null,
  };
}
