// A host without a core, with rich sample data: for looking at the screens and for the tests of controllers.

import { ApiFailure, type ApiError, type Boot, type Calls, type Connection, type Draft, type Host, type SaveMediaArgs, type SessionState, type Settings, type Streams, type SystemFiles } from '../src/host/host';
import { FakeActs } from './fake-acts';
import { FakeCabinet } from './fake-cabinet';
import { FakeCard } from './fake-card';
import { FakeChats, messagesOf } from './fake-chats';
import { FakeContacts, type ContactOptions } from './fake-contacts';
import { FakeDetails } from './fake-details';
import type { Handlers } from './fake-handlers';
import { FakeOutgoing } from './fake-outgoing';
import { peopleAnswers } from './fake-people';
import { FakeSaves } from './fake-saves';
import { FakeSearch } from './fake-search';
import type { CabinetOptions } from './sample-cabinet';
import { words } from './sample-items';
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
  /** Without it the person runs no organisation. */
  cabinet?: CabinetOptions;
  /** Whom the person can find. */
  contacts?: ContactOptions;
  /** In the longest chat. */
  messages?: number;
  server?: { password: boolean; sso: boolean };
  /** What calls fail with, by name. */
  failing?: Partial<Record<keyof Calls, ApiError>>;
}

export class FakeHost implements Host {
  readonly log: { name: string; args: unknown }[] = [];
  readonly drafts = new Map<string, Draft>();
  readonly chats: FakeChats;
  readonly details: FakeDetails;
  readonly acts: FakeActs;
  readonly search: FakeSearch;
  readonly outgoing: FakeOutgoing;
  readonly cabinet: FakeCabinet;
  readonly contacts: FakeContacts;
  readonly card: FakeCard;
  readonly saves = new FakeSaves();
  failing: NonNullable<FakeOptions['failing']>;
  opened: string[] = [];
  revealed: string[] = [];
  /** What the person chooses in the system's dialog; nothing closes it. */
  place: string | null = '/home/me/Документы';
  saved: string | null = null;
  /** How much pictures and files take. */
  media = 412_000_000;
  #session: SessionState;
  #connection: Connection;
  #watchers = { session: new Set<(u: SessionState) => void>(), connection: new Set<(u: Connection) => void>() };
  readonly #options: FakeOptions;

  constructor(options: FakeOptions = {}) {
    this.#options = options;
    this.failing = options.failing ?? {};
    this.chats = new FakeChats(options.chats ?? 300, options.messages);
    this.details = new FakeDetails(this.chats);
    this.acts = new FakeActs(this.chats, this.details);
    this.search = new FakeSearch(this.chats);
    this.outgoing = new FakeOutgoing(this.chats);
    this.cabinet = new FakeCabinet(options.cabinet ?? null);
    this.contacts = new FakeContacts(options.contacts);
    this.cabinet.setOffline(options.connection?.link === 'offline');
    this.card = new FakeCard(this.chats, this.outgoing, this.contacts, () => this.cabinet.links.now.map(({ id }) => id));
    this.#handlers = { ...this.#own, ...this.details.answers, ...this.acts.answers, ...this.search.answers, ...this.outgoing.answers, ...peopleAnswers(this.chats, this.details, this.contacts), ...this.cabinet.answers, ...this.contacts.answers, ...this.card.answers, ...this.saves.answers };
    this.#session = options.session ?? { kind: 'signedIn', me: SCHOOL_ME };
    this.#connection = { link: 'online', since: null, waiting: 0, failed: 0, bookWaits: false, ...options.connection };
  }

