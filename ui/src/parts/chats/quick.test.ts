import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { PEOPLE } from '../../../test/sample-people';
import type { ContactHit, ContactPage, Hit, SearchPage } from '../../host/host';
import { Chats } from './chats.svelte';
import { aboutPerson, QuickSearch } from './quick.svelte';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] }));
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(1_000);
const ME = '@o.kuznetsova:school1.example';

async function open(host = new FakeHost({ chats: 40 })) {
  const chats = new Chats(host, null);
  chats.watch();
  const quick = new QuickSearch(host, chats, ME, false);
  const stop = quick.watch();
  await settle();
  return { host, chats, quick, stop };
}

const person = (i: number, more: Partial<ContactHit> = {}): ContactHit => ({ person: PEOPLE[i]!, badge: null, source: 'chats', former: false, own: null, reach: null, marks: [], ...more });
const message = (event: string): Hit => ({ chat: '!a', chatName: 'А', event, sender: PEOPLE[0]!, own: false, at: 0, kind: 'text', pieces: [], media: null, name: null, mime: null, size: null, seconds: null });
const INDEX = { done: 300, chats: 300, messages: 1, sealed: 0, filling: false };

/** A host whose answers come when the test says so. */
async function slow() {
  const opened = await open();
  const asked: { name: string; text: string; answer: (value: unknown) => Promise<void>; fail: () => Promise<void> }[] = [];
  vi.spyOn(opened.host, 'call').mockImplementation(((name: string, args: { text?: string; query?: { text: string } }) =>
    new Promise((resolve, reject) => {
      // The screen shows each answer.
      const then = (act: () => void) => async () => (act(), await settle(), void opened.quick.entries);
      asked.push({ name, text: args.query?.text ?? args.text ?? '', answer: (value) => then(() => resolve(value))(), fail: then(() => reject(new Error('no'))) });
    })) as never);
  const call = (name: 'find_contacts' | 'search_messages', text: string) => asked.find((one) => one.name === name && one.text === text)!;
  return {
    ...opened,
    asked,
    people: (text: string, ...hits: ContactHit[]) => call('find_contacts', text).answer({ hits, total: hits.length, counts: {} as ContactPage['counts'] } satisfies ContactPage),
    messages: (text: string, ...events: string[]) => call('search_messages', text).answer({ hits: events.map(message), more: false, index: INDEX } satisfies SearchPage),
    failPeople: (text: string) => call('find_contacts', text).fail(),
    failMessages: (text: string) => call('search_messages', text).fail(),
  };
}
const keys = (quick: QuickSearch) => quick.entries.map(({ key }) => key);

describe('the list', () => {
  it('is the chats where nothing is typed, and nothing is asked', async () => {
    const { host, quick } = await open();
    expect(quick.sections.map(({ name }) => name)).toEqual(['chats']);
    quick.change('   ');
    await settle();
    expect([host.calls('find_contacts').length, host.calls('search_messages').length]).toEqual([0, 0]);
  });

  it('has chats at once, then people, then messages and the way to all of them', async () => {
    const { quick, host } = await open();
    quick.change('мар');
    expect(quick.sections.map(({ name }) => name)).toEqual(['chats']);
    await settle();
    expect(quick.sections.map(({ name }) => name)).toEqual(['chats', 'people', 'messages']);
    expect(quick.entries.at(-1)).toEqual({ kind: 'all', key: 'all' });
    expect(host.calls('find_contacts')).toEqual([{ text: 'мар', filters: { roles: [], classes: [], stages: [], subjects: [], statuses: [], sources: [] }, skip: 0, most: 8 }]);
    const peers = quick.entries.flatMap((entry) => (entry.kind === 'chat' ? [entry.chat.peer] : []));
    expect(quick.entries.some((entry) => entry.kind === 'person' && peers.includes(entry.found.person.id))).toBe(false);
  });

  it('asks for no messages with one letter', async () => {
    const { quick, host } = await open();
    quick.change('«м»');
    await settle();
    expect([host.calls('find_contacts').length, host.calls('search_messages').length]).toEqual([1, 0]);
  });

  it('asks for the beginning of a pasted page only', async () => {
    const { quick, host } = await open();
    quick.change('щ'.repeat(299) + '😀'.repeat(5_000));
    await settle();
    const [{ text }] = host.calls('find_contacts') as [{ text: string }];
    expect(text).toBe('щ'.repeat(299));
    expect((host.calls('search_messages') as [{ query: { text: string } }])[0].query.text).toBe(text);
  });

  it('holds messages back until the people above them are there, also where those can not come', async () => {
    const { quick, people, messages, failPeople } = await slow();
    quick.change('зайц');
    await settle();
    await messages('зайц', '$1');
    expect(quick.sections).toEqual([]);
    await people('зайц', person(0));
    expect(quick.sections.map(({ name }) => name)).toEqual(['people', 'messages']);
    quick.change('нетакого');
    await settle();
    await messages('нетакого', '$2');
    await failPeople('нетакого');
    expect([keys(quick).includes('hit-!a $2'), quick.people.failed?.code]).toEqual([true, 'internal']);
  });

  it('leaves out the person himself, and contacts without an account where there are no cards', async () => {
    const { quick, people } = await slow();
    quick.change('зайц');
    await settle();
    await people('зайц', person(0, { person: { ...PEOPLE[0]!, id: ME } }), person(1, { own: 'c1', person: { ...PEOPLE[1]!, id: 'own:c1' } }), person(2));
    expect(keys(quick)).toEqual([`person-${PEOPLE[2]!.id}`]);
  });
});

