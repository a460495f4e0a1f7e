// The host of the desktop window. No other file may import @tauri-apps.

import { Channel, invoke } from '@tauri-apps/api/core';
import type { Calls, Streams } from './bindings.gen';
import { asFailure, type ApiFailure, type Host } from './host';

const MEDIA = navigator.userAgent.includes('Windows') ? 'http://media.localhost/' : 'media://localhost/';

export class TauriHost implements Host {
  async call<N extends keyof Calls>(name: N, args: Calls[N]['args']): Promise<Calls[N]['result']> {
    try {
      return await invoke(name, { ...args });
    } catch (thrown) {
      throw asFailure(thrown);
    }
  }

  watch<N extends keyof Streams>(name: N, args: Streams[N]['args'], on: (update: Streams[N]['update']) => void, refused?: (why: ApiFailure) => void): () => void {
    let stopped = false;
    const channel = new Channel<Streams[N]['update']>();
    channel.onmessage = (update) => {
      if (!stopped) on(update);
    };
    const subscription = invoke<number>(name, { args, channel });
    // Where nobody asks why, a stream that the core refuses stays silent: the session stream tells.
    subscription.catch((thrown) => stopped || refused?.(asFailure(thrown)));
    return () => {
      stopped = true;
      subscription.then(
        (id) => invoke('unwatch', { id }),
        () => undefined,
      );
    };
  }

  async push(id: string, bytes: ArrayBuffer): Promise<void> {
    try {
      await invoke('push', bytes, { headers: { staged: id } });
    } catch (thrown) {
      throw asFailure(thrown);
    }
  }

  mediaUrl(key: string, thumb?: { width: number; height: number }): string {
    const size = thumb ? `?w=${thumb.width}&h=${thumb.height}` : '';
    return MEDIA + encodeURIComponent(key) + size;
  }

  openExternal(url: string): void {
    void invoke('open_link', { url });
  }

  revealFile = (path: string): void => {
    void invoke('reveal_file', { path });
  };
}
