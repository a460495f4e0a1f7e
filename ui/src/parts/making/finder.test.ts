import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { PEOPLE } from '../../../test/sample-people';
import type { Calls, Found } from '../../host/host';
import { PeopleFinder } from './finder.svelte';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(500);

it('asks once for the keys of one word', async () => {
  const host = new FakeHost();
  const finder = new PeopleFinder(host);
  for (const text of ['щ', 'щу', 'щук']) finder.change(text);
  await settle();
  expect(host.calls('find_people')).toEqual([{ text: 'щук', chat: null, most: 60 }]);
  expect([finder.found.map(({ person }) => person.name), finder.answered, finder.asking]).toEqual([['Мария Петровна Щукина'], 'щук', false]);
});

it('drops an answer that was overtaken', async () => {
  const host = new FakeHost();
  const answers: ((found: Found[]) => void)[] = [];
  vi.spyOn(host, 'call').mockImplementation((() => new Promise((resolve) => answers.push(resolve as (found: Found[]) => void))) as never);
  const finder = new PeopleFinder(host);
  finder.change('а');
  await settle();
  finder.change('ан');
  await settle();
  const found = (i: number): Calls['find_people']['result'] => [{ person: PEOPLE[i]!, badge: null }];
  answers[1]!(found(2));
  await settle();
  answers[0]!(found(0));
  await settle();
  expect([finder.found[0]!.person.id, finder.answered]).toEqual([PEOPLE[2]!.id, 'ан']);
});

it('keeps what was found when asking again fails, and says why', async () => {
  const host = new FakeHost();
  const finder = new PeopleFinder(host);
  finder.change('щук');
  await settle();
  host.failing = { find_people: { code: 'noNetwork', retryAfter: null } };
  finder.change('щуки');
  await settle();
  expect([finder.found.length, finder.failed?.code, finder.asking]).toEqual([1, 'noNetwork', false]);
  host.failing = {};
  await Promise.all([finder.look(), settle()]);
  expect([finder.failed, finder.answered]).toEqual([null, 'щуки']);
});
