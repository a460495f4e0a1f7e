// Cards of people and the address book in the fake host.

import { ApiFailure, type Badge, type CardBadge, type CardChat, type ContactCard, type Found, type ListDiff, type OwnContact, type Person, type VcardPreview } from '../src/host/host';
import type { FakeChats } from './fake-chats';
import type { FakeContacts } from './fake-contacts';
import { Told, type Answers } from './fake-handlers';
import type { FakeOutgoing } from './fake-outgoing';
import { badgeOf, OWN, PEOPLE } from './sample-people';

export const CARDS = {
  teacher: PEOPLE[0]!.id,
  parent: PEOPLE[12]!.id,
  student: PEOPLE[6]!.id,
  long: PEOPLE[8]!.id,
  imitator: '@maria.petrovna:other.example',
  college: '@k.gromova:college4.example',
  former: PEOPLE[11]!.id,
  known: '@tutor:other.example',
  own: 'own:1',
  me: OWN.id,
} as const;

const SCHOOL = { organisation: '!org1:school1.example', name: 'Школа № 1' };
const COLLEGE = { organisation: '!org2:college4.example', name: 'Колледж связи № 4' };
const stranger = (id: string, name: string, mark: Person['mark'] = 'outsider'): Person => ({ id, name, avatar: null, mark });
const STRANGERS = [stranger(CARDS.imitator, 'Мария Петровна Щукина', 'imitates'), stranger(CARDS.college, 'Ксения Громова', 'staff'), stranger(CARDS.known, 'Репетитор')];
const badge = (role: Badge['role'], name: string, more: Partial<Badge> = {}): Badge => ({ role, name, position: null, subjects: [], classes: [], homeroom: [], organisation: 'school', ...more });
const person = (id: string): Person => [OWN, ...PEOPLE, ...STRANGERS].find((one) => one.id === id) ?? stranger(id, id);
const found = (id: string): Found => ({ person: person(id), badge: badgeOf(id) });
const contact = (id: string, name: string, more: Partial<OwnContact> = {}): OwnContact => {
  const [family = '', given = '', patronymic = ''] = name.split(' ');
  return { id, family, given, patronymic, company: '', phones: [], emails: [], account: null, note: '', ...more };
};

const CHILDREN = new Map([[CARDS.parent, [PEOPLE[6]!.id, PEOPLE[10]!.id, PEOPLE[27]!.id]]]);

function badgesOf(id: string): CardBadge[] {
  const own = badgeOf(id);
  const one = (of: typeof SCHOOL, badge: Badge, more: Partial<CardBadge> = {}): CardBadge => ({ ...of, badge, boards: [], former: false, ...more });
  switch (id) {
    case CARDS.teacher:
      return [one(SCHOOL, { ...own!, classes: ['5А', '6Б', '7А', '7Б', '8А'] }), one(COLLEGE, badge('teacher', own!.name, { organisation: 'college', subjects: ['литература'], classes: ['ИС-21'], homeroom: ['ИС-21'] }))];
    case CARDS.parent:
      return [one(SCHOOL, { ...own!, classes: ['5А', '5Б', '7Б'] }, { boards: ['committee'] })];
    case CARDS.long:
      return [one({ ...SCHOOL, name: 'Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа с углублённым изучением отдельных предметов № 1257»' }, badge('staff', own!.name, { position: 'заместитель директора по учебно-воспитательной работе и безопасности образовательной среды', subjects: ['основы безопасности и защиты Родины', 'физическая культура', 'обществознание', 'история'], classes: Array.from({ length: 22 }, (_, i) => `${(i % 11) + 1}${i < 11 ? 'А' : 'Б'}`) }), { boards: ['heads'] })];
    case CARDS.college:
      return [one(COLLEGE, badge('student', 'Ксения Андреевна Громова', { organisation: 'college', classes: ['ИС-21'] }), { boards: ['council'] })];
    case CARDS.former:
      return [one(SCHOOL, badge('teacher', person(id).name, { subjects: ['химия'], classes: ['9А'] }), { former: true })];
    case CARDS.student:
      return [one(SCHOOL, own!, { boards: ['council'] })];
    default:
      return own ? [one(SCHOOL, own)] : [];
  }
}

