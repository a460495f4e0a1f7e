import { File as NodeFile } from 'node:buffer';
import { describe, expect, it, vi } from 'vitest';
import { sampleVcards } from '../../../../test/fake-card';
import { FakeHost } from '../../../../test/fake-host';
import { toasts } from '../../../kit/toasts.svelte';
import { changed, complaintsOf, contactAbout, contactName, contactOf, formOf, isFine, type ContactForm } from './form';
import { Importing, LARGEST } from './importing.svelte';
import { removeContact } from './removing';

const form = (more: Partial<ContactForm> = {}): ContactForm => ({ ...formOf(null), ...more });

describe('what is typed of a contact', () => {
  it('must say who it is', () => {
    expect(complaintsOf(form({ note: 'кто-то', phones: ['  '] })).empty).not.toBeNull();
    for (const enough of [{ given: 'Анна' }, { company: 'Библиотека' }, { phones: ['112'] }, { emails: ['a@b.ru'] }, { account: '@a:b.ru' }]) expect(isFine(complaintsOf(form(enough)))).toBe(true);
  });

  it.each(['ivanova', 'ivanova@', '@mail.ru', 'ivanova@mail', 'a b@mail.ru', 'a@b@mail.ru', 'a@mail..ru'])('does not take «%s» for an e-mail', (line) => {
    const { emails, empty } = complaintsOf(form({ emails: ['a@b.ru', line] }));
    expect([emails[0], emails[1] === null, empty]).toEqual([null, false, null]);
  });

  it.each(['a.b+c@mail.ru', ' иванова@почта.рф ', 'x@y.museum'])('takes «%s» for an e-mail', (line) => expect(isFine(complaintsOf(form({ emails: [line] })))).toBe(true));

  it.each(['maria', '@maria', 'maria:school1.ru', '@ma ria:school1.ru', '@maria:'])('does not take «%s» for an account', (account) => expect(complaintsOf(form({ account })).account).not.toBeNull());
  it.each(['@maria:school1.ru', '@m.p:localhost:8008'])('takes «%s» for an account', (account) => expect(complaintsOf(form({ account })).account).toBeNull());

  it('needs a digit in a telephone, beside the line that is wrong', () => {
    expect(complaintsOf(form({ phones: ['+7 (912) 345-67-89 доб. 3', '', 'нет'] })).phones.map(Boolean)).toEqual([false, false, true]);
  });

  it('is kept without blanks and empty lines', () => {
    expect(contactOf(form({ family: ' Зотов ', phones: [' 112', '', '112 '], account: ' ' }), '7')).toMatchObject({ id: '7', family: 'Зотов', phones: ['112'], emails: [], account: null });
  });

  it('counts as changed only where something would be lost', () => {
    const kept = contactOf(form({ family: 'Зотов', phones: ['112'] }), '7');
    const typed = formOf(kept);
    expect(changed({ ...typed, given: '  ', phones: ['112', ''] }, kept)).toBe(false);
    expect(changed({ ...typed, given: 'Пётр' }, kept)).toBe(true);
    expect([changed(form(), null), changed(form({ note: 'а' }), null)]).toEqual([false, true]);
  });

  it('is called by what there is', () => {
    const contact = contactOf(form({ company: 'Аптека', phones: ['112'] }), '');
    expect([contactName(contact), contactAbout(contact)]).toEqual(['Аптека', '112']);
  });

  it('tells the account before all else: it may be somebody else\'s', () => {
    const contact = contactOf(form({ family: 'Щукина', company: 'Школа № 1', phones: ['112'], account: '@other:elsewhere.example' }), '');
    expect(contactAbout(contact)).toBe('учётная запись @other:elsewhere.example · Школа № 1 · 112');
    expect(contactAbout(contactOf(form({ account: '@other:elsewhere.example' }), ''))).toBe('');
  });
});

it('a contact that was removed can be brought back', async () => {
  const host = new FakeHost();
  const contact = host.card.book.now[0]!;
  expect(await removeContact(host, contact)).toBe(true);
  expect(host.card.book.now).not.toContainEqual(contact);
  toasts.list.at(-1)!.action!.run();
  await vi.waitFor(() => expect(host.card.book.now).toContainEqual(contact));
});

