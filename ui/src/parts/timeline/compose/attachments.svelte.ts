// The files that are about to be sent: chosen, looked at, handed over to the core, and only then sent.

import { asFailure, type Code, type Host, type Outgoing } from '../../../host/host';
import { FileVanished, pushFile } from './staging';

export type Problem = 'tooLarge' | 'gone' | 'empty' | 'folder';

const PICTURE = /^image\/(?:jpeg|png|gif|webp)$/;
/** What telephones write and engines don't always know by its type. */
const OF_PHONES = /\.(?:hei[cf]s?|avif|mp4|m4v|mov|3gp)$/i;
/** A photograph is made smaller before it is sent; so large may it be before that. */
const LARGEST_PHOTO = 100 << 20;
/** The core holds 64 files and 512 MB; other chats may be sending as well. */
const MOST_AT_ONCE = 30;
const MOST_BYTES_AT_ONCE = 200 << 20;

export class Attached {
  /** Bytes that the core has. */
  sent = $state(0);
  problem = $state<Problem | null>(null);
  staged: string | null = null;
  readonly picture: boolean;
  readonly video: boolean;
  /** It may tell where it was taken, also where it can't be shown here: the core takes that out. */
  readonly taken: boolean;
  /** A picture of it, while it can be shown. */
  readonly preview: string | null;

  constructor(
    readonly key: number,
    readonly file: File,
    folder: boolean,
  ) {
    this.picture = !folder && PICTURE.test(file.type);
    this.video = !folder && file.type.startsWith('video/');
    this.taken = !folder && (this.video || file.type.startsWith('image/') || OF_PHONES.test(file.name));
    this.preview = this.picture ? URL.createObjectURL(file) : null;
    this.problem = folder ? 'folder' : file.size === 0 ? 'empty' : null;
  }
}

export class Attachments {
  files = $state.raw<Attached[]>([]);
  /** Pictures go out as they are, not made smaller. */
  asFiles = $state(false);
  /** The files are on their way to the core. */
  busy = $state(false);
  /** They were called off, and stop as soon as the core has answered what it was asked. */
  stopping = $state(false);
  failed = $state<Code | null>(null);
  /** What the server takes in one file, where it says so. */
  largest = $state<number | null>(null);
  readonly #host: Host;
  #last = 0;
  /** The bytes of all that is being sent, and of those of them that are done with. */
  #whole = $state(0);
  #done = $state(0);

  constructor(host: Host) {
    this.#host = host;
  }

  get open(): boolean {
    return this.files.length > 0;
  }

  /** Those that can be sent. */
  get good(): Attached[] {
    return this.files.filter((file) => this.problemOf(file) === null);
  }

  /** How much of the whole the core has, from 0 to 1. */
  get progress(): number {
    return this.#whole === 0 ? 0 : this.good.reduce((sum, { sent }) => sum + sent, this.#done) / this.#whole;
  }

  problemOf(attached: Attached): Problem | null {
    if (attached.problem) return attached.problem;
    const { size, type } = attached.file;
    const shrinks = type === 'image/jpeg' && !this.asFiles && size <= LARGEST_PHOTO;
    return this.largest !== null && size > this.largest && !shrinks ? 'tooLarge' : null;
  }

