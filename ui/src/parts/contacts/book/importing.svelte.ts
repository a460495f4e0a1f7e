// Contacts of a vCard file: handed over, looked through, and those that are wanted kept.

import { asFailure, type Code, type Host, type OwnContact } from '../../../host/host';
import { FileVanished, pushFile } from '../../timeline';
import { contactAbout, contactName } from './form';

export const LARGEST = 10 * 1024 * 1024;

export type Trouble = 'notContacts' | 'empty' | 'large' | 'none' | 'unreadable' | { code: Code };

export interface ImportRow {
  /** Its place in the file: contacts that are not kept yet have no ids. */
  at: number;
  contact: OwnContact;
  name: string;
  about: string;
}

export class Importing {
  stage = $state<'choose' | 'reading' | 'chosen'>('choose');
  trouble = $state.raw<Trouble | null>(null);
  rows = $state.raw<readonly ImportRow[]>([]);
  known = $state(0);
  unreadable = $state(0);
  name = $state('');
  saving = $state(false);
  #off: ReadonlySet<number> = $state.raw(new Set());
  readonly count = $derived(this.rows.length - this.#off.size);
  readonly #host: Host;
  #turn = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  has(at: number): boolean {
    return !this.#off.has(at);
  }

  toggle(at: number): void {
    const off = new Set(this.#off);
    if (!off.delete(at)) off.add(at);
    this.#off = off;
  }

  /** All of them, or none where all are chosen. */
  toggleAll(): void {
    this.#off = this.#off.size === 0 ? new Set(this.rows.map(({ at }) => at)) : new Set();
  }

  /** Back to choosing a file, whatever is under way. */
  restart(): void {
    this.#turn++;
    this.stage = 'choose';
    this.trouble = null;
    this.rows = [];
    this.#off = new Set();
  }

  async read(file: File): Promise<void> {
    if (this.saving) return;
    this.restart();
    if (!/\.(vcf|vcard)$/i.test(file.name) && !/vcard/i.test(file.type)) return this.#complain('notContacts');
    if (file.size === 0) return this.#complain('empty');
    if (file.size > LARGEST) return this.#complain('large');
    const turn = this.#turn;
    const stopped = () => turn !== this.#turn;
    this.name = file.name;
    this.stage = 'reading';
    let staged: string | null = null;
    try {
      staged = (await this.#host.call('stage_file', { name: file.name, size: file.size })).id;
      if (stopped() || !(await pushFile(this.#host, staged, file, () => undefined, stopped))) return;
      const preview = await this.#host.call('read_vcards', { id: staged });
      if (stopped()) return;
      const { contacts, known, unreadable } = preview;
      if (contacts.length + known + unreadable === 0) return this.#complain('none');
      if (contacts.length + known === 0) return this.#complain('unreadable');
      this.known = known;
      this.unreadable = unreadable;
      this.rows = contacts.map((contact, at) => ({ at, contact, name: contactName(contact), about: contactAbout(contact) }));
      this.stage = 'chosen';
    } catch (thrown) {
      if (!stopped()) this.#complain(troubleOf(thrown));
    } finally {
      // The core has read it; the copy is of no use any longer.
      if (staged !== null) this.#host.call('unstage', { id: staged }).catch(() => undefined);
    }
  }

  #complain(trouble: Trouble): void {
    this.stage = 'choose';
    this.trouble = trouble;
  }

  /** The ids of those that were kept; nothing where that failed. */
  async save(): Promise<string[] | null> {
    if (this.count === 0 || this.saving) return null;
    this.saving = true;
    this.trouble = null;
    try {
      return await this.#host.call('save_contacts', { contacts: this.rows.filter(({ at }) => this.has(at)).map(({ contact }) => contact) });
    } catch (thrown) {
      this.trouble = { code: asFailure(thrown).code };
      return null;
    } finally {
      this.saving = false;
    }
  }
}

function troubleOf(thrown: unknown): Trouble {
  if (thrown instanceof FileVanished) return { code: 'fileGone' };
  const { code } = asFailure(thrown);
  if (code === 'badRequest') return 'notContacts';
  return code === 'tooLarge' ? 'large' : { code };
}
