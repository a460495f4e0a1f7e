// A group being made. What was entered stays until the chat exists.

import { asFailure, type ApiFailure, type Found, type Host, type MadeChat } from '../../host/host';

export class NewGroup {
  people = $state.raw<Found[]>([]);
  name = $state('');
  topic = $state('');
  announcements = $state(false);
  busy = $state(false);
  failed = $state.raw<ApiFailure | null>(null);
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  get started(): boolean {
    return this.people.length > 0 || this.name.trim() !== '';
  }

  /** Null where it did not work out; `failed` says why. */
  async create(people: readonly string[] = this.people.map((found) => found.person.id)): Promise<MadeChat | null> {
    if (this.busy || this.name.trim() === '') return null;
    this.busy = true;
    this.failed = null;
    try {
      const chat = { name: this.name.trim(), topic: this.topic.trim() || null, people: [...people], announcements: this.announcements };
      return await this.#host.call('create_chat', { chat });
    } catch (thrown) {
      this.failed = asFailure(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }
}
