import type { Badge, BadgeRole, Me, Person } from '../src/host/host';

export const SCHOOL_ME: Me = { id: '@o.kuznetsova:school1.example', name: 'Ольга Викторовна Кузнецова', avatar: null, server: 'school1.example' };

const NAMES = [
  'Мария Петровна Щукина',
  'Сергей Иванович Власов',
  'Анна Сергеевна Белова',
  'Дмитрий Игоревич Орлов',
  'Елена Николаевна Жукова',
  'Татьяна Львовна Ёлкина',
  'Артём Кузнецов',
  'Дарья Соколова',
  'Константин Константинович Константинопольский-Преображенский',
  'Гульнара Ильдаровна Сабирзянова',
  'Иван Фёдоров',
  'Наталья Олеговна Рябова',
  'Ирина Андреевна Соколова',
  'Павел Евгеньевич Морозов',
  'Светлана Юрьевна Морозова',
  'Алексей Петрович Волков',
  'Юлия Романовна Волкова',
  'Екатерина Дмитриевна Лебедева',
  'Михаил Артурович Лебедев',
  'Оксана Геннадьевна Козлова',
  'Андрей Валерьевич Новиков',
  'Людмила Степановна Фролова',
  'Роман Ильич Зайцев',
  'Виктория Максимовна Зайцева',
  'Эльвира Рустамовна Хасанова',
  'Тимур Маратович Хасанов',
  'Полина Григорьевна Дьячкова',
  'Никита Фёдоров',
];

/** Two whom the school does not know; the second calls himself like one who works there. */
const OUTSIDER = 11;
const IMITATOR = 7;

export const PEOPLE: Person[] = NAMES.map((name, i) => ({ id: `@p${i}:school1.example`, name, avatar: i === 3 ? 'face.svg' : null, mark: i === OUTSIDER ? 'outsider' : i === IMITATOR ? 'imitates' : i < 3 ? 'staff' : 'none' }));
export const OWN: Person = { id: SCHOOL_ME.id, name: SCHOOL_ME.name, avatar: null, mark: 'staff' };

const badge = (role: BadgeRole, name: string, more: Partial<Badge> = {}): Badge => ({ role, name, position: null, subjects: [], classes: [], homeroom: [], organisation: 'school', ...more });
const STAFF: Partial<Record<number, Partial<Badge>>> = {
  0: { subjects: ['русский язык', 'литература'], classes: ['5А', '6Б'], homeroom: ['5А'] },
  1: { position: 'директор' },
  3: { subjects: ['алгебра', 'геометрия'], classes: ['7Б', '8А'] },
  4: { position: 'завуч' },
};
const PUPILS = new Set([6, 10, 27]);

/** What the school says of a person; nothing of a stranger. */
export function badgeOf(id: string): Badge | null {
  if (id === OWN.id) return badge('teacher', OWN.name, { subjects: ['биология'], classes: ['5А'] });
  const at = PEOPLE.findIndex((person) => person.id === id);
  if (at === -1 || at === OUTSIDER || at === IMITATOR) return null;
  const { name } = PEOPLE[at]!;
  if (STAFF[at]) return badge(STAFF[at].position ? 'staff' : 'teacher', name, STAFF[at]);
  return badge(PUPILS.has(at) ? 'student' : 'parent', name, { classes: [at % 4 === 1 ? '5Б' : '5А'] });
}
