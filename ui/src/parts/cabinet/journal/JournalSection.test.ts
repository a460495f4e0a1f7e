import { mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import { CabinetDesk } from '../cabinet.svelte';
import JournalSection from './JournalSection.svelte';

const settle = () => new Promise((resolve) => setTimeout(resolve, 60));

beforeEach(() => {
  const never = { observe: () => undefined, disconnect: () => undefined };
  vi.stubGlobal('IntersectionObserver', class { observe = never.observe; disconnect = never.disconnect; });
});
afterEach(() => vi.unstubAllGlobals());

it.each([null, { code: 'noNetwork' as const, retryAfter: null }])('asks for one page and waits, whether it comes or not', async (error) => {
  const host = new FakeHost({ cabinet: { people: 20 }, failing: error ? { journal: error } : {} });
  const desk = new CabinetDesk(host, { offline: error !== null });
  desk.watch();
  desk.open();
  await vi.waitFor(() => expect(desk.cabinet).not.toBeNull());
  const section = mount(JournalSection, { target: document.body, props: { host, desk } });
  await settle();
  expect(host.calls('journal')).toHaveLength(1);
  await unmount(section);
});
