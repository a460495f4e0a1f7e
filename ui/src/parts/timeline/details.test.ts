import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { Details } from './details.svelte';
import { OpenChats } from './openChats.svelte';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());
const settle = (ms = 10) => vi.advanceTimersByTimeAsync(ms);

it('allows nothing until the core has said what is allowed', async () => {
  const host = new FakeHost();
  const details = new Details(host, '!staff');
  details.open();
  expect(Object.values(details.rights)).not.toContain(true);
  await settle();
  expect(details.rights.pin).toBe(true);
});

it('follows the rights while the chat is open and remembers them afterwards', async () => {
  const host = new FakeHost();
  const details = new Details(host, '!staff');
  details.open();
  await settle();
  host.details.setRights('!staff', { pin: false });
  expect(details.rights.pin).toBe(false);
  details.close();
  host.details.setRights('!staff', { pin: true });
  expect(details.rights.pin).toBe(false);
});

it('comes with the open chat and is left with it', async () => {
  const host = new FakeHost();
  const open = new OpenChats(host, null);
  open.show('!staff');
  open.open();
  const { details } = open.current!;
  await settle();
  open.show(null);
  await settle(3000);
  host.details.setRights('!staff', { pin: false });
  expect(details.rights.pin).toBe(true);
});
