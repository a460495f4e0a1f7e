import type { Me, Person } from '../src/host/host';

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
];

export const PEOPLE: Person[] = NAMES.map((name, i) => ({ id: `@p${i}:school1.example`, name, avatar: i === 3 ? 'face.svg' : null }));
export const OWN: Person = { id: SCHOOL_ME.id, name: SCHOOL_ME.name, avatar: null };
