// A voice message from the first breath to its sending. The samples go to the core while one speaks, so that a long
// recording takes no memory here; it can be heard before it is sent.

import { asFailure, type Code, type Host, type StagedVoice } from '../../../host/host';
import { MicrophoneFailure, openMicrophone, type Microphone, type MicrophoneTrouble, type OpenMicrophone } from './microphone';

export type VoiceState = 'idle' | 'asking' | 'recording' | 'paused' | 'finishing' | 'ready' | 'sending';
export type VoiceTrouble = { kind: 'microphone'; why: MicrophoneTrouble } | { kind: 'core'; code: Code };

/** Samples that go to the core in one piece. */
const PIECE = 1 << 15;
/** Bars of the live waveform a second, and how many are kept. */
const BARS_A_SECOND = 12;
const BARS = 160;
/** Nobody means to record longer than that. */
export const LONGEST = 60 * 60;

export class Voice {
  state = $state<VoiceState>('idle');
  seconds = $state(0);
  /** How loud it was lately, 0 to 1, the newest last. */
  levels = $state.raw<number[]>([]);
  trouble = $state.raw<VoiceTrouble | null>(null);
  /** The recording, once it can be heard. */
  result = $state.raw<StagedVoice | null>(null);
  readonly #host: Host;
  readonly #chat: string;
  readonly #open: OpenMicrophone;
  #microphone: Microphone | null = null;
  #id: string | null = null;
  #pushes: Promise<void> = Promise.resolve();
  #piece = new Int16Array(PIECE);
  #filled = 0;
  #samples = 0;
  #loudest = 0;
  #heard = 0;
  /** Grows when a recording is over, so that what belongs to it is told from the next. */
  #turn = 0;

  constructor(host: Host, chat: string, open: OpenMicrophone = openMicrophone) {
    this.#host = host;
    this.#chat = chat;
    this.#open = open;
  }

  /** Whether there is a recording, or one is being made. */
  get active(): boolean {
    return this.state !== 'idle';
  }

  async start(): Promise<void> {
    if (this.active) return;
    const turn = ++this.#turn;
    this.trouble = null;
    this.state = 'asking';
    const gone = () => turn !== this.#turn;
    try {
      const microphone = await this.#open({ samples: (block) => !gone() && this.#take(block), ended: () => !gone() && void this.stop() });
      if (gone()) return microphone.close();
      this.#microphone = microphone;
      const { id } = await this.#host.call('stage_voice', { rate: microphone.rate });
      if (gone()) return this.#unstage(id);
      this.#id = id;
      this.state = 'recording';
    } catch (thrown) {
      if (!gone()) this.#fail(thrown);
    }
  }

  pause(): void {
    if (this.state !== 'recording') return;
    this.#microphone?.pause();
    this.state = 'paused';
  }

  resume(): void {
    if (this.state !== 'paused') return;
    this.#microphone?.resume();
    this.state = 'recording';
  }

  /** Ends the recording; then it can be heard. */
  async stop(): Promise<void> {
    if (this.state !== 'recording' && this.state !== 'paused') return;
    const turn = this.#turn;
    this.state = 'finishing';
    this.#silence();
    this.#flush();
    try {
      await this.#pushes;
      if (turn !== this.#turn || this.#id === null) return;
      const result = await this.#host.call('finish_voice', { id: this.#id });
      if (turn !== this.#turn) return;
      this.result = result;
      this.state = 'ready';
    } catch (thrown) {
      if (turn === this.#turn) this.#fail(thrown);
    }
  }

  async send(replyTo: string | null): Promise<boolean> {
    if (this.state === 'recording' || this.state === 'paused') await this.stop();
    if (this.state !== 'ready' || !this.result) return false;
    this.state = 'sending';
    this.trouble = null;
    try {
      await this.#host.call('send_voice', { chat: this.#chat, id: this.result.id, replyTo });
      this.#id = null;
      this.#reset();
      return true;
    } catch (thrown) {
      this.trouble = { kind: 'core', code: asFailure(thrown).code };
      this.state = 'ready';
      return false;
    }
  }

  cancel(): void {
    this.trouble = null;
    this.#reset();
  }

  #take(block: Float32Array): void {
    if (this.state !== 'recording' || !this.#microphone) return;
    const { rate } = this.#microphone;
    for (const sample of block) {
      const held = Math.max(-1, Math.min(1, sample));
      this.#piece[this.#filled++] = Math.round(held < 0 ? held * 0x8000 : held * 0x7fff);
      if (this.#filled === PIECE) this.#flush();
      this.#loudest = Math.max(this.#loudest, Math.abs(held));
      if (++this.#heard >= rate / BARS_A_SECOND) {
        this.levels = [...this.levels.slice(1 - BARS), this.#loudest];
        this.#heard = this.#loudest = 0;
      }
    }
    this.#samples += block.length;
    this.seconds = this.#samples / rate;
    if (this.seconds >= LONGEST) void this.stop();
  }

  #flush(): void {
    const id = this.#id;
    if (this.#filled === 0 || id === null) return;
    const bytes = new ArrayBuffer(this.#filled * 2);
    const view = new DataView(bytes);
    for (let i = 0; i < this.#filled; i++) view.setInt16(i * 2, this.#piece[i]!, true);
    this.#filled = 0;
    const turn = this.#turn;
    this.#pushes = this.#pushes.then(() => this.#host.push(id, bytes));
    this.#pushes.catch((thrown: unknown) => {
      if (turn === this.#turn) this.#fail(thrown);
    });
  }

  #fail(thrown: unknown): void {
    this.#reset();
    this.trouble = thrown instanceof MicrophoneFailure ? { kind: 'microphone', why: thrown.trouble } : { kind: 'core', code: asFailure(thrown).code };
  }

  #silence(): void {
    this.#microphone?.close();
    this.#microphone = null;
  }

  #reset(): void {
    this.#turn++;
    this.#silence();
    const id = this.#id;
    // After the pushes, so that none of them meets an end it did not expect.
    if (id !== null) void this.#pushes.catch(() => undefined).then(() => this.#unstage(id));
    this.#id = null;
    this.#pushes = Promise.resolve();
    this.#filled = this.#samples = this.#heard = this.#loudest = 0;
    this.seconds = 0;
    this.levels = [];
    this.result = null;
    this.state = 'idle';
  }

  #unstage(id: string): void {
    // The core forgets it by itself in the end.
    this.#host.call('unstage', { id }).catch(() => undefined);
  }
}
