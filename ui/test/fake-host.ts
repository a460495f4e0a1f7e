// A host without a core, with rich sample data: for looking at the screens and for the tests of controllers.

import { ApiFailure, type ApiError, type Boot, type Calls, type Connection, type Draft, type Host, type SessionState, type Settings, type Streams } from '../src/host/host';
import { FakeChats } from './fake-chats';
import { SCHOOL_ME } from './sample-people';

export interface FakeOptions {
  session?: SessionState;
  settings?: Partial<Settings>;
  snapshot?: string | null;
  demo?: Boot['demo'];
  connection?: Partial<Connection>;
  /** Milliseconds before any answer. */
  delay?: number;
  /** More of them before a list or a conversation comes. */
  slow?: number;
  chats?: number;
  server?: { password: boolean; sso: boolean };
  /** What calls fail with, by name. */
  failing?: Partial<Record<keyof Calls, ApiError>>;
}

type Handlers = { [N in keyof Calls]: (args: Calls[N]['args']) => Calls[N]['result'] };

export class FakeHost implements Host {
  readonly log: { name: string; args: unknown }[] = [];
  readonly drafts = new Map<string, Draft>();
  readonly chats: FakeChats;
  failing: NonNullable<FakeOptions['failing']>;
  opened: string[] = [];
  saved: string | null = null;
  #session: SessionState;
  #connection: Connection;
  #watchers = { session: new Set<(u: SessionState) => void>(), connection: new Set<(u: Connection) => void>() };
  readonly #options: FakeOptions;

  constructor(options: FakeOptions = {}) {
    this.#options = options;
    this.failing = options.failing ?? {};
    this.chats = new FakeChats(options.chats ?? 300);
    this.#session = options.session ?? { kind: 'signedIn', me: SCHOOL_ME };
    this.#connection = { link: 'online', since: null, waiting: 0, failed: 0, ...options.connection };
  }

  async call<N extends keyof Calls>(name: N, args: Calls[N]['args']): Promise<Calls[N]['result']> {
    this.log.push({ name, args });
    await new Promise((resolve) => setTimeout(resolve, this.#options.delay ?? 0));
    const error = this.failing[name];
    if (error) throw new ApiFailure(error);
    return this.#handlers[name](args);
  }

  watch<N extends keyof Streams>(name: N, args: Streams[N]['args'], on: (update: Streams[N]['update']) => void): () => void {
    let stop = () => {};
    const delay = (this.#options.delay ?? 0) + (name === 'chats' || name === 'timeline' ? (this.#options.slow ?? 0) : 0);
    const timer = setTimeout(() => {
      stop = this.#open(name, args, on as (update: unknown) => void);
    }, delay);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }

  mediaUrl(key: string): string {
    return `/test/media/${encodeURIComponent(key)}`;
  }

  openExternal(url: string): void {
    this.opened.push(url);
  }

  revealFile = (): void => {};

  setSession(session: SessionState): void {
    this.#session = session;
    for (const on of this.#watchers.session) on(session);
  }

  setConnection(part: Partial<Connection>): void {
    this.#connection = { ...this.#connection, ...part };
    this.chats.offline = this.#connection.link === 'offline';
    for (const on of this.#watchers.connection) on(this.#connection);
  }

  calls(name: keyof Calls): unknown[] {
    return this.log.filter((entry) => entry.name === name).map((entry) => entry.args);
  }

  #open(name: keyof Streams, args: unknown, on: (update: unknown) => void): () => void {
    if (name === 'chats') return this.chats.watch(on);
    if (name === 'timeline') return this.chats.watchTimeline((args as { chat: string }).chat, on);
    const set = this.#watchers[name] as Set<(update: never) => void>;
    set.add(on);
    on(name === 'session' ? this.#session : this.#connection);
    return () => set.delete(on);
  }

  readonly #handlers: Handlers = {
    boot: (): Boot => ({ settings: { theme: 'system', language: 'ru', sendKey: 'enter', compact: false, ...this.#options.settings }, snapshot: this.#options.snapshot ?? null, demo: this.#options.demo ?? null, version: '0.1.0' }),
    save_settings: () => null,
    save_snapshot: ({ json }) => ((this.saved = json), null),
    choose_data_password: () => (this.setSession({ kind: 'signedOut' }), null),
    enter_data_password: ({ password }) => {
      if (password !== 'parta-parta') throw new ApiFailure({ code: 'wrongDataPassword', retryAfter: null });
      this.setSession({ kind: 'signedIn', me: SCHOOL_ME });
      return null;
    },
    retry_open: () => (this.setSession({ kind: 'signedIn', me: SCHOOL_ME }), null),
    start_over: () => (this.setSession({ kind: 'signedOut' }), null),
    find_server: ({ server }) => {
      if (server.includes('нет') || server.includes('none')) throw new ApiFailure({ code: 'serverNotFound', retryAfter: null });
      const { password = true, sso = true } = this.#options.server ?? {};
      return { name: server, url: `https://${server}`, password, sso, providers: sso ? [{ id: 'esia', name: 'Госуслуги (ЕСИА)' }] : [] };
    },
    sign_in: ({ password }) => {
      if (password === 'many') throw new ApiFailure({ code: 'tooManyTries', retryAfter: 75_000 });
      if (password !== 'parta') throw new ApiFailure({ code: 'wrongPassword', retryAfter: null });
      this.setSession({ kind: 'signedIn', me: SCHOOL_ME });
      return null;
    },
    start_sso: () => ({ url: 'https://sso.school.example/login' }),
    cancel_sso: () => null,
    sign_out: () => (this.setSession({ kind: 'signedOut' }), null),
    accept_invitation: ({ chat }) => (this.chats.accept(chat), null),
    decline_invitation: ({ chat }) => (this.chats.remove(chat), null),
    draft: ({ chat }) => this.drafts.get(chat) ?? null,
    save_draft: ({ chat, draft }) => {
      if (draft) this.drafts.set(chat, draft);
      else this.drafts.delete(chat);
      this.chats.setDraft(chat, draft?.text ?? null);
      return null;
    },
    mark_read: ({ chat }) => (this.chats.read(chat), null),
    load_older: ({ chat }) => (this.chats.older(chat), null),
    send_message: ({ chat, text, replyTo }) => (this.chats.send(chat, text, replyTo), null),
    retry_message: ({ chat, item }) => (this.chats.retry(chat, item), null),
    discard_message: ({ chat, item }) => (this.chats.discard(chat, item), null),
    save_media: ({ name }) => ({ path: `/home/me/Загрузки/${name}`, name }),
  };
}
