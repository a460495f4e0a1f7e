/* global registerProcessor, AudioWorkletProcessor */
// Runs beside the sound itself and passes its samples on to the window.

class Recorder extends AudioWorkletProcessor {
  process(inputs) {
    const channel = inputs[0]?.[0];
    // The engine uses its buffer again, so a copy goes out.
    if (channel) this.port.postMessage(channel.slice());
    return true;
  }
}

registerProcessor('recorder', Recorder);
