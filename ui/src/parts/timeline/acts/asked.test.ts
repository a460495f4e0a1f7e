import { expect, test } from 'vitest';
import { asked } from './asked';

test('neither the author nor those who run the chat are counted among the asked, and nobody twice', () => {
  const chat = { members: 29, unasked: ['@steward:school', '@head:school'] };
  expect(asked(chat, '@maria:school')).toBe(26);
  expect(asked(chat, '@head:school')).toBe(27);
  expect(asked({ members: 1, unasked: ['@head:school'] }, '@maria:school')).toBe(0);
  expect(asked(null, '@maria:school')).toBe(0);
});
