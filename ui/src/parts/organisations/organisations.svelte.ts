// Which organisations the person belongs to, and the one that is being made.

import { asFailure, type Founding, type Host, type MyOrganisation } from '../../host/host';
import { complaintText } from './words';

export class Organisations {
  /** Null until they are known. */
  list = $state.raw<MyOrganisation[] | null>(null);
  founding = $state.raw<Founding | null>(null);
  /** Why they will not come. */
  refused = $state<string | null>(null);
  leaving = $state(false);
  failed = $state<string | null>(null);
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  watch(): () => void {
    const stops = [
      this.#host.watch('organisations', {}, (list) => ((this.list = list), (this.refused = null)), (why) => (this.refused = complaintText(why.code))),
      this.#host.watch('founding', {}, (founding) => (this.founding = founding)),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Whether it was left; `failed` says why not. */
  async leave({ id }: MyOrganisation): Promise<boolean> {
    if (this.leaving) return false;
    this.leaving = true;
    this.failed = null;
    try {
      await this.#host.call('leave_organisation', { organisation: id });
      return true;
    } catch (thrown) {
      this.failed = complaintText(asFailure(thrown).code);
      return false;
    } finally {
      this.leaving = false;
    }
  }
}