describe('a file of contacts', () => {
  // The test's window has files that can't be read.
  const file = (bytes: number, name = 'contacts.vcf', type = '') => new NodeFile([new Uint8Array(bytes)], name, { type }) as unknown as File;
  const open = async (host = new FakeHost(), given = file(10)) => {
    const importing = new Importing(host);
    await importing.read(given);
    return { host, importing };
  };

  it('is handed over whole, read, and let go again', async () => {
    const { host, importing } = await open(new FakeHost(), file((1 << 20) + 5));
    const [[id, pieces]] = [...host.outgoing.pushed] as [[string, Uint8Array[]]];
    expect(pieces.map((piece) => piece.byteLength)).toEqual([1 << 20, 5]);
    expect([host.calls('read_vcards'), host.calls('unstage')]).toEqual([[{ id }], [{ id }]]);
    expect([importing.stage, importing.count, importing.known, importing.unreadable]).toEqual(['chosen', 118, 4, 2]);
  });

  it('gives those that are chosen', async () => {
    const { host, importing } = await open();
    importing.toggle(1);
    importing.toggle(3);
    importing.toggle(3);
    expect([importing.count, importing.has(1), importing.has(3)]).toEqual([117, false, true]);
    importing.toggleAll();
    expect(importing.count).toBe(118);
    importing.toggleAll();
    expect([importing.count, await importing.save()]).toEqual([0, null]);
    importing.toggle(2);
    const ids = await importing.save();
    expect(ids).toHaveLength(1);
    expect(host.card.book.now.find(({ id }) => id === ids![0])).toEqual({ ...importing.rows[2]!.contact, id: ids![0] });
  });

  it('keeps the choice where saving fails', async () => {
    const { importing } = await open(new FakeHost({ failing: { save_contacts: { code: 'diskFull', retryAfter: null } } }));
    importing.toggle(0);
    expect(await importing.save()).toBeNull();
    expect([importing.trouble, importing.count, importing.stage]).toEqual([{ code: 'diskFull' }, 117, 'chosen']);
  });

  it.each([
    [file(5, 'Список.xlsx'), 'notContacts'],
    [file(0), 'empty'],
    [{ name: 'all.vcf', type: '', size: LARGEST + 1 } as File, 'large'],
  ])('that is none says so before anything is handed over', async (given, trouble) => {
    const { host, importing } = await open(new FakeHost(), given);
    expect([importing.trouble, importing.stage, host.calls('stage_file')]).toEqual([trouble, 'choose', []]);
  });

  it('may hold nothing, nothing new, or nothing that can be read', async () => {
    const host = new FakeHost();
    const preview = async (known: number, unreadable: number) => {
      host.card.preview = { ...sampleVcards(0), known, unreadable };
      return (await open(host)).importing;
    };
    expect((await preview(0, 0)).trouble).toBe('none');
    expect((await preview(0, 3)).trouble).toBe('unreadable');
    const nothingNew = await preview(3, 0);
    expect([nothingNew.trouble, nothingNew.stage, nothingNew.rows]).toEqual([null, 'chosen', []]);
  });

  it.each([
    ['badRequest', 'notContacts'],
    ['tooLarge', 'large'],
    ['noNetwork', { code: 'noNetwork' }],
  ] as const)('is refused with %s in words of its own', async (code, trouble) => {
    const { host, importing } = await open(new FakeHost({ failing: { read_vcards: { code, retryAfter: null } } }));
    expect([importing.trouble, importing.stage, host.calls('unstage').length]).toEqual([trouble, 'choose', 1]);
  });

  it('that is given up on the way is let go', async () => {
    const host = new FakeHost();
    const importing = new Importing(host);
    const reading = importing.read(file(10));
    importing.restart();
    await reading;
    expect([importing.stage, host.calls('read_vcards'), host.calls('unstage').length]).toEqual(['choose', [], 1]);
  });
});
