import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import en from '../../messages/en.json';
import ru from '../../messages/ru.json';
import { chosenLanguage, setLanguage, t } from './i18n.svelte';

const catalogues: [string, Record<string, string | Record<string, string>>, string[]][] = [
  ['ru', ru, ['one', 'few', 'many', 'other']],
  ['en', en, ['one', 'other']],
];
const places = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
const sources = () =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(svelte|ts)$/.test(name) && !name.includes('.test.'))
    .map((name) => readFileSync(join('src', name), 'utf8'))
    .join('\n');

describe('the catalogue', () => {
  it('has the same messages in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ru).sort());
  });

  it('uses the same values in both languages', () => {
    for (const [key, message] of Object.entries(ru)) {
      const other = (en as Record<string, unknown>)[key];
      expect(typeof other, key).toBe(typeof message);
      if (typeof message === 'string') expect(places(other as string), key).toEqual(places(message));
    }
  });

  it.each(catalogues)('%s has every plural form of its language, with the count in it', (_, catalogue, forms) => {
    for (const [key, message] of Object.entries(catalogue)) {
      if (typeof message === 'string') continue;
      expect(Object.keys(message), key).toEqual(forms);
      for (const form of Object.values(message)) expect(places(form), key).toEqual(['count']);
    }
  });

  it('has no message that nothing shows', () => {
    const code = sources();
    // Some keys are put together where they are shown: t(`error_${code}`), t(`${field}_empty`).
    const built = [...code.matchAll(/\bt\(`(\w+_)\$\{/g)].map((m) => m[1]!);
    const unused = Object.keys(ru).filter((key) => !built.some((start) => key.startsWith(start)) && !key.endsWith('_empty') && !code.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });
});

describe('t', () => {
  afterEach(() => setLanguage('ru'));

  it('counts in Russian', () => {
    const said = [0, 1, 2, 5, 11, 21, 22, 112].map((count) => t('link_waiting', { count }));
    expect(said).toEqual([
      '0 сообщений ждут отправки',
      '1 сообщение ждёт отправки',
      '2 сообщения ждут отправки',
      '5 сообщений ждут отправки',
      '11 сообщений ждут отправки',
      '21 сообщение ждёт отправки',
      '22 сообщения ждут отправки',
      '112 сообщений ждут отправки',
    ]);
  });

  it('counts in English', () => {
    setLanguage('en');
    expect(t('link_waiting', { count: 1 })).toBe('1 message waits to be sent');
    expect(t('link_waiting', { count: 2 })).toBe('2 messages wait to be sent');
  });

  it('leaves braces that somebody wrote in a name alone', () => {
    expect(t('chat_said', { who: '{text}', text: 'да' })).toBe('{text}: да');
  });
});

describe('chosenLanguage', () => {
  it('follows the system to the language it knows, and is Russian otherwise', () => {
    expect(chosenLanguage('system', ['de-DE', 'en-GB', 'ru'])).toBe('en');
    expect(chosenLanguage('system', ['tt-RU'])).toBe('ru');
    expect(chosenLanguage('en', ['ru'])).toBe('en');
  });
});
