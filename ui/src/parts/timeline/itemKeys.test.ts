import { expect, it } from 'vitest';
import { message, words } from '../../../test/sample-items';
import { OWN } from '../../../test/sample-people';
import type { Item } from '../../host/host';
import { ItemKeys } from './itemKeys';

const withId = (item: Item, id: string): Item => ({ ...item, id });
const key = (keys: ItemKeys, item: Item) => keys.name([item])[0]!.key;

it('keeps the row of a local echo that gets its event id', () => {
  const keys = new ItemKeys();
  const echo = message(OWN, 0, words('да'), { event: null });
  const sent = withId(message(OWN, 0, words('да'), { event: '$1' }), echo.id);
  expect(key(keys, sent)).toBe(key(keys, echo));
});

it('knows a message again after the stream was reopened and the ids began anew', () => {
  const keys = new ItemKeys();
  const item = message(OWN, 0, words('да'), { event: '$1' });
  const before = key(keys, item);
  keys.reopened();
  expect(key(keys, withId(item, 'other'))).toBe(before);
});

it('does not take another item for one with the same id of an earlier opening', () => {
  const keys = new ItemKeys();
  const before = key(keys, withId(message(OWN, 0, words('да'), { event: '$1' }), '0'));
  keys.reopened();
  expect(key(keys, withId(message(OWN, 0, words('нет'), { event: '$2' }), '0'))).not.toBe(before);
});
