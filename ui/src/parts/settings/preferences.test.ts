import { beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { language } from '../../lib/i18n.svelte';
import { Preferences } from './preferences.svelte';

beforeEach(() => vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined })));

it('applies the theme and the language before anything is painted', () => {
  new Preferences(new FakeHost(), { theme: 'system', language: 'en', sendKey: 'enter', compact: false, mediaLimit: 1024, recentEmoji: [] });
  expect([document.documentElement.dataset.theme, document.documentElement.lang, language()]).toEqual(['dark', 'en', 'en']);
});

it('takes a change back that could not be kept', async () => {
  const host = new FakeHost({ failing: { save_settings: { code: 'diskFull', retryAfter: null } } });
  const preferences = new Preferences(host, { theme: 'light', language: 'ru', sendKey: 'enter', compact: false, mediaLimit: 1024, recentEmoji: [] });
  const change = preferences.change({ theme: 'dark' });
  expect(document.documentElement.dataset.theme).toBe('dark');
  await expect(change).rejects.toMatchObject({ code: 'diskFull' });
  expect(document.documentElement.dataset.theme).toBe('light');
});

it('remembers the emoji used last, each once and the newest first', async () => {
  const host = new FakeHost();
  const preferences = new Preferences(host, { theme: 'light', language: 'ru', sendKey: 'enter', compact: false, mediaLimit: 1024, recentEmoji: ['👍', '🎉'] });
  await preferences.usedEmoji('🎉');
  await preferences.usedEmoji('🎉');
  expect(preferences.now.recentEmoji).toEqual(['🎉', '👍']);
  expect(host.calls('save_settings')).toHaveLength(1);
  for (let i = 0; i < 40; i++) await preferences.usedEmoji(String.fromCodePoint(0x1f600 + i));
  expect(preferences.now.recentEmoji).toHaveLength(24);
});
