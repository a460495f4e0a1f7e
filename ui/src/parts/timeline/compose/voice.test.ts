import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import { MicrophoneFailure, type Listener, type Microphone } from './microphone';
import { Voice } from './voice.svelte';

const CHAT = '!staff';
const RATE = 24_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(20);

class FakeMicrophone implements Microphone {
  readonly rate = RATE;
  on!: Listener;
  did: string[] = [];
  pause = () => void this.did.push('pause');
  resume = () => void this.did.push('resume');
  close = () => void this.did.push('close');
  /** Speaks for so many samples. */
  speak(samples: number, level = 0.5): void {
    this.on.samples(new Float32Array(samples).fill(level));
  }
}

function recorder(host: FakeHost) {
  const microphone = new FakeMicrophone();
  const voice = new Voice(host, CHAT, (on) => ((microphone.on = on), Promise.resolve(microphone)));
  return { voice, microphone };
}

async function recording(host: FakeHost) {
  const made = recorder(host);
  void made.voice.start();
  await settle();
  return made;
}

function samples(host: FakeHost, id = 'staged1'): number[] {
  return (host.outgoing.pushed.get(id) ?? []).flatMap((bytes) => Array.from(new Int16Array(bytes.slice().buffer)));
}

describe('a voice message', () => {
  it('is recorded, heard, and sent as an answer', async () => {
    const host = new FakeHost();
    const { voice, microphone } = await recording(host);
    expect([voice.state, host.calls('stage_voice')]).toEqual(['recording', [{ rate: RATE }]]);
    microphone.speak(RATE * 2);
    expect(voice.seconds).toBe(2);
    expect(voice.levels).toHaveLength(24);
    void voice.stop();
    await settle();
    expect([voice.state, voice.result?.media, microphone.did]).toEqual(['ready', 'voice.ogg', ['close']]);
    expect(samples(host)).toHaveLength(RATE * 2);
    const sent = voice.send('$1');
    await settle();
    expect(await sent).toBe(true);
    expect(host.calls('send_voice')).toEqual([{ chat: CHAT, id: 'staged1', replyTo: '$1' }]);
    expect([voice.state, host.calls('unstage')]).toEqual(['idle', []]);
  });

  it('hands over whole numbers in their order, the low byte first, and cuts what is too loud', async () => {
    const host = new FakeHost();
    const { voice, microphone } = await recording(host);
    microphone.on.samples(new Float32Array([0, 1, -1, 0.5, 2, -2]));
    microphone.speak(40_000, 0.25);
    void voice.stop();
    await settle();
    expect(Array.from(host.outgoing.pushed.get('staged1')![0]!.slice(2, 6))).toEqual([0xff, 0x7f, 0x00, 0x80]);
    expect(samples(host).slice(0, 7)).toEqual([0, 32767, -32768, 16384, 32767, -32768, 8192]);
    expect(samples(host)).toHaveLength(40_006);
  });

  it('leaves pauses out', async () => {
    const host = new FakeHost();
    const { voice, microphone } = await recording(host);
    microphone.speak(100);
    voice.pause();
    microphone.speak(100);
    voice.resume();
    microphone.speak(100);
    void voice.stop();
    await settle();
    expect([samples(host).length, microphone.did]).toEqual([200, ['pause', 'resume', 'close']]);
  });

  it('goes out in one step, straight from recording', async () => {
    const host = new FakeHost();
    const { voice, microphone } = await recording(host);
    microphone.speak(100);
    const sent = voice.send(null);
    await settle();
    expect([await sent, host.calls('finish_voice').length, host.calls('send_voice').length]).toEqual([true, 1, 1]);
  });

  it('leaves nothing behind when it is called off, at any moment', async () => {
    const host = new FakeHost({ delay: 5 });
    const { voice, microphone } = recorder(host);
    void voice.start();
    await vi.advanceTimersByTimeAsync(1);
    voice.cancel();
    await settle();
    expect([voice.state, microphone.did, host.calls('unstage')]).toEqual(['idle', ['close'], [{ id: 'staged1' }]]);
    void voice.start();
    await settle();
    microphone.speak(50_000);
    voice.cancel();
    microphone.speak(100);
    await settle();
    expect([voice.state, voice.seconds, host.calls('unstage').length]).toEqual(['idle', 0, 2]);
    void voice.start();
    await settle();
    microphone.speak(100);
    void voice.stop();
    voice.cancel();
    await settle();
    expect([voice.state, host.calls('finish_voice').length, host.calls('unstage').length]).toEqual(['idle', 0, 3]);
  });

  it.each(['denied', 'missing', 'busy', 'unsupported'] as const)('says when the microphone is %s, and can be begun again', async (why) => {
    const host = new FakeHost();
    const open = vi.fn().mockRejectedValueOnce(new MicrophoneFailure(why)).mockResolvedValue(new FakeMicrophone());
    const voice = new Voice(host, CHAT, open);
    void voice.start();
    await settle();
    expect([voice.state, voice.trouble]).toEqual(['idle', { kind: 'microphone', why }]);
    void voice.start();
    await settle();
    expect([voice.state, voice.trouble]).toEqual(['recording', null]);
  });

  it('keeps what was said when the microphone is pulled out', async () => {
    const host = new FakeHost();
    const { voice, microphone } = await recording(host);
    microphone.speak(100);
    microphone.on.ended();
    await settle();
    expect([voice.state, samples(host).length]).toEqual(['ready', 100]);
  });

  it('says why the core does not take it, and keeps what can still be sent', async () => {
    const silent = new FakeHost({ failing: { finish_voice: { code: 'noSound', retryAfter: null } } });
    const first = await recording(silent);
    void first.voice.stop();
    await settle();
    expect([first.voice.state, first.voice.trouble]).toEqual(['idle', { kind: 'core', code: 'noSound' }]);

    const full = new FakeHost();
    const second = await recording(full);
    full.outgoing.refusing = { code: 'diskFull', retryAfter: null };
    second.microphone.speak(50_000);
    await settle();
    expect([second.voice.state, second.voice.trouble, second.microphone.did]).toEqual(['idle', { kind: 'core', code: 'diskFull' }, ['close']]);

    const refusing = new FakeHost({ failing: { send_voice: { code: 'notAllowed', retryAfter: null } } });
    const third = await recording(refusing);
    third.microphone.speak(100);
    const sent = third.voice.send(null);
    await settle();
    expect([await sent, third.voice.state, third.voice.trouble]).toEqual([false, 'ready', { kind: 'core', code: 'notAllowed' }]);
  });
});
