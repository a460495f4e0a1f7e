// Counts whole seconds down to nothing.

export class Countdown {
  left = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;

  start(milliseconds: number): void {
    clearInterval(this.#timer);
    // The end is a moment, so that a sleeping computer does not stretch the wait.
    const end = Date.now() + milliseconds;
    const tick = () => {
      this.left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      if (this.left === 0) clearInterval(this.#timer);
    };
    this.#timer = setInterval(tick, 250);
    tick();
  }
}
