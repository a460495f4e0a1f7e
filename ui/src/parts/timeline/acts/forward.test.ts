import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { messagesOf } from '../../../../test/fake-chats';
import { FakeHost } from '../../../../test/fake-host';
import { Forwarding } from './forward.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(20);

const begin = (host = new FakeHost()) => ({ host, forwarding: new Forwarding(host, '!staff', () => host.chats.rows) });
const row = (host: FakeHost, id: string) => host.chats.rows.find((one) => one.id === id)!;

it('offers the chats one may write in, the newest first', () => {
  const { host, forwarding } = begin();
  const ids = forwarding.found.map((one) => one.id);
  expect(ids.slice(0, 2)).toEqual(['!parents5a', '!staff']);
  expect(ids).not.toContain('!news');
  expect(ids).not.toContain('!invite');
  expect(ids).toHaveLength(host.chats.rows.length - 2);
});

it('finds by the beginnings of words', () => {
  const { forwarding } = begin();
  forwarding.query = 'роди 5 а';
  expect(forwarding.found[0]?.id).toBe('!parents5a');
});

it('says how many will read it, as soon as that is known', async () => {
  const { host, forwarding } = begin();
  const parents = row(host, '!parents5a');
  expect(forwarding.about(parents)).toBe('Группа');
  forwarding.toggle(parents);
  await settle();
  expect(forwarding.about(parents)).toBe('Группа · 29 человек');
  expect(forwarding.about(row(host, '!maria'))).toBe('Личный чат');
  expect(forwarding.about({ ...row(host, '!maria'), mark: 'outsider' })).toBe('Личный чат · не из вашей организации');
});

it('sends to every chosen chat at once', async () => {
  const { host, forwarding } = begin();
  ['!parents5a', '!maria', '!olga', '!maria'].forEach((id) => forwarding.toggle(row(host, id)));
  const events = messagesOf(host.chats.conversation('!staff')).slice(0, 2).map((message) => message.event!);
  const sent = forwarding.send(events);
  await settle();
  expect(host.calls('forward_messages')).toEqual([{ chat: '!staff', events, to: ['!parents5a', '!olga'] }]);
  expect(await sent).toBe(true);
});

it('keeps what was chosen when it could not be sent, and says why', async () => {
  const { host, forwarding } = begin(new FakeHost({ failing: { forward_messages: { code: 'chatGone', retryAfter: null } } }));
  forwarding.toggle(row(host, '!maria'));
  const sent = forwarding.send(['$1']);
  await settle();
  expect(await sent).toBe(false);
  expect([forwarding.failed, forwarding.has('!maria'), forwarding.busy]).toEqual(['chatGone', true, false]);
});

it('sends nowhere when nothing is chosen', async () => {
  const { host, forwarding } = begin();
  expect(await forwarding.send(['$1'])).toBe(false);
  expect(host.calls('forward_messages')).toEqual([]);
});
