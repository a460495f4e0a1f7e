import { expect, it } from 'vitest';
import type { Reaction } from '../../../host/host';
import { shownReactions } from './shownReactions';

const reaction = (key: string): Reaction => ({ key, count: 1, own: false, who: [] });
const reactions = [reaction('✅'), reaction('✅\uFE0F'), reaction('👍')];

it('leaves the acknowledgement to its own line', () => {
  expect(shownReactions({ reactions, ack: { due: null, own: false, count: 2 } }).map(({ key }) => key)).toEqual(['👍']);
});

it('shows the same sign as a reaction where nothing is to be acknowledged', () => {
  expect(shownReactions({ reactions, ack: null })).toBe(reactions);
});