describe('answers that were overtaken', () => {
  it('are dropped', async () => {
    const { quick, people, messages } = await slow();
    quick.change('зайц');
    await settle();
    quick.change('зайце');
    await settle();
    await people('зайце', person(2));
    await messages('зайце', '$new');
    await people('зайц', person(3));
    await messages('зайц', '$old');
    expect(keys(quick)).toEqual([`person-${PEOPLE[2]!.id}`, 'hit-!a $new', 'all']);
  });

  it('leave what was there until the new one comes', async () => {
    const { quick, people, messages } = await slow();
    quick.change('зайц');
    await settle();
    await people('зайц', person(2));
    await messages('зайц', '$1');
    quick.change('зайце');
    expect(keys(quick)).toEqual([`person-${PEOPLE[2]!.id}`, 'hit-!a $1', 'all']);
    quick.change('');
    expect(quick.sections.map(({ name }) => name)).toEqual(['chats']);
  });
});

describe('the marked row', () => {
  it('is the first one until another is chosen, and stays the same row when the list grows', async () => {
    const { quick, people, messages } = await slow();
    quick.change('мари');
    const first = quick.marked!;
    expect(first.kind).toBe('chat');
    await settle();
    await people('мари', person(2), person(3));
    quick.mark(`person-${PEOPLE[3]!.id}`);
    await messages('мари', '$1');
    expect([quick.marked!.key, quick.entries.at(-1)!.kind]).toEqual([`person-${PEOPLE[3]!.id}`, 'all']);
    quick.step(1);
    expect(quick.marked!.key).toBe('hit-!a $1');
    quick.step(-1_000);
    expect(quick.marked!.key).toBe(first.key);
    quick.step(1_000);
    expect(quick.marked!.key).toBe('all');
    quick.change('мар');
    expect(quick.marked!.key).toBe(first.key);
  });

  it('does not move when its chat does in the list of chats', async () => {
    const { quick, chats } = await open();
    const before = keys(quick);
    quick.mark(before[3]!);
    chats.rows = [chats.rows[3]!, ...chats.rows.slice(0, 3), ...chats.rows.slice(4)];
    expect(keys(quick)).toEqual(before);
    chats.rows = chats.rows.slice(1);
    // The row that was chosen is gone: no other one takes its place by itself.
    expect([keys(quick).slice(0, 3), quick.marked, quick.enter(), quick.awaiting]).toEqual([before.slice(0, 3), undefined, null, false]);
    quick.step(1);
    expect(quick.marked!.key).toBe(before[0]);
  });

  it('is none where the chosen one does not answer the next words, and the first one where something else is typed', async () => {
    const { quick, people } = await slow();
    quick.change('зайц');
    await settle();
    await people('зайц', person(2), person(3));
    quick.change('зайце');
    quick.step(1);
    await settle();
    expect([quick.enter(), quick.awaiting]).toEqual([null, true]);
    await people('зайце', person(2));
    expect([quick.marked, quick.awaiting, quick.enter(), quick.awaiting]).toEqual([undefined, false, null, false]);
    quick.change('зай');
    expect(quick.marked!.key).toBe(`person-${PEOPLE[2]!.id}`);
  });

  it('has messages that the index finds later below it', async () => {
    const { quick, host, people, messages, asked } = await slow();
    quick.change('зайц');
    await settle();
    await people('зайц');
    await messages('зайц', '$2');
    asked.length = 0;
    host.search.index.set({ ...INDEX, messages: 2 });
    await settle();
    await messages('зайц', '$1', '$2', '$3');
    expect(keys(quick)).toEqual(['hit-!a $2', 'hit-!a $1', 'hit-!a $3', 'all']);
  });
});

