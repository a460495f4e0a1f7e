// All text a person reads. Keys are those of ui/messages/ru.json; a message that counts takes the plural forms of
// its language from the browser, so that Russian gets its one, few and many.

import en from '../../messages/en.json';
import ru from '../../messages/ru.json';

export type Language = 'ru' | 'en';
type Catalogue = typeof ru;
export type MessageKey = keyof Catalogue;
type Counting = { [K in MessageKey]: Catalogue[K] extends string ? never : K }[MessageKey];
type Plain = Exclude<MessageKey, Counting>;
type Values = Record<string, string | number>;
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const catalogues: Record<Language, Record<MessageKey, string | Forms>> = { ru, en };
const rules: Record<Language, Intl.PluralRules> = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };

class Speech {
  language = $state<Language>('ru');
}
const speech = new Speech();

export function language(): Language {
  return speech.language;
}

export function setLanguage(next: Language): void {
  speech.language = next;
}

/** The language of a choice: «system» follows the first language the system names. */
export function chosenLanguage(choice: 'system' | Language, system: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const first = system.find((tag) => /^(ru|en)\b/i.test(tag));
  return first?.toLowerCase().startsWith('en') ? 'en' : 'ru';
}

export function t(key: Plain, values?: Values): string;
export function t(key: Counting, values: Values & { count: number }): string;
export function t(key: MessageKey, values?: Values): string {
  const message = catalogues[speech.language][key];
  if (typeof message === 'string') return fill(message, values);
  const count = Number(values?.count ?? 0);
  return fill(message[rules[speech.language].select(count)] ?? message.other, values);
}

function fill(message: string, values: Values | undefined): string {
  if (!values) return message;
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
