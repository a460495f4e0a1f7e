import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { OpenChats } from './openChats.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('forgets what was left long ago, but nothing that is still under way there', () => {
  const open = new OpenChats(new FakeHost(), null);
  open.show('!asked');
  const asked = open.current;
  asked?.composer.askAck({ due: null });
  open.show('!plain');
  const plain = open.current;
  for (let i = 0; i < 40; i++) open.show(`!chat${i}`);
  open.show('!asked');
  expect(open.current).toBe(asked);
  open.show('!plain');
  expect(open.current).not.toBe(plain);
});
