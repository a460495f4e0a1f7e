// The host of the desktop window. No other file may import @tauri-apps.

import { Channel, invoke } from '@tauri-apps/api/core';
import type { Calls, Streams } from './bindings.gen';
import { asFailure, type ApiFailure, type Host, type SystemFiles } from './host';

const MEDIA = navigator.userAgent.includes('Windows') ? 'http://media.localhost/' : 'media://localhost/';

export class TauriHost implements Host {
  async call<N extends keyof Calls>(name: N, args: Calls[N]['args']): Promise<Calls[N]['result']> {
    return ask(name, { ...args });
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
    await ask('push', bytes, { headers: { staged: id } });
  }

  mediaUrl(key: string, thumb?: { width: number; height: number }): string {
    const size = thumb ? `?w=${thumb.width}&h=${thumb.height}` : '';
    return MEDIA + encodeURIComponent(key) + size;
  }

  openExternal(url: string): void {
    void invoke('open_link', { url });
  }

  readonly files: SystemFiles = {
    open: (path) => ask('open_file', { path }),
    reveal: (path) => ask('reveal_file', { path }),
    saveAs: (media, name) => ask('save_media_as', { media, name }),
  };
}

async function ask<T>(...args: Parameters<typeof invoke>): Promise<T> {
  try {
    return await invoke<T>(...args);
  } catch (thrown) {
    throw asFailure(thrown);
  }
}
