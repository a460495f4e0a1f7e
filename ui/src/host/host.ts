// The only door between the window and the core. Everything above speaks through this interface.

import type { ApiError, Calls, Code, SavedFile, Streams } from './bindings.gen';

export type * from './bindings.gen';

export interface Host {
  /** Rejects with an `ApiFailure`. */
  call<N extends keyof Calls>(name: N, args: Calls[N]['args']): Promise<Calls[N]['result']>;
  /** Gives the whole first and then what changes; the result stops it. `refused` tells why nothing will come. */
  watch<N extends keyof Streams>(name: N, args: Streams[N]['args'], on: (update: Streams[N]['update']) => void, refused?: (why: ApiFailure) => void): () => void;
  /** Hands over the next bytes of what `stage_file` or `stage_voice` began, in order. Rejects with an `ApiFailure`. */
  push(id: string, bytes: ArrayBuffer): Promise<void>;
  mediaUrl(key: string, thumb?: { width: number; height: number }): string;
  openExternal(url: string): void;
  /** What the person's system does with files, where the host can reach it. */
  files?: SystemFiles;
}

/** All of these reject with an `ApiFailure`. */
export interface SystemFiles {
  /** Opens a saved file; `false` where a file of this kind is only shown in its folder. */
  open(path: string): Promise<boolean>;
  /** Shows a saved file in its folder. */
  reveal(path: string): Promise<void>;
  /** Asks where to save a file of a message; nothing where the person thought better of it. */
  saveAs(media: string, name: string): Promise<SavedFile | null>;
}

export class ApiFailure extends Error {
  readonly code: Code;
  /** Milliseconds to wait before trying again. */
  readonly retryAfter: number | null;

  constructor(error: ApiError) {
    super(error.code);
    this.code = error.code;
    this.retryAfter = error.retryAfter;
  }
}

/** Whatever a host rejected with, as a failure with a code. */
export function asFailure(thrown: unknown): ApiFailure {
  if (thrown instanceof ApiFailure) return thrown;
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) {
    const { code, retryAfter } = thrown as { code: Code; retryAfter?: number | null };
    return new ApiFailure({ code, retryAfter: retryAfter ?? null });
  }
  return new ApiFailure({ code: 'internal', retryAfter: null });
}

export async function openHost(): Promise<Host> {
  if ('__TAURI_INTERNALS__' in window) return new (await import('./tauri')).TauriHost();
  return new (await import('./bridge')).BridgeHost();
}
