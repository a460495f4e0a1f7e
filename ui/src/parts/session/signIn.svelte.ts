// The two steps of signing in: the server, then the person. What was typed stays until it succeeds.

import { asFailure, type ApiFailure, type Code, type Host, type ServerInfo } from '../../host/host';
import { Countdown } from './countdown.svelte';

export type Field = 'server' | 'user' | 'password' | 'form';
/** What is wrong and where to say it: a code of the core, or a field left empty. */
export type Complaint = { field: Field; code: Code } | { field: Field; empty: true };

const FIELD_OF: Partial<Record<Code, Field>> = { wrongPassword: 'password', accountClosed: 'user' };

export class SignIn {
  server = $state('');
  user = $state('');
  password = $state('');
  found = $state.raw<ServerInfo | null>(null);
  busy = $state<'server' | 'password' | 'sso' | null>(null);
  complaint = $state.raw<Complaint | null>(null);
  /** The page where the browser signs in, while it does. */
  ssoUrl = $state<string | null>(null);
  readonly wait = new Countdown();
  readonly #host: Host;

  constructor(host: Host, known?: { server: string; user: string }) {
    this.#host = host;
    this.server = known?.server ?? '';
    this.user = known?.user ?? '';
  }

  async findServer(): Promise<void> {
    const server = this.server.trim();
    if (server === '') return this.#empty('server');
    await this.#attempt('server', 'server', async () => {
      const found = await this.#host.call('find_server', { server });
      if (!found.password && !found.sso) this.complaint = { field: 'server', code: 'noWayToSignIn' };
      else this.found = found;
    });
  }

  /** Fills in one of the accounts of a demo school and signs in. */
  async signInAs(server: string, login: string, password: string): Promise<void> {
    this.server = server;
    await this.findServer();
    if (!this.found) return;
    this.user = login;
    this.password = password;
    await this.signIn();
  }

  changeServer(): void {
    this.found = null;
    this.complaint = null;
  }

  async signIn(): Promise<void> {
    if (!this.found || this.wait.left > 0) return;
    if (this.user.trim() === '') return this.#empty('user');
    if (this.password === '') return this.#empty('password');
    const args = { server: this.found.url, user: this.user.trim(), password: this.password };
    await this.#attempt('password', 'form', async () => {
      await this.#host.call('sign_in', args);
      this.password = '';
    });
  }

  async startSso(provider: string | null): Promise<void> {
    if (!this.found) return;
    const args = { server: this.found.url, provider };
    await this.#attempt('sso', 'form', async () => {
      const { url } = await this.#host.call('start_sso', args);
      this.ssoUrl = url;
      this.openBrowser();
    });
  }

  openBrowser(): void {
    if (this.ssoUrl) this.#host.openExternal(this.ssoUrl);
  }

  async cancelSso(): Promise<void> {
    this.ssoUrl = null;
    await this.#host.call('cancel_sso', {}).catch(() => undefined);
  }

  #empty(field: Field): void {
    this.complaint = { field, empty: true };
  }

  async #attempt(what: NonNullable<SignIn['busy']>, field: Field, act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = what;
    this.complaint = null;
    try {
      await act();
    } catch (thrown) {
      this.#failed(asFailure(thrown), field);
    } finally {
      this.busy = null;
    }
  }

  #failed(failure: ApiFailure, field: Field): void {
    if (failure.code === 'tooManyTries') this.wait.start(failure.retryAfter ?? 30_000);
    this.complaint = { field: FIELD_OF[failure.code] ?? field, code: failure.code };
  }
}
