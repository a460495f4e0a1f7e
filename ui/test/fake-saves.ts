// Files on their way to the disk in the fake host: at once, or as far as a test lets them come.

import { ApiFailure, type SavedFile, type SaveMediaArgs, type Saving } from '../src/host/host';
import { Told, type Answers } from './fake-handlers';

interface Waiting {
  done: (file: SavedFile) => void;
  failed: (why: ApiFailure) => void;
}

export class FakeSaves {
  readonly now = new Told<Saving[]>([]);
  /** Nothing comes by itself. */
  slow = false;
  #waiting = new Map<string, Waiting>();

  readonly answers: Answers<'save_media' | 'stop_saving'> = {
    save_media: ({ name }) => ({ path: `/home/me/Загрузки/${name}`, name }),
    stop_saving: ({ media }) => {
      this.#end(media)?.failed(new ApiFailure({ code: 'stopped', retryAfter: null }));
      return null;
    },
  };

  begin({ media }: SaveMediaArgs): Promise<SavedFile> {
    this.now.set([...this.now.now, { media, done: 0, total: null }]);
    return new Promise((done, failed) => this.#waiting.set(media, { done, failed }));
  }

  come(media: string, done: number, total: number | null): void {
    this.now.set(this.now.now.map((saving) => (saving.media === media ? { media, done, total } : saving)));
  }

  finish(args: SaveMediaArgs): void {
    this.#end(args.media)?.done(this.answers.save_media(args));
  }

  #end(media: string): Waiting | undefined {
    const waiting = this.#waiting.get(media);
    this.#waiting.delete(media);
    this.now.set(this.now.now.filter((saving) => saving.media !== media));
    return waiting;
  }
}
