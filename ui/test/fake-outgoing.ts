// Files and recordings on their way out of the fake host.

import { ApiFailure, type ApiError, type Body, type Media, type Staged } from '../src/host/host';
import type { FakeChats } from './fake-chats';
import type { Answers } from './fake-handlers';
import { media, text } from './sample-items';

interface Held extends Staged {
  mime: string;
}

export class FakeOutgoing {
  readonly staged = new Map<string, Held>();
  readonly #chats: FakeChats;
  #last = 0;

  constructor(chats: FakeChats) {
    this.#chats = chats;
  }

  #hold(name: string, mime: string, size: number): Staged {
    const held = { id: `staged${++this.#last}`, name, size, mime };
    this.staged.set(held.id, held);
    return { id: held.id, name, size };
  }

  /** The bytes of a piece of work that were pushed, piece by piece. */
  readonly pushed = new Map<string, Uint8Array[]>();
  /** What the next push fails with. */
  refusing: ApiError | null = null;

  push(id: string, bytes: ArrayBuffer): void {
    if (this.refusing) throw new ApiFailure(this.refusing);
    if (!this.staged.has(id)) throw new ApiFailure({ code: 'fileGone', retryAfter: null });
    this.pushed.set(id, [...(this.pushed.get(id) ?? []), new Uint8Array(bytes)]);
  }

  #take(id: string): Held {
    const held = this.staged.get(id);
    if (!held) throw new ApiFailure({ code: 'fileGone', retryAfter: null });
    this.staged.delete(id);
    return held;
  }

  readonly answers: Answers<'stage_file' | 'stage_voice' | 'finish_voice' | 'unstage' | 'send_files' | 'send_voice'> = {
    stage_file: ({ name, size }) => this.#hold(name, typeOf(name), size),
    stage_voice: () => this.#hold('Голосовое сообщение.ogg', 'audio/ogg', 24_000),
    finish_voice: ({ id }) => ({ id, length: 7_000, waveform: wave(), media: 'voice.ogg' }),
    unstage: ({ id }) => (this.staged.delete(id), null),
    send_files: ({ chat, files, caption, replyTo }) => {
      files.forEach(({ staged, asFile }, i) => {
        const held = this.#take(staged);
        const words = caption && i === files.length - 1 ? text(caption.text) : null;
        this.#chats.send(chat, bodyOf(held, asFile, words), replyTo);
      });
      return null;
    },
    send_voice: ({ chat, id, replyTo }) => {
      const held = this.#take(id);
      this.#chats.send(chat, { kind: 'audio', voice: true, waveform: wave(), media: { ...mediaOf(held), seconds: 7 }, caption: null }, replyTo);
      return null;
    },
  };
}

// The core looks at the bytes; here the name has to do.
const typeOf = (name: string): string => (/\.(png|jpe?g|webp|gif|svg)$/i.test(name) ? 'image/png' : /\.(mp4|webm|mov)$/i.test(name) ? 'video/mp4' : 'application/octet-stream');
const wave = () => Array.from({ length: 60 }, (_, i) => Math.round(500 + 480 * Math.sin(i / 3) * Math.sin(i / 17)));
const mediaOf = (held: Held): Media => media(held.name, { size: held.size, mime: held.mime });

function bodyOf(held: Held, asFile: boolean, caption: ReturnType<typeof text> | null): Body {
  if (!asFile && held.mime.startsWith('image/')) return { kind: 'image', media: { ...mediaOf(held), key: 'museum.svg', width: 1600, height: 1067 }, caption };
  if (!asFile && held.mime.startsWith('video/')) return { kind: 'video', media: mediaOf(held), caption };
  return { kind: 'file', media: mediaOf(held), caption };
}
