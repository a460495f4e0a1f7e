// What is being written in one chat. Nothing typed here is ever lost: it is a draft until the core has the message.

import { asFailure, type AskAck, type Code, type Draft, type Host, type Mention, type Outgoing, type Written } from '../../host/host';
import { t } from '../../lib/i18n.svelte';
import { Attachments } from './compose/attachments.svelte';
import { Mentioning } from './compose/mentioning.svelte';
import { callsEveryone, EVERYONE, heldMentions } from './compose/mentions';
import { Typing } from './compose/typing';
import { Voice } from './compose/voice.svelte';
import { looksPlain, type Echo } from './echoes';

export const SAVE_AFTER = 400;

/** What did not work, and why. */
export interface Trouble {
  act: 'send' | 'open' | 'edit';
  code: Code;
}

interface Content extends Written {
  replyTo: string | null;
  ack: AskAck | null;
}
/** Where what is said stands until the core tells of it. */
interface Stage {
  say(text: string): Echo | null;
  taken(echo: Echo): void;
  unsay(echo: Echo): void;
}
/** What the core was given, or will be when it has taken what was said before. */
interface Handed {
  content: Content;
  echo: Echo | null;
  /** Why the core did not take it. */
  refused: Promise<Code | null>;
}
const NOTHING: Content = { text: '', mentions: [], replyTo: null, ack: null };

