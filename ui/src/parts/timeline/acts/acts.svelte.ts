// What a person does to the messages of one chat, and which dialog of these acts is open.

import { asFailure, type ChatRow, type Host } from '../../../host/host';
import { toasts } from '../../../kit/toasts.svelte';
import { calledIn } from '../../../lib/badge';
import { clock, dayInYear, sameDay } from '../../../lib/format';
import { t } from '../../../lib/i18n.svelte';
import { openMedia, saveMediaAs } from '../save.svelte';
import type { OpenChat } from '../openChats.svelte';
import type { MessageRow } from '../rows';
import { copyText, fileOf } from '../words';
import { canReact, type Act, type Place } from './allowed';
import { Selection } from './selection.svelte';

export interface Anchor {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export type Shown =
  | { kind: 'menu'; row: MessageRow; at: { x: number; y: number } }
  | { kind: 'quick' | 'picker'; row: MessageRow; anchor: Anchor }
  | { kind: 'delete' | 'forward'; rows: MessageRow[] }
  | { kind: 'report' | 'readers' | 'reactors' | 'acks'; row: MessageRow }
  | { kind: 'pins' | 'poll' };

export interface ActHooks {
  me: () => string;
  chat: () => ChatRow;
  reply: (row: MessageRow) => void;
  edit: (event: string) => void;
  jump: (event: string) => void;
  openChat: (chat: string) => void;
  /** Opens the chat with somebody. */
  write: (person: string) => void;
  /** Remembers an emoji that was used. */
  used: (emoji: string) => void;
}

export class MessageActs {
  shown = $state.raw<Shown | null>(null);
  /** When the person acknowledged what he has acknowledged just now: the core tells that it is so, not when. */
  acknowledged: ReadonlyMap<string, number> = $state.raw(new Map());
  readonly selection: Selection;
  readonly host: Host;
  readonly open: OpenChat;
  readonly hooks: ActHooks;

  constructor(host: Host, open: OpenChat, hooks: ActHooks) {
    this.host = host;
    this.open = open;
    this.hooks = hooks;
    this.selection = new Selection(() => open.place.shown.rows);
  }

  get chat(): string {
    return this.open.timeline.chat;
  }

  get place(): Place {
    const { kind, canSend } = this.hooks.chat();
    const { details, place } = this.open;
    return { kind, canSend, rights: details.rights, pinned: details.now?.pinned ?? [], live: place.shown.live, files: this.host.files !== undefined };
  }

  show(shown: Shown): void {
    this.shown = shown;
  }

  close(): void {
    this.shown = null;
  }

  /** Does what the menu offers. */
  run(act: Act, row: MessageRow): void {
    const { event } = row.message;
    const { timeline } = this.open;
    if (act === 'retry') void this.attempt(timeline.retry(row.item.id));
    else if (act === 'discard') void this.attempt(timeline.discard(row.item.id));
    else if (act === 'copy') void this.copy(copyText(row.message.body) ?? '', t('copied_text'));
    else if (act === 'openFile' || act === 'saveAs') void this.#file(act, row);
    else if (event === null) return;
    else if (act === 'reply') this.hooks.reply(row);
    else if (act === 'edit') this.hooks.edit(event);
    else if (act === 'pin' || act === 'unpin') void this.pin(event, act === 'pin');
    else if (act === 'copyLink') void this.copyLink(event);
    else if (act === 'endPoll') void this.attempt(this.host.call('end_poll', { chat: this.chat, event }));
    else if (act === 'select') this.selection.toggle(row);
    else if (act === 'readers' || act === 'report') this.show({ kind: act, row });
    else if (act === 'ackReport') this.show({ kind: 'acks', row });
    else this.show({ kind: act, rows: [row] });
  }

  async #file(act: 'openFile' | 'saveAs', row: MessageRow): Promise<void> {
    const media = fileOf(row.message.body);
    if (media) await (act === 'saveAs' ? saveMediaAs : openMedia)(this.host, media);
  }

  /** Sets a reaction, or takes it back where it is set. */
  react(row: MessageRow, key: string): void {
    const { event, reactions } = row.message;
    if (event === null || !canReact(row.message, this.place)) return;
    if (!reactions.some((reaction) => reaction.key === key && reaction.own)) this.hooks.used(key);
    void this.attempt(this.host.call('react', { chat: this.chat, event, key }));
  }

  async acknowledge(event: string): Promise<void> {
    const done = await this.attempt(this.host.call('acknowledge', { chat: this.chat, event }));
    if (done) this.acknowledged = new Map([...this.acknowledged, [event, Date.now()]]);
  }

  async pin(event: string, on: boolean): Promise<void> {
    const done = await this.attempt(this.host.call('pin_message', { chat: this.chat, event, on }));
    if (done) toasts.show(on ? t('pin_done') : t('pin_undone'), 'calm', on ? undefined : { label: t('undo'), run: () => void this.pin(event, true) });
  }

  async copyLink(event: string): Promise<void> {
    try {
      await this.copy(await this.host.call('message_link', { chat: this.chat, event }), t('copied_link'));
    } catch (thrown) {
      this.#complain(thrown);
    }
  }

  /** Copies what was chosen, with who said it and when; the day goes without saying only where all of it is of today. */
  copyChosen(): void {
    const now = Date.now();
    const messages = this.selection.rows.map(({ message }) => message);
    const today = messages.every(({ at }) => sameDay(at, now));
    const said = messages.flatMap(({ sender, at, body }) => {
      const text = copyText(body);
      const parts = [calledIn(sender), today ? '' : dayInYear(at, now), clock(at)];
      return text ? [`${parts.filter(Boolean).join(', ')}\n${text}`] : [];
    });
    void this.copy(said.join('\n\n'), t('copied_text'));
    this.selection.clear();
  }

  async copy(text: string, done: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      toasts.show(done);
    } catch {
      toasts.show(t('copy_failed'), 'error');
    }
  }

  /** The chat with one person: a click on his name or on a mention. */
  person(id: string): void {
    if (id !== this.hooks.me()) this.hooks.write(id);
  }

  /** Whether a call went through; where not, the person is told why. */
  async attempt(call: Promise<unknown>): Promise<boolean> {
    try {
      await call;
      return true;
    } catch (thrown) {
      this.#complain(thrown);
      return false;
    }
  }

  #complain(thrown: unknown): void {
    toasts.show(t(`error_${asFailure(thrown).code}`), 'error');
  }
}
