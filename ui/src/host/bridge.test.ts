import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BridgeHost } from './bridge';

class FakeSocket {
  static last: FakeSocket;
  sent: Record<string, unknown>[] = [];
  onopen?: () => void;
  onclose?: () => void;
  onmessage?: (event: { data: string }) => void;
  constructor() {
    FakeSocket.last = this;
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  sessionStorage.clear();
  location.hash = '#token=once';
});
afterEach(() => void vi.useRealTimers());

function open() {
  const host = new BridgeHost();
  const socket = FakeSocket.last;
  socket.onopen?.();
  return { host, socket };
}

describe('the bridge', () => {
  it('shows its one-time token first, hides it from the address and goes on with the session', () => {
    const { host, socket } = open();
    expect(socket.sent).toEqual([{ token: 'once' }]);
    expect(location.hash).toBe('');
    socket.say({ session: 'lasting' });
    expect(sessionStorage.getItem('parta.bridge')).toBe('lasting');
    expect(host.mediaUrl('a/b', { width: 2, height: 3 })).toBe('/media/a%2Fb?token=lasting&w=2&h=3');
  });

  it('holds calls until it is let in, and answers them by number', async () => {
    const { host, socket } = open();
    const boot = host.call('boot', {});
    const failing = host.call('sign_out', {});
    expect(socket.sent).toHaveLength(1);
    socket.say({ session: 's' });
    expect(socket.sent.slice(1)).toEqual([
      { id: 1, call: 'boot', args: {} },
      { id: 2, call: 'sign_out', args: {} },
    ]);
    socket.say({ id: 2, error: { code: 'noNetwork', retryAfter: null } });
    socket.say({ id: 1, ok: { version: '1' } });
    await expect(boot).resolves.toEqual({ version: '1' });
    await expect(failing).rejects.toMatchObject({ code: 'noNetwork' });
  });

  it('opens its streams again after a lost connection, and fails the calls that were under way', async () => {
    const { host, socket } = open();
    socket.say({ session: 's' });
    const seen: unknown[] = [];
    const stop = host.watch('session', {}, (update) => seen.push(update));
    const lost = host.call('boot', {});
    socket.onclose?.();
    await expect(lost).rejects.toMatchObject({ code: 'noNetwork' });
    await vi.advanceTimersByTimeAsync(300);
    const again = FakeSocket.last;
    expect(again).not.toBe(socket);
    again.onopen?.();
    again.say({ session: 's2' });
    expect(again.sent).toEqual([{ token: 's' }, { id: 1, watch: 'session', args: {} }]);
    again.say({ id: 1, update: { kind: 'signedOut' } });
    expect(seen).toEqual([{ kind: 'signedOut' }]);
    stop();
    expect(again.sent.at(-1)).toEqual({ id: 1, unwatch: true });
  });

  it('hands bytes over with the session, and says in codes why not', async () => {
    const { host, socket } = open();
    socket.say({ session: 'lasting' });
    const fetched = vi.fn().mockResolvedValueOnce(new Response(null, { status: 204 })).mockResolvedValueOnce(Response.json({ code: 'diskFull', retryAfter: null }, { status: 500 })).mockRejectedValueOnce(new TypeError());
    vi.stubGlobal('fetch', fetched);
    const bytes = new ArrayBuffer(3);
    await host.push('a/b', bytes);
    expect(fetched).toHaveBeenCalledWith('/push/a%2Fb?token=lasting', { method: 'POST', body: bytes });
    await expect(host.push('a/b', bytes)).rejects.toMatchObject({ code: 'diskFull' });
    await expect(host.push('a/b', bytes)).rejects.toMatchObject({ code: 'noNetwork' });
    vi.unstubAllGlobals();
  });
});