describe('Enter', () => {
  it('takes a chat at once', async () => {
    const { quick } = await slow();
    quick.change('мари');
    expect(quick.enter()).toMatchObject({ kind: 'chat' });
  });

  it('waits for what answers the words that were typed', async () => {
    const { quick, people, messages } = await slow();
    quick.change('зайц');
    await settle();
    await people('зайц', person(2));
    quick.change('зайце');
    expect([quick.enter(), quick.awaiting, quick.ready]).toEqual([null, true, false]);
    await settle();
    await people('зайце');
    expect(quick.ready).toBe(false);
    await messages('зайце', '$1');
    expect(quick.enter()).toMatchObject({ kind: 'hit' });
  });

  it('takes the row that was chosen by hand, and waits no longer when something else is typed', async () => {
    const { quick, people } = await slow();
    quick.change('зайц');
    await settle();
    await people('зайц', person(2), person(3));
    quick.change('зайце');
    quick.step(1);
    expect([quick.enter(), quick.awaiting]).toEqual([null, true]);
    await settle();
    await people('зайце', person(2), person(3));
    expect([quick.awaiting, quick.ready]).toEqual([true, true]);
    expect(quick.enter()).toMatchObject({ kind: 'person', found: { person: PEOPLE[3]! } });
    quick.change('зайцев');
    quick.enter();
    quick.change('зайц');
    expect(quick.awaiting).toBe(false);
  });
});

describe('a question that fails', () => {
  it('ends the waiting of Enter, which takes nobody whom the words before have found', async () => {
    const { quick, people, failPeople } = await slow();
    quick.change('зайц');
    await settle();
    await people('зайц', person(2));
    quick.change('зайце');
    quick.enter();
    await settle();
    await failPeople('зайце');
    expect([quick.awaiting, keys(quick), quick.enter()]).toEqual([false, [], null]);
    quick.retry();
    expect(quick.awaiting).toBe(false);
  });

  it('takes no message of the words before either', async () => {
    const { quick, people, messages, failMessages } = await slow();
    quick.change('зайц');
    await settle();
    await people('зайц');
    await messages('зайц', '$1');
    expect(quick.enter()).toMatchObject({ kind: 'hit' });
    quick.change('зайце');
    quick.enter();
    await settle();
    await failMessages('зайце');
    expect(quick.awaiting).toBe(false);
    await people('зайце');
    expect([quick.awaiting, quick.marked?.kind, quick.enter()]).toEqual([false, 'hit', null]);
  });

  it('does not keep a later Enter from waiting for what is still to come', async () => {
    const { quick, people, failMessages } = await slow();
    quick.change('зайц');
    await settle();
    await failMessages('зайц');
    quick.enter();
    await people('зайц', person(2));
    expect([quick.awaiting, quick.ready]).toEqual([true, true]);
    expect(quick.enter()).toMatchObject({ kind: 'person' });
  });
});

it('warns of those who bear the name of another', () => {
  const of = (mark: 'imitates' | 'none') => person(0, { person: { ...PEOPLE[0]!, mark } });
  expect(aboutPerson(of('imitates'))).toBe('выдаёт себя за сотрудника');
  expect(aboutPerson(of('none'))).toBe('не из вашей организации');
});

it('stops asking when it is closed', async () => {
  const { quick, host, stop } = await open();
  quick.change('мар');
  stop();
  await settle();
  expect([host.calls('find_contacts').length, host.calls('search_messages').length, quick.asking]).toEqual([0, 0, false]);
});
