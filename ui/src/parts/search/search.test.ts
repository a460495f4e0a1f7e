import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import type { Hit, SearchPage } from '../../host/host';
import { Everywhere } from './everywhere.svelte';
import { MessageSearch } from './search.svelte';
import { indexLine, nearHit, sealedLine } from './words';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] }));
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(400);
const page = (events: string[], more = false): SearchPage => ({
  hits: events.map((event): Hit => ({ chat: '!a', chatName: 'А', event, sender: { id: '@a', name: 'А', avatar: null, mark: 'none' }, own: false, at: 0, kind: 'text', pieces: [], media: null, name: null, mime: null, size: null, seconds: null })),
  more,
  index: { done: 1, chats: 1, messages: 10, sealed: 0, filling: false },
});

describe('looking for messages', () => {
  it('asks once for the keys of one word, and nothing for no words', async () => {
    const host = new FakeHost();
    const search = new MessageSearch(host, null);
    for (const text of ['м', 'му', 'музей', 'музей ']) search.change(text);
    await settle();
    search.change('  ');
    await settle();
    expect(host.calls('search_messages')).toEqual([{ query: { text: 'музей', chat: null, from: null, kind: null, since: null, until: null, skip: 0, most: 40 } }]);
    expect([search.hits.length, search.active, search.asking]).toEqual([0, false, false]);
  });

  it('asks with its filters alone, whole days included', async () => {
    const host = new FakeHost();
    const search = new MessageSearch(host, '!parents5a');
    search.filter({ kind: 'file', since: '2026-11-01', until: '2026-11-01' });
    await settle();
    const [{ query }] = host.calls('search_messages') as [{ query: { since: number; until: number; kind: string; chat: string } }];
    expect([query.kind, query.chat, query.until - query.since]).toEqual(['file', '!parents5a', 24 * 3600_000 - 1]);
    expect(search.active).toBe(true);
  });

  it('drops answers that were overtaken, whatever order they come in', async () => {
    const host = new FakeHost();
    const answers: ((found: SearchPage) => void)[] = [];
    vi.spyOn(host, 'call').mockImplementation((() => new Promise((resolve) => answers.push(resolve as (found: SearchPage) => void))) as never);
    const search = new MessageSearch(host, null);
    search.change('а');
    await settle();
    search.change('аб');
    await settle();
    answers[1]!(page(['$new']));
    await settle();
    answers[0]!(page(['$old']));
    await settle();
    expect(search.hits.map((hit) => hit.event)).toEqual(['$new']);
    search.change('');
    expect(search.hits).toEqual([]);
  });

  it('pages on without naming a message twice', async () => {
    const host = new FakeHost();
    const search = new MessageSearch(host, null);
    search.change('музей');
    await settle();
    expect([search.hits.length, search.more]).toEqual([40, true]);
    // One that came meanwhile pushes the last of the first page into the second.
    vi.spyOn(host, 'call').mockResolvedValueOnce({ ...page(['$more']), hits: [search.hits[39]!, ...page(['$more']).hits] } as never);
    await search.loadMore();
    expect(search.hits.length).toBe(41);
    expect(search.hits.at(-1)!.event).toBe('$more');
  });

  it('asks again as the index fills, and not for a search that is over', async () => {
    const host = new FakeHost();
    host.search.index.set({ done: 1, chats: 300, messages: 10, sealed: 0, filling: true });
    const search = new MessageSearch(host, null);
    const stop = search.watch();
    search.change('нетакого');
    await settle();
    expect([search.hits.length, search.complete]).toEqual([0, false]);
    for (let messages = 20; messages < 60; messages += 10) host.search.index.set({ done: 2, chats: 300, messages, sealed: 0, filling: true });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(host.calls('search_messages').length).toBe(2);
    stop();
    host.search.index.set({ done: 300, chats: 300, messages: 99, sealed: 0, filling: false });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(host.calls('search_messages').length).toBe(2);
  });

  it('says what went wrong and finds it when tried again', async () => {
    const host = new FakeHost({ failing: { search_messages: { code: 'internal', retryAfter: null } } });
    const search = new MessageSearch(host, null);
    search.change('музей');
    await settle();
    expect([search.failed?.code, search.answered]).toEqual(['internal', false]);
    host.failing = {};
    search.retry();
    await settle();
    expect([search.failed, search.hits.length]).toEqual([null, 40]);
  });
});

