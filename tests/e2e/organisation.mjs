// An organisation of a thousand people on a real server: its four places and its plan, written by its service account.
// The people need no accounts: to an administrator they are what the plan says of them.

import { Person } from './person.mjs';

const PLAN = 'school.parta';
const STAGES = 11;
const PUPILS = 30;
const PARENTS = 2;
const TEACHERS = 40;
const FAMILIES = ['Абрамов', 'Белов', 'Воронин', 'Громов', 'Егоров', 'Жуков', 'Захаров', 'Ильин', 'Калинин', 'Лебедев', 'Морозов', 'Никитин', 'Орлов', 'Панов', 'Романов', 'Соколов', 'Титов', 'Фролов', 'Цветков', 'Шарапов'];
const GIVEN = ['Александр', 'Богдан', 'Виктор', 'Глеб', 'Дмитрий', 'Егор', 'Иван', 'Кирилл', 'Лев', 'Максим', 'Никита', 'Олег', 'Павел', 'Роман', 'Сергей', 'Тимур', 'Фёдор'];
const FATHERS = ['Андреевич', 'Борисович', 'Викторович', 'Денисович', 'Игоревич', 'Олегович', 'Павлович', 'Романович', 'Сергеевич', 'Юрьевич', 'Ильич', 'Львович', 'Глебович'];
const SUBJECTS = ['математика', 'физика', 'история', 'биология'];

/** What somebody writes into the places of an organisation. */
class Clerk extends Person {
  write(room, kind, key, content) {
    return this.ask('PUT', this.room(room, `state/${PLAN}.${kind}/${encodeURIComponent(key)}`), content);
  }

  read(room, kind, key) {
    return this.ask('GET', this.room(room, `state/${PLAN}.${kind}/${encodeURIComponent(key)}`));
  }
}

/** The classes of a school: 1А to 11Б, thirty of them. */
function classes() {
  const labels = Array.from({ length: STAGES }, (_, i) => i + 1).flatMap((stage) => (stage > 8 ? ['А', 'Б'] : ['А', 'Б', 'В']).map((letter) => ({ stage, letter })));
  return labels.map((one, i) => ({ ...one, id: `01CLASS${String(i).padStart(19, '0')}`, label: `${one.stage}${one.letter}` }));
}

/** The lists of people by the state keys of their events, none longer than an event may be. */
function lists(all, steward, administrator) {
  let made = 0;
  const member = (role, part, more = {}) => {
    const n = made++;
    const name = { family: FAMILIES[n % 20], given: GIVEN[n % 17], patronymic: FATHERS[n % 13] };
    return { id: `p${n}:localhost`, role, name, ...(part && { as: part }), verified: { by: steward, at: 1_790_000_000_000 }, status: 'active', ...more };
  };
  const head = { ...member('staff'), id: administrator.slice(1), name: { family: 'Щукина', given: 'Мария', patronymic: 'Петровна' }, position: 'директор' };
  const teachers = Array.from({ length: TEACHERS }, (_, i) => member('teacher', null, { subjects: [SUBJECTS[i % SUBJECTS.length]] }));
  const found = new Map([['staff/1', [head, ...teachers]]]);
  all.forEach((one, i) => {
    one.homeroom = teachers[i].id;
    const pupils = Array.from({ length: PUPILS }, () => member('student', 'student'));
    const parents = pupils.slice(0, PARENTS).map((child) => member('parent', 'parent', { children: [child.id] }));
    const first = [{ ...teachers[i], as: 'homeroom' }, ...pupils];
    // Some lists are in two parts, as a long one is kept.
    if (one.stage === 5) found.set(one.id, first).set(`${one.id}/2`, parents);
    else found.set(one.id, [...first, ...parents]);
  });
  return found;
}

/** `olga` is the service account and carries the plan out, or seems to; `maria` is an administrator. */
export async function organisation(t, server) {
  const [service, head] = await Promise.all([Clerk.signIn(server, 'olga'), Clerk.signIn(server, 'maria')]);
  const level = 90;
  const levels = { users: { [head.id]: level }, users_default: 0, events_default: level, state_default: level, redact: level, kick: level, ban: level, invite: level, events: { 'm.room.power_levels': level, 'm.room.tombstone': 100 } };
  const place = async (type, name) => {
    const made = await service.ask('POST', 'createRoom', { preset: 'private_chat', room_version: '12', name, creation_content: { type }, power_level_content_override: levels, invite: [head.id] });
    await head.ask('POST', `join/${encodeURIComponent(made.room_id)}`, {});
    return made.room_id;
  };
  const [space, staff, office, reception] = await Promise.all([place('m.space', 'Школа № 1'), place(`${PLAN}.staff`, 'Учительская'), place(`${PLAN}.office`, 'Канцелярия'), place(`${PLAN}.reception`, 'Приёмная')]);
  const all = classes();
  const people = lists(all, service.id, head.id);
  // One room's events go one after the other, as everything that writes into a room does.
  const intoSpace = async () => {
    await service.write(space, 'org', '', { kind: 'school', full_name: 'МБОУ «Школа № 1»', short_name: 'Школа № 1', school_year: 2026, rooms: { staff, office, reception } });
    for (const { id, stage, letter, homeroom } of all) await service.write(space, 'class', id, { stage, letter, status: 'active', homeroom, chats: [] });
  };
  const intoStaff = async () => {
    for (const [key, list] of people) await service.write(staff, 'people', key, { people: list });
  };
  await Promise.all([intoSpace(), intoStaff()]);
  // Somebody else acts, for as long as he says so: the app that is tested only looks.
  const lease = () => service.write(office, 'lease', '', { holder: service.id, device: 'ELSEWHERE', until: Date.now() + 150_000 });
  await lease();
  const renewal = setInterval(() => void lease().catch(() => {}), 40_000);
  t.after(() => clearInterval(renewal));

  const class_ = (label) => all.find((one) => one.label === label);
  /** What an administrator has written since, by type and key: how often. */
  const written = async (room, kind) => {
    const filter = encodeURIComponent(JSON.stringify({ types: [`${PLAN}.${kind}`], senders: [head.id] }));
    const { chunk } = await service.ask('GET', service.room(room, `messages?dir=b&limit=1000&filter=${filter}`));
    const counts = {};
    for (const { state_key: key } of chunk) counts[key] = (counts[key] ?? 0) + 1;
    return counts;
  };
  return {
    staff,
    space,
    class: class_,
    count: new Set([...people.values()].flat().map(({ id }) => id)).size,
    /** Everybody of the lists, each once, as the plan began. */
    people: [...new Map([...people.values()].flat().map((one) => [one.id, one])).values()],
    read: (room, kind, key) => service.read(room, kind, key),
    /** A class's people, whole, as the server has them now. */
    membersOf: async (label) => {
      const state = await service.ask('GET', service.room(staff, 'state'));
      const parts = state.filter(({ type, state_key: key }) => type === `${PLAN}.people` && key.split('/')[0] === (label === 'staff' ? label : class_(label).id));
      return parts.flatMap(({ content }) => content.people);
    },
    written,
  };
}
