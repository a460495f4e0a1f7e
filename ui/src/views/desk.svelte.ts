// One person at work: the parts of the workspace and what ties them together. Made anew for every sign-in.

import type { Host, Me } from '../host/host';
import { CabinetDesk } from '../parts/cabinet';
import { Chats } from '../parts/chats';
import { Contacts } from '../parts/contacts';
import { ConnectionState } from '../parts/sync';
import { OpenChats } from '../parts/timeline';
import { writeSnapshot, type Snapshot } from './snapshot';

const SNAPSHOT_AFTER = 1_500;

export class Desk {
  me: Me = $state.raw({ id: '', name: '', avatar: null, server: '' });
  readonly chats: Chats;
  readonly connection: ConnectionState;
  readonly open: OpenChats;
  readonly cabinet: CabinetDesk;
  readonly contacts: Contacts;
  readonly #host: Host;
  #stops: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept = '';

  constructor(host: Host, me: Me, snapshot: Snapshot | null) {
    this.#host = host;
    this.me = me;
    const seed = snapshot?.me.id === me.id ? snapshot : null;
    this.chats = new Chats(host, seed && { rows: seed.chats, selected: seed.selected });
    this.connection = new ConnectionState(host);
    this.cabinet = new CabinetDesk(host, this.connection, me.id);
    this.contacts = new Contacts(host, seed?.contacts);
    this.open = new OpenChats(host, seed?.selected ? { chat: seed.selected, items: seed.items } : null, me.id);
    this.showSelected();
  }

  get live(): boolean {
    return this.#stops.length > 0;
  }

  /** From the snapshot to the streams. */
  goLive(): void {
    if (this.live) return;
    this.#stops = [this.chats.watch(), this.connection.watch(), this.cabinet.watch()];
    this.open.open();
  }

  /** Follows the selection of the list. */
  showSelected(): void {
    const current = this.chats.current;
    // An invitation has nothing to show until it is accepted.
    const chat = current?.kind === 'invitation' ? null : (current?.id ?? null);
    if (this.live) this.open.turnTo(chat);
    else this.open.show(chat);
  }

  /** Keeps a snapshot soon; a burst of changes is one snapshot. */
  snapshotSoon(): void {
    this.#timer ??= setTimeout(() => this.snapshotNow(), SNAPSHOT_AFTER);
  }

  snapshotNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.chats.live) return;
    const json = writeSnapshot(this.me, this.chats.rows, this.chats.selected, this.open.current?.timeline.newest ?? [], this.contacts.filters);
    if (json === this.#kept) return;
    this.#kept = json;
    this.#host.call('save_snapshot', { json }).catch(() => (this.#kept = ''));
  }

  leave(): void {
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.contacts.leave();
    this.open.closeAll();
  }
}
