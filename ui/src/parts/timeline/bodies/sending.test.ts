import { expect, it } from 'vitest';
import { media } from '../../../../test/sample-items';
import { outgoing, sizeText } from './sending';

it('says how far a file has come, never more than all of it', () => {
  expect(outgoing({ kind: 'uploading', sent: 30, total: 40 })).toEqual({ part: 0.75 });
  expect(outgoing({ kind: 'uploading', sent: 50, total: 40 })).toEqual({ part: 1 });
  expect(outgoing({ kind: 'uploading', sent: 0, total: 0 })).toEqual({ part: null });
  expect(outgoing({ kind: 'waiting' })).toEqual({ part: null });
  expect([outgoing({ kind: 'sent' }), outgoing({ kind: 'failed', reason: 'server' }), outgoing({ kind: 'received' })]).toEqual([null, null, null]);
});

it('names the size, and while it goes how much of it has gone', () => {
  const file = media('a.pdf', { size: 4_800_000 });
  expect(sizeText(file, { kind: 'uploading', sent: 1_200_000, total: 4_800_000 })).toBe('1,1 МБ из 4,6 МБ');
  expect(sizeText(file, { kind: 'sent' })).toBe('4,6 МБ');
  expect(sizeText(media('a.pdf'), { kind: 'received' })).toBe(null);
});