export class Composer {
  text = $state('');
  /** The event that is answered. */
  replyTo = $state<string | null>(null);
  /** The own event that is being changed, while what was being written waits aside. */
  editing = $state<string | null>(null);
  /** Asks each reader to acknowledge the next message. */
  ack = $state.raw<AskAck | null>(null);
  failed = $state.raw<Trouble | null>(null);
  readonly chat: string;
  readonly mentioning: Mentioning;
  readonly attachments: Attachments;
  readonly voice: Voice;
  readonly typing: Typing;
  readonly #host: Host;
  readonly #stage: Stage | null;
  #handed: Handed[] = [];
  #mentions: Mention[] = [];
  #aside: Content | null = null;
  /** The text of the message that is being changed, as it was. */
  #before = '';
  #saved = '';
  #touched = false;
  #loaded = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, chat: string, stage: Stage | null = null) {
    this.#host = host;
    this.#stage = stage;
    this.chat = chat;
    this.mentioning = new Mentioning(host, chat);
    this.attachments = new Attachments(host);
    this.voice = new Voice(host, chat);
    this.typing = new Typing(host, chat);
  }

  get empty(): boolean {
    return this.text.trim() === '';
  }

  get mentions(): readonly Mention[] {
    return this.#mentions;
  }

  /** Whether something is under way here that no draft would bring back. */
  get held(): boolean {
    return this.editing !== null || this.ack !== null || this.attachments.open || this.voice.active;
  }

  /** Brings back the draft, unless the person already writes. */
  async load(): Promise<void> {
    if (this.#loaded) return;
    this.#loaded = true;
    try {
      const draft = await this.#host.call('draft', { chat: this.chat });
      if (!draft || this.#touched) return;
      this.text = draft.text;
      this.replyTo = draft.replyTo;
      this.#mentions = draft.mentions;
      this.#saved = JSON.stringify(draft);
    } catch {
      this.#loaded = false;
    }
  }

  write(text: string): void {
    this.text = text;
    this.#mentions = heldMentions(text, this.#mentions);
    this.failed = null;
    if (this.editing === null) {
      if (this.empty) this.typing.stop();
      else this.typing.key();
    }
    this.#changed();
  }

  /** Looks whether a name is being typed; `everyone` is the word for all, where one may call all. */
  lookForName(caret: number, everyone: string | null): void {
    if (everyone !== null && callsEveryone(this.text, everyone) && !this.#mentions.some((mention) => mention.id === EVERYONE)) this.#mentions = [...this.#mentions, { id: EVERYONE, name: everyone }];
    this.mentioning.look(this.text, caret, this.#mentions, everyone);
  }

  /** Puts the chosen name into the text and tells where the caret goes. */
  mention(everyone: string, offer = this.mentioning.offers[this.mentioning.at]): number | null {
    const chosen = this.mentioning.choose(this.text, this.#mentions, everyone, offer);
    if (!chosen) return null;
    this.#mentions = [...this.#mentions.filter((known) => known.id !== chosen.mention.id || known.name !== chosen.mention.name), chosen.mention];
    this.write(chosen.text);
    return chosen.caret;
  }

  /** Answers a message; a change that has begun is given up for it. */
  reply(event: string | null): void {
    if (event !== null) this.stopEditing();
    this.replyTo = event;
    this.#changed();
  }

  askAck(ack: AskAck | null): void {
    this.ack = ack;
  }

  /** Brings an own message into the field to change it. */
  async edit(event: string): Promise<void> {
    if (this.editing === event) return;
    this.failed = null;
    try {
      const source = await this.#host.call('edit_source', { chat: this.chat, event });
      this.stopEditing();
      // What is kept of the draft from here on is what stands in it now.
      this.flush();
      this.typing.stop();
      this.#aside = this.#content;
      this.#show({ ...NOTHING, ...source });
      this.#before = source.text;
      this.editing = event;
    } catch (thrown) {
      this.failed = { act: 'open', code: asFailure(thrown).code };
    }
  }

  /** Gives up a change; what was being written before comes back. */
  stopEditing(): boolean {
    if (this.editing === null) return false;
    this.editing = null;
    this.failed = null;
    this.#show(this.#aside ?? NOTHING);
    this.#aside = null;
    return true;
  }

  /** Keeps the draft now. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.editing !== null) return;
    // What the core has not taken yet is still in the draft.
    const kept = together([...this.#handed.map(({ content }) => content), this.#content]);
    const draft: Draft | null = kept.text.trim() === '' && kept.replyTo === null ? null : { text: kept.text, replyTo: kept.replyTo, mentions: kept.mentions };
    const now = draft ? JSON.stringify(draft) : '';
    if (!this.#touched || now === this.#saved) return;
    this.#saved = now;
    this.#host.call('save_draft', { chat: this.chat, draft }).catch(() => {
      if (this.#saved === now) this.#saved = '\0';
    });
  }

  /** Sends what is written, or changes the message that is being changed. */
  async send(): Promise<boolean> {
    if (this.empty) return false;
    const { editing } = this;
    if (editing !== null) return this.#saveEdit(editing);
    const { replyTo, ack, ...written } = this.#content;
    const text = written.text.trim();
    const plain = replyTo === null && ack === null && written.mentions.length === 0 && looksPlain(text);
    const echo = plain ? this.#stage?.say(text) : null;
    return this.#hand(() => this.#host.call('send_message', { chat: this.chat, written: { ...written, text }, replyTo, ack }), echo);
  }

  /** Sends the chosen files with what is written as their caption. */
  async sendFiles(): Promise<boolean> {
    const { ack } = this;
    const words = t(this.attachments.good.length === 1 ? 'ack_file' : 'ack_files');
    // What was said before and is refused comes back as their caption, with its reply: nobody has seen that yet.
    const ahead = this.#handed.at(-1)?.refused;
    const sent = await this.attachments.send((file, last) => (last && ack === null ? this.#sendLast(file) : this.#sendAhead(file)), ahead);
    if (!sent || ack === null) return sent;
    // A file can ask for nothing: the words below it do.
    if (this.empty) this.write(words);
    return this.send();
  }

  async #sendAhead(file: Outgoing): Promise<Code | null> {
    const { replyTo } = this;
    const code = await this.#host.call('send_files', { chat: this.chat, files: [file], caption: null, replyTo }).then(
      () => null,
      (thrown) => asFailure(thrown).code,
    );
    // The first of them is the answer.
    if (code === null && replyTo !== null) this.reply(null);
    return code;
  }

  async #sendLast(file: Outgoing): Promise<Code | null> {
    const { replyTo, mentions } = this.#content;
    const sent = await this.#hand((text) => this.#host.call('send_files', { chat: this.chat, files: [file], caption: text === '' ? null : { text, mentions }, replyTo }));
    return sent ? null : (this.failed?.code ?? 'internal');
  }

  /** Sends the recording; what is written stays. */
  async sendVoice(): Promise<boolean> {
    const { replyTo } = this;
    if (!(await this.voice.send(replyTo))) return false;
    if (this.replyTo === replyTo) this.reply(null);
    this.flush();
    return true;
  }

  /** Ends what is under way here for good: nobody comes back to it. */
  drop(): void {
    this.flush();
    this.typing.stop();
    this.attachments.clear();
    this.voice.cancel();
  }

  get #content(): Content {
    return { text: this.text, mentions: this.#mentions, replyTo: this.replyTo, ack: this.ack };
  }

  #show({ text, mentions, replyTo, ack }: Content): void {
    this.text = text;
    this.#mentions = mentions;
    this.replyTo = replyTo;
    this.ack = ack;
  }

  /** Empties the field, gives its content to the core, and brings it back if the core does not take it. The core gets
      one thing after the other, or it might put them into another order. */
  async #hand(give: (text: string) => Promise<unknown>, echo: Echo | null = null): Promise<boolean> {
    const content = this.#content;
    clearTimeout(this.#timer);
    this.#touched = true;
    this.#show(NOTHING);
    this.failed = null;
    this.typing.stop();
    const attempt = () =>
      give(content.text.trim()).then(
        () => null,
        (thrown) => asFailure(thrown).code,
      );
    const ahead = this.#handed.at(-1);
    const mine: Handed = { content, echo, refused: ahead ? ahead.refused.then((code) => code ?? attempt()) : attempt() };
    this.#handed.push(mine);
    if (ahead) this.flush();
    const code = await mine.refused;
    const at = this.#handed.indexOf(mine);
    // It came back together with what was said before it.
    if (at === -1) return false;
    if (code === null) {
      this.#handed.splice(at, 1);
      if (echo) this.#stage?.taken(echo);
      // The core has forgotten the draft; what waits or has been written since is kept anew.
      if (this.#handed.length > 0 || !this.empty) this.#saved = '\0';
    } else this.#giveBack(this.#handed.splice(at), code);
    // Only now: until the core has the message, the draft on disk is what keeps it.
    this.flush();
    return code === null;
  }

  /** What was said comes back before what has been written since. */
  #giveBack(handed: Handed[], code: Code): void {
    for (const { echo } of handed) if (echo) this.#stage?.unsay(echo);
    const now = this.#aside ?? this.#content;
    const said = together(handed.map(({ content }) => content));
    const back = { ...together([said, now]), replyTo: now.replyTo ?? said.replyTo, ack: now.ack ?? said.ack };
    // An edit that has begun meanwhile is not disturbed.
    if (this.#aside) this.#aside = back;
    else this.#show(back);
    this.failed = { act: 'send', code };
  }

  async #saveEdit(event: string): Promise<boolean> {
    const { text, mentions } = this;
    const unchanged = text.trim() === this.#before.trim();
    this.stopEditing();
    if (unchanged) return true;
    try {
      await this.#host.call('edit_message', { chat: this.chat, event, written: { text: text.trim(), mentions: [...mentions] } });
      return true;
    } catch (thrown) {
      const { code } = asFailure(thrown);
      if (this.editing === null) {
        this.#aside = this.#content;
        this.#show({ ...NOTHING, text, mentions: [...mentions] });
        this.editing = event;
      }
      this.failed = { act: 'edit', code };
      return false;
    }
  }

  #changed(): void {
    if (this.editing !== null) return;
    this.#touched = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), SAVE_AFTER);
  }
}

/** Several things that were written, as one. */
function together(parts: Content[]): Content {
  const said = parts.filter(({ text }) => text !== '');
  return {
    text: said.map(({ text }) => text).join('\n'),
    mentions: parts.flatMap(({ mentions }) => mentions),
    replyTo: parts.findLast(({ replyTo }) => replyTo !== null)?.replyTo ?? null,
    ack: parts.findLast(({ ack }) => ack !== null)?.ack ?? null,
  };
}
