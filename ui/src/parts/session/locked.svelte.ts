// The data of this computer is locked: choosing a password, entering it, or starting over.

import { asFailure, type Code, type Host } from '../../host/host';
import { Countdown } from './countdown.svelte';

export const SHORTEST = 8;

export class Unlock {
  password = $state('');
  repeat = $state('');
  busy = $state(false);
  code = $state<Code | null>(null);
  differs = $state(false);
  readonly wait = new Countdown();
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async choose(): Promise<void> {
    this.code = Array.from(this.password).length < SHORTEST ? 'weakDataPassword' : null;
    this.differs = this.code === null && this.password !== this.repeat;
    if (this.code === null && !this.differs) await this.#run('choose_data_password');
  }

  async enter(): Promise<void> {
    if (this.password !== '' && this.wait.left === 0) await this.#run('enter_data_password');
  }

  async startOver(): Promise<void> {
    await this.#plain('start_over');
  }

  async retryOpen(): Promise<void> {
    await this.#plain('retry_open');
  }

  async #plain(name: 'start_over' | 'retry_open'): Promise<void> {
    this.busy = true;
    this.code = null;
    try {
      await this.#host.call(name, {});
    } catch (thrown) {
      this.code = asFailure(thrown).code;
    } finally {
      this.busy = false;
    }
  }

  async #run(name: 'choose_data_password' | 'enter_data_password'): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.code = null;
    try {
      await this.#host.call(name, { password: this.password });
      this.password = this.repeat = '';
    } catch (thrown) {
      const failure = asFailure(thrown);
      this.code = failure.code;
      if (failure.code === 'tooManyTries') this.wait.start(failure.retryAfter ?? 30_000);
    } finally {
      this.busy = false;
    }
  }
}
