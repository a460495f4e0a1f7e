import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import { AGAIN, IDLE, Typing } from './typing';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function told(host: FakeHost) {
  return host.calls('set_typing').map((args) => (args as { on: boolean }).on);
}

it('tells of writing once, and again only after a while', () => {
  const host = new FakeHost();
  const typing = new Typing(host, '!staff');
  typing.key();
  vi.advanceTimersByTime(AGAIN - 1);
  typing.key();
  expect(told(host)).toEqual([true]);
  vi.advanceTimersByTime(1);
  typing.key();
  expect(told(host)).toEqual([true, true]);
});

it('ends with a pause, and at once when told to, but never twice', () => {
  const host = new FakeHost();
  const typing = new Typing(host, '!staff');
  typing.stop();
  typing.key();
  vi.advanceTimersByTime(IDLE);
  expect(told(host)).toEqual([true, false]);
  typing.key();
  typing.stop();
  vi.advanceTimersByTime(IDLE * 2);
  expect(told(host)).toEqual([true, false, true, false]);
});

it('survives a server that does not want to know', async () => {
  const host = new FakeHost({ failing: { set_typing: { code: 'serverError', retryAfter: null } } });
  new Typing(host, '!staff').key();
  await vi.advanceTimersByTimeAsync(1);
  expect(told(host)).toEqual([true]);
});
