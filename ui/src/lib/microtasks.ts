// What is handed to `queueMicrotask` is a callback object of the engine, which a minor collection may not free: all that
// the interface's runtime reached from there, every row that has come and gone, was copied around by each collection
// until a major one (Chromium; pauses of 30 to 50 ms while scrolling). A job of a promise dies with the next minor one.

const done = Promise.resolve();

export function queueByPromise(task: () => void): void {
  void done.then(task).catch((thrown: unknown) => reportError(thrown));
}

globalThis.queueMicrotask = queueByPromise;
