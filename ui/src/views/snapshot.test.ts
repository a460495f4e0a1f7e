import { expect, it } from 'vitest';
import { sampleChats } from '../../test/sample-chats';
import { message, sampleItems, words } from '../../test/sample-items';
import { OWN, SCHOOL_ME } from '../../test/sample-people';
import { readSnapshot, writeSnapshot } from './snapshot';

const LIMIT = 512 * 1024;

it('keeps the chat that is open even when it is far down the list', () => {
  const chats = sampleChats(300, 0);
  const snapshot = readSnapshot(writeSnapshot(SCHOOL_ME, chats, chats[250]!.id, sampleItems(50, 0)));
  expect(snapshot?.chats.some((row) => row.id === chats[250]!.id)).toBe(true);
  expect(snapshot?.items).toHaveLength(40);
});

it('stays within what the core takes, however long the messages are', () => {
  const long = Array.from({ length: 40 }, () => message(OWN, 0, words('ж'.repeat(30_000))));
  const json = writeSnapshot(SCHOOL_ME, [], null, long);
  expect(new TextEncoder().encode(json).length).toBeLessThan(LIMIT);
});

it('is nothing when it is broken or of another version', () => {
  expect(readSnapshot(null)).toBeNull();
  expect(readSnapshot('{')).toBeNull();
  expect(readSnapshot('{"version":1,"chats":[],"items":[]}')).toBeNull();
});

it('keeps the filters of the people, and takes none from what it does not understand', () => {
  const filters = { roles: ['teacher' as const], classes: [{ organisation: '!o', id: 'C1' }], stages: [5], subjects: ['физика'], statuses: [], sources: ['own'] };
  expect(readSnapshot(writeSnapshot(SCHOOL_ME, [], null, [], filters))?.contacts).toEqual(filters);
  const before = JSON.stringify({ ...JSON.parse(writeSnapshot(SCHOOL_ME, [], null, [])), contacts: { roles: 'all' } });
  expect(readSnapshot(before)?.contacts.roles).toEqual([]);
});