it('never says that there is nothing while messages wait for their keys', async () => {
  const host = new FakeHost();
  host.search.index.set({ done: 300, chats: 300, messages: 10, sealed: 2, filling: false });
  const search = new MessageSearch(host, null);
  const stop = search.watch();
  search.change('нетакого');
  await settle();
  expect([search.hits.length, search.complete]).toEqual([0, false]);
  expect(sealedLine(search.index)).toMatch(/^2 сообщения зашифрованы/);
  host.search.index.set({ done: 300, chats: 300, messages: 12, sealed: 0, filling: false });
  await settle();
  expect([search.complete, sealedLine(search.index)]).toEqual([true, null]);
  stop();
});

describe('how far the index has come', () => {
  const index = (part: object) => ({ done: 21, chats: 300, messages: 1, sealed: 0, filling: true, ...part });
  it('is said while it is incomplete, and why it stands still', () => {
    expect(indexLine(index({}), false, false)).toBe('Просмотрен 21 чат из 300, ищем дальше…');
    expect(indexLine(index({ done: 22, filling: false }), false, true)).toBe('Нет связи. Просмотрено 22 чата из 300, остальные посмотрим, когда она появится.');
    expect(indexLine(index({ done: 0, chats: 1 }), true, false)).toBe('Этот чат просмотрен не до конца, ищем дальше…');
    expect(indexLine(index({ done: 300, filling: false }), false, true)).toBeNull();
  });
});

describe('what stands around a hit', () => {
  it('is cut at a word so that the hit stays in sight', () => {
    const pieces = [{ text: 'Уважаемые родители! В понедельник едем в краеведческий ', hit: false }, { text: 'музей', hit: true }, { text: ', сбор в 9:15', hit: false }];
    expect(nearHit(pieces).map((piece) => piece.text).join('')).toBe('…едем в краеведческий музей, сбор в 9:15');
    expect(nearHit(pieces.slice(1))).toEqual(pieces.slice(1));
  });
});

describe('looking everywhere', () => {
  async function look(text: string) {
    const host = new FakeHost({ chats: 40 });
    const everywhere = new Everywhere(host, '@o.kuznetsova:school1.example');
    everywhere.setChats(host.chats.rows.filter((row) => row.name.includes('Мария')));
    everywhere.change(text);
    await settle();
    return { host, everywhere };
  }

  it('lists chats, people and messages for one keyboard, and nobody twice', async () => {
    const { everywhere } = await look('мар');
    expect([...new Set(everywhere.entries.map((entry) => entry.kind))]).toEqual(['chat', 'person', 'hit']);
    const peers = everywhere.chatEntries.flatMap((entry) => (entry.kind === 'chat' ? [entry.chat.peer] : []));
    expect(everywhere.personEntries.some((entry) => entry.kind === 'person' && peers.includes(entry.found.person.id))).toBe(false);
    everywhere.step(-1);
    expect(everywhere.marked).toBe(everywhere.entries[0]);
    everywhere.step(1000);
    expect(everywhere.marked).toBe(everywhere.entries.at(-1));
  });

  it('folds a long group and unfolds it', async () => {
    const { host, everywhere } = await look('а');
    everywhere.setChats(host.chats.rows.slice(0, 12));
    const more = everywhere.chatEntries.at(-1)!;
    expect([everywhere.chatEntries.length, more]).toEqual([6, { kind: 'more', key: 'more-chats', count: 7 }]);
    everywhere.unfold('more-chats');
    expect(everywhere.chatEntries.length).toBe(12);
  });

  it('shows messages alone once a filter is set', async () => {
    const { everywhere } = await look('собрание');
    everywhere.messages.filter({ kind: 'text' });
    await settle();
    expect([...new Set(everywhere.entries.map((entry) => entry.kind))]).toEqual(['hit']);
  });
});
