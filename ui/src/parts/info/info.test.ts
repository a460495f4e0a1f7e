import { File as NodeFile } from 'node:buffer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import type { Member } from '../../host/host';
import { Members } from './members.svelte';
import { setPicture } from './picture';
import { SharedThings } from './shared.svelte';
import { byMonth, encryptionText, historyText, linkOf, standingText } from './words';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(100);
async function settled<T>(call: Promise<T>): Promise<T> {
  // A refusal is looked at by the caller; it must not count as forgotten while time passes.
  call.catch(() => undefined);
  await settle();
  return call;
}

describe('the members', () => {
  async function open(host = new FakeHost()) {
    const members = new Members(host, '!parents5a');
    await settled(members.load());
    return { host, members };
  }

  it('are found by name, class, subject or position, names first', async () => {
    const { members } = await open();
    const names = (query: string) => ((members.query = query), members.visible.map((member) => member.person.name));
    expect(names('щук')).toEqual(['Мария Петровна Щукина']);
    expect(names('директор')).toEqual(['Сергей Иванович Власов']);
    expect(names('алгебра 7б')).toEqual(['Дмитрий Игоревич Орлов']);
    expect(names('никого такого')).toEqual([]);
    expect(names('').length).toBe(members.all!.length);
  });

  it('lose whoever was removed, with the reason that was given', async () => {
    const { host, members } = await open();
    const member = members.all!.find((other) => other.canRemove)!;
    await settled(members.remove(member, '  перешёл в другую школу '));
    expect(members.all!.some((other) => other.person.id === member.person.id)).toBe(false);
    expect(host.calls('remove_person')).toEqual([{ chat: '!parents5a', person: member.person.id, reason: 'перешёл в другую школу' }]);
  });

  it('stay as they were when removing fails', async () => {
    const { members } = await open(new FakeHost({ failing: { remove_person: { code: 'notAllowed', retryAfter: null } } }));
    const before = members.all;
    await expect(settled(members.remove(before![2]!, ''))).rejects.toMatchObject({ code: 'notAllowed' });
    expect(members.all).toBe(before);
  });

  it('are those of the newest answer', async () => {
    const host = new FakeHost();
    const answers: ((members: Member[]) => void)[] = [];
    vi.spyOn(host, 'call').mockImplementation((() => new Promise((resolve) => answers.push(resolve as (members: Member[]) => void))) as never);
    const members = new Members(host, '!parents5a');
    const loads = [members.load(), members.load()];
    const [one] = host.details.members('!parents5a') as [Member];
    answers[1]!([one]);
    answers[0]!([]);
    await Promise.all(loads);
    expect(members.all).toEqual([one]);
  });
});

describe('what was sent in a chat', () => {
  it('comes page by page and grows with the index', async () => {
    const host = new FakeHost();
    host.search.index.set({ done: 0, chats: 1, messages: 1, sealed: 0, filling: true });
    const things = new SharedThings(host, '!parents5a', 'picture');
    const stop = things.watch();
    await settle();
    expect([things.hits!.length, things.more, things.complete]).toEqual([60, true, false]);
    await settled(things.loadMore());
    const seen = things.hits!.length;
    expect(seen).toBeGreaterThan(60);
    expect(new Set(things.hits!.map((hit) => hit.event)).size).toBe(seen);
    host.search.index.set({ done: 1, chats: 1, messages: 2, sealed: 0, filling: false });
    await vi.advanceTimersByTimeAsync(2_000);
    expect([things.complete, things.hits!.length >= seen]).toEqual([true, true]);
    stop();
  });

  it('says what went wrong and goes on where it stood', async () => {
    const host = new FakeHost({ failing: { search_messages: { code: 'serverError', retryAfter: null } } });
    const things = new SharedThings(host, '!parents5a', 'file');
    const stop = things.watch();
    await settle();
    expect([things.failed?.code, things.hits]).toEqual(['serverError', null]);
    host.failing = {};
    things.retry();
    await settle();
    expect([things.failed, things.hits!.every((hit) => hit.kind === 'file')]).toEqual([null, true]);
    stop();
  });

  it('is grouped by months', () => {
    const hit = (at: string) => ({ at: new Date(at).getTime() }) as never;
    expect(byMonth([hit('2026-11-20'), hit('2026-11-02'), hit('2025-11-02')]).map((month) => [month.title, month.hits.length])).toEqual([
      ['Ноябрь 2026 г.', 2],
      ['Ноябрь 2025 г.', 1],
    ]);
  });

  it('names the address of a link, wherever it was cut into pieces', () => {
    const pieces = [{ text: 'Вот: https://school1.', hit: false }, { text: 'example', hit: true }, { text: '/news?id=1 смотрите', hit: false }];
    expect(linkOf({ pieces } as never)).toBe('https://school1.example/news?id=1');
    expect(linkOf({ pieces: [{ text: 'без адреса', hit: false }] } as never)).toBeNull();
  });
});

describe('a new picture', () => {
  beforeEach(() => void vi.useRealTimers());

  // The test's window has files that can't be read.
  const picture = (bytes: number) => new NodeFile([new Uint8Array(bytes)], 'класс.png', { type: 'image/png' }) as unknown as File;

  it('is handed over whole and set', async () => {
    const host = new FakeHost();
    await setPicture(host, '!parents5a', picture(700_000));
    expect(host.calls('stage_file')).toEqual([{ name: 'класс.png', size: 700_000 }]);
    const [[id, pieces]] = [...host.outgoing.pushed] as [[string, Uint8Array[]]];
    expect(pieces.reduce((sum, piece) => sum + piece.byteLength, 0)).toBe(700_000);
    expect(host.calls('set_chat_avatar')).toEqual([{ chat: '!parents5a', staged: id }]);
  });

  it('is let go when the chat refuses it', async () => {
    const host = new FakeHost({ failing: { set_chat_avatar: { code: 'notAllowed', retryAfter: null } } });
    await expect(setPicture(host, '!parents5a', picture(1))).rejects.toMatchObject({ code: 'notAllowed' });
    await vi.waitFor(() => expect(host.outgoing.staged.size).toBe(0));
  });

  it('that can no longer be read says so', async () => {
    const gone = { name: 'a.png', type: 'image/png', size: 1, slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }) };
    await expect(setPicture(new FakeHost(), '!parents5a', gone as unknown as File)).rejects.toMatchObject({ code: 'fileGone' });
  });
});

it('explains the chat in sentences', () => {
  const details = new FakeHost().details.of('!parents5a').now;
  expect(historyText('sinceJoined')).toBe('Новые участники видят только то, что написано после их прихода.');
  expect(encryptionText({ ...details, encrypted: false })).toContain('сервер школы может их прочитать');
  expect(encryptionText({ ...details, kind: 'direct' })).toContain('вы вдвоём');
  expect((['owner', 'member'] as const).map(standingText)).toEqual(['владелец', null]);
});
