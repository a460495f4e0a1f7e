// A film of a message: plays where it stands where the webview can, and is saved and shown where it can't.

import type { Host, Media } from '../../../host/host';
import { Playable } from './playable.svelte';
import { player } from './player.svelte';
import { openMedia } from '../save.svelte';

export class Film {
  readonly playable: Playable;
  /** The webview has tried and can't. */
  strange = $state(false);
  readonly #host: Host;
  readonly #media: Media;

  constructor(host: Host, media: Media) {
    this.#host = host;
    this.#media = media;
    this.playable = new Playable(host, media.key);
    this.strange = media.mime !== null && media.mime !== '' && document.createElement('video').canPlayType(media.mime) === '';
  }

  async open(): Promise<void> {
    if (!this.strange) return void (await this.playable.load());
    await openMedia(this.#host, this.#media);
  }

  /** The webview took it for something it can play, and was wrong. */
  failed(): void {
    this.strange = true;
    this.playable.drop();
    void this.open();
  }

  sounds(element: HTMLVideoElement): void {
    player.giveWay(element);
  }
}