  add(files: readonly File[], folders: readonly File[] = []): void {
    if (this.busy) return;
    this.failed = null;
    const make = (file: File, folder: boolean) => new Attached(++this.#last, file, folder);
    this.files = [...this.files, ...files.map((file) => make(file, false)), ...folders.map((file) => make(file, true))];
  }

  remove(attached: Attached): void {
    this.#forget(attached);
    this.files = this.files.filter((file) => file !== attached);
  }

  clear(): void {
    this.stop();
    for (const attached of this.files) this.#forget(attached);
    this.files = [];
    this.failed = null;
    this.asFiles = false;
  }

  /** Calls off what is on its way; what the core already has is kept for the next try. */
  stop(): void {
    this.stopping = this.busy;
  }

  /** Hands everything over to the core, as much at a time as it takes in, and gives one file after the other to the
      message, once what was said `ahead` of them has been taken. What has gone is no longer here; false when it was
      called off or something went wrong. */
  async send(give: (file: Outgoing, last: boolean) => Promise<Code | null>, ahead: Promise<Code | null> = Promise.resolve(null)): Promise<boolean> {
    if (this.busy || this.good.length === 0) return false;
    const stopped = () => this.stopping;
    this.busy = true;
    this.failed = null;
    for (const attached of this.good) if (attached.staged === null) attached.sent = 0;
    // Those that go leave the dialog one by one: of what is left alone the same part would be less each time.
    this.#whole = this.good.reduce((sum, { file }) => sum + file.size, 0);
    this.#done = 0;
    try {
      while (this.good.length > 0) {
        const part = portion(this.good);
        for (const attached of part) {
          attached.staged ??= await this.#stageOne(attached, stopped);
          if (stopped()) return false;
        }
        if (part.some((attached) => attached.staged === null)) return false;
        this.failed = await ahead;
        if (this.failed !== null || stopped()) return false;
        for (const attached of part) {
          this.failed = await give({ staged: attached.staged!, asFile: this.asFiles || !attached.taken }, this.good.length === 1);
          if (this.failed !== null) {
            // The core may have read it before something went wrong.
            this.#takeBack(attached);
            return false;
          }
          // It is on its way whatever was called off meanwhile, and would go a second time from here.
          attached.staged = null;
          this.#done += attached.file.size;
          this.remove(attached);
          if (stopped() && this.good.length > 0) return false;
        }
      }
      const through = !stopped();
      this.clear();
      return through;
    } catch (thrown) {
      this.failed = asFailure(thrown).code;
      return false;
    } finally {
      this.busy = this.stopping = false;
    }
  }

  async #stageOne(attached: Attached, stopped: () => boolean): Promise<string | null> {
    const { file } = attached;
    let id: string | null = null;
    try {
      ({ id } = await this.#host.call('stage_file', { name: file.name, size: file.size }));
      if (await pushFile(this.#host, id, file, (bytes) => (attached.sent = bytes), stopped)) return id;
      this.#unstage(id);
    } catch (thrown) {
      if (id !== null) this.#unstage(id);
      const code = thrown instanceof FileVanished ? 'fileGone' : asFailure(thrown).code;
      if (code === 'fileGone') attached.problem = 'gone';
      else if (code === 'tooLarge') attached.problem = 'tooLarge';
      else throw thrown;
      this.#done += file.size;
    }
    attached.sent = 0;
    return null;
  }

  #forget(attached: Attached): void {
    if (attached.preview) URL.revokeObjectURL(attached.preview);
    this.#takeBack(attached);
  }

  #takeBack(attached: Attached): void {
    if (attached.staged !== null) this.#unstage(attached.staged);
    attached.staged = null;
  }

  #unstage(id: string): void {
    // The core forgets it by itself in the end.
    this.#host.call('unstage', { id }).catch(() => undefined);
  }
}

/** The first of the files, as many as the core holds for one message at a time. */
function portion(files: readonly Attached[]): Attached[] {
  let bytes = 0;
  const most = files.slice(0, MOST_AT_ONCE).findIndex(({ file }) => (bytes += file.size) > MOST_BYTES_AT_ONCE);
  return files.slice(0, most === -1 ? MOST_AT_ONCE : Math.max(1, most));
}

/** What was dropped or pasted, with folders apart: those can't be sent. */
export function filesOf(transfer: DataTransfer): { files: File[]; folders: File[] } {
  const files: File[] = [];
  const folders: File[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const file = item.getAsFile();
    if (file) (item.webkitGetAsEntry?.()?.isDirectory ? folders : files).push(file);
  }
  return { files, folders };
}