  async call<N extends keyof Calls>(name: N, args: Calls[N]['args']): Promise<Calls[N]['result']> {
    this.log.push({ name, args });
    await new Promise((resolve) => setTimeout(resolve, this.#options.delay ?? 0));
    const error = this.failing[name];
    if (error) throw new ApiFailure(error);
    if (name === 'save_media' && this.saves.slow) return (await this.saves.begin(args as SaveMediaArgs)) as Calls[N]['result'];
    return this.#handlers[name](args);
  }

  watch<N extends keyof Streams>(name: N, args: Streams[N]['args'], on: (update: Streams[N]['update']) => void, refused?: (why: ApiFailure) => void): () => void {
    let stop = () => {};
    const delay = (this.#options.delay ?? 0) + (name === 'chats' || name === 'timeline' || name.startsWith('cabinet_') || name === 'cabinet' ? (this.#options.slow ?? 0) : 0);
    const timer = setTimeout(() => {
      const { chat = '', around = null } = args as { chat?: string; around?: string | null };
      const why = name === 'timeline' && around !== null ? this.chats.refusal(chat, around) : null;
      if (why) return refused?.(new ApiFailure({ code: why, retryAfter: null }));
      stop = this.#open(name, args, on as (update: unknown) => void);
    }, delay);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }

  async push(id: string, bytes: ArrayBuffer): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#options.delay ?? 0));
    this.outgoing.push(id, bytes);
  }

  /** What follows a question mark tells two uses of one picture apart. */
  mediaUrl(key: string): string {
    return `/test/media/${encodeURIComponent(key.split('?')[0]!)}`;
  }

  openExternal(url: string): void {
    this.opened.push(url);
  }

  readonly files: SystemFiles = {
    open: (path) => Promise.resolve((this.opened.push(path), !path.endsWith('.exe'))),
    reveal: (path) => Promise.resolve(void this.revealed.push(path)),
    saveAs: (_, name) => Promise.resolve(this.place === null ? null : { path: `${this.place}/${name}`, name }),
  };

  setSession(session: SessionState): void {
    this.#session = session;
    for (const on of this.#watchers.session) on(session);
  }

  setConnection(part: Partial<Connection>): void {
    this.#connection = { ...this.#connection, ...part };
    this.chats.offline = this.#connection.link === 'offline';
    this.cabinet.setOffline(this.chats.offline);
    for (const on of this.#watchers.connection) on(this.#connection);
  }

  calls(name: keyof Calls): unknown[] {
    return this.log.filter((entry) => entry.name === name).map((entry) => entry.args);
  }

  #open(name: keyof Streams, args: unknown, on: (update: unknown) => void): () => void {
    if (name === 'chats') return this.chats.watch(on);
    const { chat, around, organisation } = args as { chat: string; around: string | null; organisation: string };
    if (name === 'cabinets') return this.cabinet.links.watch(on);
    if (name === 'organisations' || name === 'founding') return this.cabinet[name].watch(on);
    if (name === 'cabinet' || name === 'cabinet_people' || name === 'outbox') return this.cabinet.watch(name, organisation, on);
    if (name === 'timeline') return this.chats.watchTimeline(chat, around, on);
    if (name === 'pinned') return this.acts.watchPinned(chat, on);
    if (name === 'details') return this.details.of(chat).watch(on);
    if (name === 'typing') return this.details.typing(chat).watch(on);
    if (name === 'own_contacts') return this.card.watchBook(on);
    if (name === 'contacts_changed') return this.contacts.changed.watch(on);
    if (name === 'savings') return this.saves.now.watch(on);
    if (name === 'index') return this.search.index.watch(on);
    const set = this.#watchers[name as 'session' | 'connection'] as Set<(update: never) => void>;
    set.add(on);
    on(name === 'session' ? this.#session : this.#connection);
    return () => set.delete(on);
  }

  readonly #handlers: Handlers;
  readonly #own: Omit<Handlers, keyof (FakeDetails & FakeActs & FakeSearch & FakeOutgoing & FakeCabinet & FakeContacts & FakeCard & FakeSaves)['answers'] | keyof ReturnType<typeof peopleAnswers>> = {
    boot: (): Boot => ({ settings: { theme: 'system', language: 'ru', sendKey: 'enter', compact: false, mediaLimit: 1024, recentEmoji: [], ...this.#options.settings }, snapshot: this.#options.snapshot ?? null, demo: this.#options.demo ?? null, version: '0.1.0' }),
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
      this.chats.setRow(chat, (row) => ({ ...row, draft: draft?.text ?? null }));
      return null;
    },
    mark_read: ({ chat }) => (this.chats.read(chat), null),
    mark_unread: ({ chat }) => (this.chats.setRow(chat, (row) => ({ ...row, markedUnread: true })), null),
    leave_chat: ({ chat }) => (this.chats.remove(chat), null),
    load_older: ({ chat, around }) => (this.chats.older(chat, around), null),
    load_newer: ({ chat, around }) => (this.chats.newer(chat, around), null),
    event_at: ({ chat, at }) => messagesOf(this.chats.conversation(chat)).find((message) => message.at >= at)?.event ?? null,
    send_message: ({ chat, written, replyTo, ack }) => (this.chats.send(chat, words(written.text), replyTo, { ack: ack && { due: ack.due, own: false, count: 0 } }), null),
    retry_message: ({ chat, item }) => (this.chats.retry(chat, item), null),
    discard_message: ({ chat, item }) => (this.chats.discard(chat, item), null),
    media_size: () => this.media,
    clear_media: () => ((this.media = 0), null),
  };
}
