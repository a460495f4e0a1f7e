// What is typed of a contact of the person's own, and what is wrong with it.

import type { OwnContact } from '../../../host/host';
import { t } from '../../../lib/i18n.svelte';

/** Characters that the core keeps of the texts. */
export const LONGEST = { name: 120, phone: 60, email: 254, note: 4000 } as const;

export interface ContactForm {
  family: string;
  given: string;
  patronymic: string;
  company: string;
  /** There is always a line to type in. */
  phones: string[];
  emails: string[];
  account: string;
  note: string;
}

export interface Complaints {
  /** Nothing says who it is. */
  empty: string | null;
  phones: (string | null)[];
  emails: (string | null)[];
  account: string | null;
}

export function formOf(contact: OwnContact | null): ContactForm {
  const { family = '', given = '', patronymic = '', company = '', phones = [], emails = [], account = null, note = '' } = contact ?? {};
  const lines = (list: readonly string[]) => (list.length > 0 ? [...list] : ['']);
  return { family, given, patronymic, company, phones: lines(phones), emails: lines(emails), account: account ?? '', note };
}

export function contactOf(form: ContactForm, id: string): OwnContact {
  const lines = (list: readonly string[]) => [...new Set(list.map((line) => line.trim()).filter(Boolean))];
  return {
    id,
    family: form.family.trim(),
    given: form.given.trim(),
    patronymic: form.patronymic.trim(),
    company: form.company.trim(),
    phones: lines(form.phones),
    emails: lines(form.emails),
    account: form.account.trim() || null,
    note: form.note.trim(),
  };
}

/** Whether something would be lost by leaving. */
export function changed(form: ContactForm, contact: OwnContact | null): boolean {
  const id = contact?.id ?? '';
  return JSON.stringify(contactOf(form, id)) !== JSON.stringify(contactOf(formOf(contact), id));
}

const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/u;
const ACCOUNT = /^@[^\s:@]+:[^\s:@]+(:\d{1,5})?$/u;

export function complaintsOf(form: ContactForm): Complaints {
  const contact = contactOf(form, '');
  const nobody = [contact.family, contact.given, contact.patronymic, contact.company, ...contact.phones, ...contact.emails, contact.account].every((text) => !text);
  const wrong = (line: string, right: (text: string) => boolean, sentence: string) => (line.trim() === '' || right(line.trim()) ? null : sentence);
  return {
    empty: nobody ? t('contact_wrong_empty') : null,
    phones: form.phones.map((line) => wrong(line, (text) => /\d/.test(text), t('contact_wrong_phone'))),
    emails: form.emails.map((line) => wrong(line, (text) => EMAIL.test(text), t('contact_wrong_email'))),
    account: wrong(form.account, (text) => ACCOUNT.test(text), t('contact_wrong_account')),
  };
}

export function isFine({ empty, phones, emails, account }: Complaints): boolean {
  return [empty, ...phones, ...emails, account].every((complaint) => complaint === null);
}

/** «Щукина Мария Петровна»; where there is no name, what there is. */
export function contactName(contact: OwnContact): string {
  const name = [contact.family, contact.given, contact.patronymic].filter(Boolean).join(' ');
  return name || contact.company || contact.phones[0] || contact.emails[0] || contact.account || '';
}

/** What tells contacts of one name apart. The account first: under the name of one a file may bring that of another. */
export function contactAbout(contact: OwnContact): string {
  const name = contactName(contact);
  const { account } = contact;
  const words = [contact.company, contact.phones[0], contact.emails[0]].filter((text) => text && text !== name);
  return [...(account && account !== name ? [t('contact_account_of', { account })] : []), ...words].join(' · ');
}