export class FakeCard {
  readonly notes = new Map<string, string>([[CARDS.teacher, 'Отвечает после трёх. По поводу экскурсии лучше звонить.']]);
  readonly book: Told<OwnContact[]>;
  /** What the next file holds. */
  preview: VcardPreview = sampleVcards();
  readonly answers: Answers<'contact_card' | 'set_note' | 'save_contacts' | 'remove_contacts' | 'read_vcards'>;
  readonly #chats: FakeChats;
  readonly #contacts: FakeContacts;
  #made = 10;

  constructor(chats: FakeChats, outgoing: FakeOutgoing, contacts: FakeContacts, cabinets: () => string[]) {
    this.#chats = chats;
    this.#contacts = contacts;
    this.book = new Told([
      contact('1', 'Ковалёва Нина Сергеевна', { company: 'Детская библиотека имени Гайдара', phones: ['+7 912 345-67-89', '8 (495) 123-45-67 доб. 12'], emails: ['n.kovaleva@biblioteka-gaidara.example'], note: 'Водит экскурсии по средам.\nПредупреждать за неделю.' }),
      contact('2', 'Зотов Пётр', { phones: ['+7 900 000-00-00'], account: CARDS.known }),
    ]);
    this.answers = {
      contact_card: ({ person }) => this.#card(person, cabinets()),
      set_note: ({ person, text }) => (this.notes.set(person, text), this.#tell(), null),
      save_contacts: ({ contacts }) => {
        const kept = contacts.map((one) => ({ ...one, id: one.id || String(++this.#made) }));
        this.book.set([...this.book.now.filter(({ id }) => kept.every((one) => one.id !== id)), ...kept]);
        this.#tell();
        return kept.map(({ id }) => id);
      },
      remove_contacts: ({ ids }) => (this.book.set(this.book.now.filter(({ id }) => !ids.includes(id))), this.#tell(), null),
      read_vcards: ({ id }) => {
        if (!outgoing.pushed.has(id)) throw new ApiFailure({ code: 'fileGone', retryAfter: null });
        return this.preview;
      },
    };
  }

  watchBook(on: (diffs: ListDiff<OwnContact>[]) => void): () => void {
    return this.book.watch((items) => on([{ op: 'reset', items }]));
  }

  #tell(): void {
    this.#contacts.change();
  }

  #card(id: string, cabinets: string[]): ContactCard {
    const own = this.book.now.find((one) => id === `own:${one.id}` || one.account === id) ?? null;
    if (id.startsWith('own:') && !own) throw new ApiFailure({ code: 'planGone', retryAfter: null });
    const listed = this.#contacts.known(id);
    const known = badgesOf(id);
    const badges = known.length > 0 || !listed?.badge ? known : [{ organisation: listed.source, name: SCHOOL.name, badge: listed.badge, boards: [], former: listed.former }];
    return {
      person: id.startsWith('own:') ? stranger(id, [own!.family, own!.given, own!.patronymic].filter(Boolean).join(' '), 'none') : (listed?.person ?? person(id)),
      me: id === OWN.id,
      badges,
      children: (CHILDREN.get(id as never) ?? []).map(found),
      parents: [...CHILDREN].filter(([, children]) => children.includes(id)).map(([parent]) => found(parent)),
      chats: badges.some((one) => !one.former) ? this.#common(id === CARDS.teacher ? 14 : 3) : [],
      note: this.notes.get(id) ?? '',
      own,
      imitates: id === CARDS.imitator ? found(CARDS.teacher) : null,
      cabinets: badges.map(({ organisation }) => organisation).filter((organisation) => cabinets.includes(organisation)),
    };
  }

  #common(most: number): CardChat[] {
    return this.#chats.rows.filter((row) => row.kind === 'group' || row.kind === 'channel').slice(0, most).map(({ id, name, kind, avatar }) => ({ id, name, kind, avatar }));
  }
}

/** A file such as a telephone saves. */
export function sampleVcards(count = 118): VcardPreview {
  const names = ['Абрамова Ольга Юрьевна', 'Баранов Илья', 'Мама Артёма 5А', 'Воронцова-Дашкова Александра Константиновна', 'Гусев Пётр Олегович', 'Стоматология', 'Егорова Анна'];
  const contacts = Array.from({ length: count }, (_, i) => contact('', names[i % names.length]!, { phones: i % 5 === 4 ? [] : [`+7 9${String(10_000_0000 + i * 7_654_321).slice(0, 9)}`], company: i % 4 === 3 ? 'Библиотека № 12' : '' }));
  return { contacts, known: 4, unreadable: 2 };
}
