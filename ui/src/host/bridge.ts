// The host of a browser: the same contract over the loopback WebSocket of the development bridge.

import type { ApiError, Calls, Streams } from './bindings.gen';
import { ApiFailure, asFailure, type Host } from './host';

const SESSION = 'parta.bridge';
const LONGEST_PAUSE = 5_000;

interface Frame {
  id?: number;
  ok?: unknown;
  update?: unknown;
  error?: ApiError;
  session?: string;
}

interface Waiting {
  resolve: (value: never) => void;
  reject: (failure: ApiFailure) => void;
}

interface Watch {
  name: string;
  args: unknown;
  on: (update: never) => void;
  refused: ((why: ApiFailure) => void) | undefined;
}

export class BridgeHost implements Host {
  #socket: WebSocket | null = null;
  #ready = false;
  #pause = 250;
  #last = 0;
  #queue: string[] = [];
  #waiting = new Map<number, Waiting>();
  #watches = new Map<number, Watch>();
  #token: string;

  constructor() {
    this.#token = takeToken();
    this.#connect();
  }

  call<N extends keyof Calls>(name: N, args: Calls[N]['args']): Promise<Calls[N]['result']> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, call: name, args });
    });
  }

  watch<N extends keyof Streams>(name: N, args: Streams[N]['args'], on: (update: Streams[N]['update']) => void, refused?: (why: ApiFailure) => void): () => void {
    const id = ++this.#last;
    this.#watches.set(id, { name, args, on, refused });
    if (this.#ready) this.#send({ id, watch: name, args });
    return () => {
      if (this.#watches.delete(id) && this.#ready) this.#send({ id, unwatch: true });
    };
  }

  async push(id: string, bytes: ArrayBuffer): Promise<void> {
    const query = new URLSearchParams({ token: this.#token });
    const answer = await fetch(`/push/${encodeURIComponent(id)}?${query}`, { method: 'POST', body: bytes }).catch(() => {
      throw new ApiFailure({ code: 'noNetwork', retryAfter: null });
    });
    if (!answer.ok) throw asFailure(await answer.json().catch(() => null));
  }

  mediaUrl(key: string, thumb?: { width: number; height: number }): string {
    const query = new URLSearchParams({ token: this.#token });
    if (thumb) {
      query.set('w', String(thumb.width));
      query.set('h', String(thumb.height));
    }
    return `/media/${encodeURIComponent(key)}?${query}`;
  }

  openExternal(url: string): void {
    window.open(url, '_blank', 'noopener');
  }

  #connect(): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/ws`);
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ token: this.#token }));
    socket.onmessage = (event) => this.#receive(JSON.parse(String(event.data)) as Frame);
    socket.onclose = () => this.#lost();
  }

  #lost(): void {
    this.#ready = false;
    for (const waiting of this.#waiting.values()) waiting.reject(new ApiFailure({ code: 'noNetwork', retryAfter: null }));
    this.#waiting.clear();
    this.#queue = [];
    setTimeout(() => this.#connect(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  #receive(frame: Frame): void {
    if (frame.session !== undefined) return this.#opened(frame.session);
    if (frame.id === undefined) return;
    if ('update' in frame) return this.#watches.get(frame.id)?.on(frame.update as never);
    if (frame.error && this.#watches.has(frame.id)) return this.#watches.get(frame.id)?.refused?.(new ApiFailure(frame.error));
    const waiting = this.#waiting.get(frame.id);
    this.#waiting.delete(frame.id);
    if (frame.error) waiting?.reject(new ApiFailure(frame.error));
    else waiting?.resolve(frame.ok as never);
  }

  /** The one-time token is used up; the session token opens pictures and the next connection. */
  #opened(session: string): void {
    this.#token = session;
    sessionStorage.setItem(SESSION, session);
    this.#ready = true;
    this.#pause = 250;
    for (const [id, watch] of this.#watches) this.#send({ id, watch: watch.name, args: watch.args });
    const queued = this.#queue;
    this.#queue = [];
    for (const text of queued) this.#socket?.send(text);
  }

  #send(frame: object): void {
    const text = JSON.stringify(frame);
    if (this.#ready) this.#socket?.send(text);
    else this.#queue.push(text);
  }
}

function takeToken(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    history.replaceState(null, '', location.pathname + location.search);
    sessionStorage.setItem(SESSION, given);
    return given;
  }
  return sessionStorage.getItem(SESSION) ?? '';
}
