// Follows the state of the session and carries out what changes it as a whole.

import { asFailure, type Host, type SessionState } from '../../host/host';

export class Session {
  state = $state.raw<SessionState>({ kind: 'starting' });
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  get me() {
    return this.state.kind === 'signedIn' ? this.state.me : null;
  }

  watch(): () => void {
    return this.#host.watch('session', {}, (state) => (this.state = state));
  }

  async signOut(): Promise<void> {
    await this.#host.call('sign_out', {}).catch((thrown) => {
      throw asFailure(thrown);
    });
  }
}
