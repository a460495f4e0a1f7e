// The microphone, as a flow of samples.

import recorder from './recorder.worklet.js?url';

/** Why there is no sound to record. */
export type MicrophoneTrouble = 'denied' | 'missing' | 'busy' | 'unsupported';

export class MicrophoneFailure extends Error {
  constructor(readonly trouble: MicrophoneTrouble) {
    super(trouble);
  }
}

export interface Microphone {
  /** Samples a second. */
  readonly rate: number;
  pause(): void;
  resume(): void;
  close(): void;
}

export interface Listener {
  samples: (block: Float32Array) => void;
  /** The microphone was pulled out or taken away. */
  ended: () => void;
}

export type OpenMicrophone = (on: Listener) => Promise<Microphone>;

const TROUBLES: Record<string, MicrophoneTrouble> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

export const openMicrophone: OpenMicrophone = async (on) => {
  if (typeof navigator.mediaDevices?.getUserMedia !== 'function' || typeof AudioContext !== 'function') throw new MicrophoneFailure('unsupported');
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
  } catch (thrown) {
    throw new MicrophoneFailure(TROUBLES[(thrown as DOMException).name] ?? 'unsupported');
  }
  const context = new AudioContext();
  const close = () => {
    for (const track of stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
    void context.close().catch(() => undefined);
  };
  try {
    await tap(context, context.createMediaStreamSource(stream), on.samples);
    await context.resume();
  } catch {
    close();
    throw new MicrophoneFailure('unsupported');
  }
  for (const track of stream.getTracks()) track.onended = on.ended;
  return { rate: context.sampleRate, pause: () => void context.suspend(), resume: () => void context.resume(), close };
};

/** Reads the samples off the sound thread; where a web view has no such thread, in the window itself. */
async function tap(context: AudioContext, source: AudioNode, samples: (block: Float32Array) => void): Promise<void> {
  if (context.audioWorklet && typeof AudioWorkletNode === 'function') {
    await context.audioWorklet.addModule(recorder);
    const node = new AudioWorkletNode(context, 'recorder', { channelCount: 1, channelCountMode: 'explicit' });
    node.port.onmessage = ({ data }) => samples(data as Float32Array);
    // It stays silent; only what leads to an output is sure to run.
    source.connect(node).connect(context.destination);
  } else {
    const node = context.createScriptProcessor(4096, 1, 1);
    node.onaudioprocess = ({ inputBuffer }) => samples(inputBuffer.getChannelData(0).slice());
    source.connect(node).connect(context.destination);
  }
}
