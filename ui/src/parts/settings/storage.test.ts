import { expect, it } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { limitsWith, Storage } from './storage.svelte';

it('tells how much is kept, and how much is left after clearing', async () => {
  const host = new FakeHost();
  const storage = new Storage(host);
  await storage.load();
  expect(storage.size).toBe(412_000_000);
  expect(await storage.clear()).toBe(true);
  expect([storage.size, storage.clearing]).toEqual([0, false]);
});

it('says why it could not be cleared, and knows the size still', async () => {
  const host = new FakeHost({ failing: { clear_media: { code: 'internal', retryAfter: null } } });
  const storage = new Storage(host);
  await storage.load();
  expect(await storage.clear()).toBe(false);
  expect([storage.failed?.code, storage.size, storage.clearing]).toEqual(['internal', 412_000_000, false]);
});

it('offers the limit that stands even where it is none of the usual ones', () => {
  expect(limitsWith(1024)).toEqual([250, 1024, 5120, 0]);
  expect(limitsWith(0)).toEqual([250, 1024, 5120, 0]);
  expect(limitsWith(2048)).toEqual([250, 1024, 2048, 5120, 0]);
});
