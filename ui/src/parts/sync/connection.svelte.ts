import type { Connection, Host } from '../../host/host';

export class ConnectionState {
  now = $state.raw<Connection>({ link: 'connecting', since: null, waiting: 0, failed: 0, bookWaits: false });
  readonly unsent = $derived(this.now.waiting + this.now.failed);
  readonly offline = $derived(this.now.link === 'offline');
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  watch(): () => void {
    return this.#host.watch('connection', {}, (now) => (this.now = now));
  }
}
