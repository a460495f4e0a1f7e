// Looks people up as one types.

import type { Found, Host } from '../../host/host';
import { Finder } from '../../host/finder.svelte';

export class PeopleFinder extends Finder<Found[]> {
  constructor(host: Host, { chat = null, most = 60 }: { chat?: string | null; most?: number } = {}) {
    super((text) => host.call('find_people', { text, chat, most }), []);
  }
}
