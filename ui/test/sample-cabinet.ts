// An organisation for the fake host's cabinet: classes, people with plausible names, administrators.

import type { BadgeRole, CabinetClass, CabinetPerson, InClass, OrganisationKind, OrgFields } from '../src/host/host';
import { SCHOOL_ME } from './sample-people';

export interface CabinetOptions {
  kind?: OrganisationKind;
  people?: number;
  /** Of a school. */
  classes?: number;
  /** Whether the person may dismiss administrators. */
  owner?: boolean;
  /** Some steps wait, one clashes, one was refused. */
  stuck?: boolean;
  /** A second organisation, and a third that dismissed the person. */
  several?: boolean;
  /** Milliseconds until a step has reached the server. */
  sending?: number;
  /** Nothing in it yet but the person himself. */
  empty?: boolean;
}

/** What people are in: a class without what is counted. */
export type PlainClass = Omit<CabinetClass, 'students' | 'parents' | 'teachers' | 'progress'>;
export type PlainPerson = Omit<CabinetPerson, 'administrator' | 'progress'>;

const FAMILIES = ['Абрамов', 'Белов', 'Васильев', 'Воронин', 'Гаврилов', 'Громов', 'Данилов', 'Егоров', 'Ершов', 'Жуков', 'Зайцев', 'Захаров', 'Ильин', 'Калинин', 'Киселёв', 'Комаров', 'Крылов', 'Лебедев', 'Макаров', 'Медведев', 'Морозов', 'Никитин', 'Орлов', 'Осипов', 'Панов', 'Петров', 'Романов', 'Савельев', 'Семёнов', 'Соколов', 'Тарасов', 'Титов', 'Филиппов', 'Фролов', 'Хасанов', 'Цветков', 'Чернов', 'Шарапов', 'Щукин', 'Яшин'];
const MEN = ['Александр', 'Артём', 'Богдан', 'Глеб', 'Даниил', 'Дмитрий', 'Егор', 'Иван', 'Кирилл', 'Лев', 'Максим', 'Марк', 'Матвей', 'Михаил', 'Никита', 'Роман', 'Сергей', 'Тимур', 'Фёдор', 'Ярослав'];
const WOMEN = ['Алиса', 'Анна', 'Варвара', 'Вера', 'Виктория', 'Дарья', 'Ева', 'Екатерина', 'Елизавета', 'Есения', 'Ксения', 'Мария', 'Милана', 'Надежда', 'Ольга', 'Полина', 'Светлана', 'София', 'Татьяна', 'Ульяна'];
const FATHERS = ['Александр', 'Алексеев', 'Андреев', 'Борисов', 'Викторов', 'Владимиров', 'Денисов', 'Евгеньев', 'Игорев', 'Константинов', 'Николаев', 'Олегов', 'Павлов', 'Петров', 'Романов', 'Сергеев', 'Степанов', 'Юрьев'];
const SUBJECTS = ['математика', 'русский язык', 'литература', 'физика', 'химия', 'биология', 'история', 'география', 'английский язык', 'информатика', 'музыка', 'физкультура', 'начальные классы', 'технология'];
const POSITIONS = ['директор', 'заместитель директора по учебной работе', 'секретарь', 'педагог-психолог', 'библиотекарь', 'социальный педагог', 'инженер', 'медсестра'];
const SUNNY = ['Солнышко', 'Ромашка', 'Теремок', 'Звёздочка', 'Ягодка', 'Колобок', 'Радуга', 'Непоседы', 'Улыбка', 'Капельки'];

/** The same numbers every time. */
function dice(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * most);
  };
}

function name(roll: (most: number) => number, woman: boolean): Pick<PlainPerson, 'name' | 'family' | 'given' | 'patronymic'> {
  const family = FAMILIES[roll(FAMILIES.length)]! + (woman ? 'а' : '');
  const given = (woman ? WOMEN : MEN)[roll(20)]!;
  const father = FATHERS[roll(FATHERS.length)]!;
  const stem = father === 'Александр' ? 'Александров' : father;
  const patronymic = stem + (woman ? 'на' : 'ич');
  return { family, given, patronymic, name: `${family} ${given} ${patronymic}` };
}

export function sampleClasses(kind: OrganisationKind, count = 30): PlainClass[] {
  const one = (i: number, stage: number | null, letter: string | null, title: string | null): PlainClass => ({ id: `C${String(i).padStart(3, '0')}`, label: title ?? `${stage}${letter}`, stage, letter, title, status: 'active', homeroom: null });
  if (kind === 'kindergarten') return SUNNY.map((title, i) => one(i, null, null, title));
  if (kind === 'college') return Array.from({ length: 16 }, (_, i) => one(i, 1 + (i % 4), null, `${['ИС', 'ПД', 'ТО', 'ЭК'][Math.floor(i / 4)]}-${26 - (i % 4)}1`)).sort((a, b) => a.stage! - b.stage! || a.label.localeCompare(b.label));
  const stages = Array.from({ length: 11 }, (_, i) => i + 1);
  const letters = (stage: number) => [...'АБВГДЕЖИКЛМ'].slice(0, Math.floor((count + 11 - stage) / 11));
  const classes = stages.flatMap((stage) => letters(stage).map((letter) => [stage, letter] as const)).map(([stage, letter], i) => one(i, stage, letter, null));
  const old = ['А', 'Б'].map((letter, i) => ({ ...one(910 + i, 11, letter, null), id: `G${letter}`, status: 'graduated' as const }));
  return [...classes, one(900, null, null, 'Театральная студия'), ...old, { ...one(920, 1, 'Г', null), status: 'deleted' }];
}

export function samplePeople(kind: OrganisationKind, classes: PlainClass[], count: number): PlainPerson[] {
  const roll = dice(7);
  const people: PlainPerson[] = [];
  const active = classes.filter((one) => one.status === 'active');
  const add = (role: BadgeRole, more: Partial<PlainPerson>, woman = roll(2) === 0): PlainPerson => {
    const person: PlainPerson = { id: `@u${people.length}:school1.example`, ...name(roll, woman), role, position: null, subjects: [], boards: [], classes: [], children: [], verifiedAt: roll(9) === 0 ? null : Date.UTC(2026, 7, 20 + roll(10), 8), status: roll(60) === 0 ? 'removed' : 'active', ...more };
    people.push(person);
    return person;
  };
  add('staff', { id: SCHOOL_ME.id, family: 'Кузнецова', given: 'Ольга', patronymic: 'Викторовна', name: 'Кузнецова Ольга Викторовна', position: 'завуч', status: 'active', verifiedAt: Date.UTC(2026, 7, 20) }, true);
  const staff = Math.max(14, Math.round(count * 0.06));
  for (let i = 1; i < staff; i++) {
    if (i <= POSITIONS.length && kind !== 'kindergarten') add('staff', { position: POSITIONS[i - 1]!, status: 'active' }, roll(5) > 0);
    else {
      const own = active[(i - 1) % active.length]!;
      const taught = [own, ...(kind === 'kindergarten' ? [] : Array.from({ length: roll(4) }, () => active[roll(active.length)]!))];
      const teacher = add('teacher', { subjects: kind === 'kindergarten' ? [] : [SUBJECTS[roll(SUBJECTS.length)]!], status: 'active' }, roll(6) > 0);
      const homeroom = own.homeroom === null;
      if (homeroom) own.homeroom = teacher.id;
      teacher.classes = [...new Set(taught)].map((one): InClass => ({ class: one.id, part: homeroom && one === own ? 'homeroom' : 'teacher' }));
    }
  }
  for (let i = 0; people.length < count; i++) {
    const class_ = active[i % active.length]!.id;
    const child = add('student', { classes: [{ class: class_, part: 'student' }] });
    if (roll(10) < 8) {
      const mother = roll(4) > 0;
      const family = child.family.replace(/а$/, '') + (mother ? 'а' : '');
      const parent = add('parent', { classes: [{ class: class_, part: 'parent' }], children: [child.id] }, mother);
      Object.assign(parent, { family, name: `${family} ${parent.given} ${parent.patronymic}` });
    }
  }
  people[5]!.name = `${(people[5]!.family = 'Константинопольская-Преображенская')} ${people[5]!.given} ${people[5]!.patronymic}`;
  return people.slice(0, Math.max(count, staff)).sort((a, b) => a.name.localeCompare(b.name, 'ru'));
}

export function sampleInfo(kind: OrganisationKind): OrgFields {
  const place = { region: 'Пермский край', municipality: 'Пермский городской округ', locality: 'г. Пермь', phone: '+7 342 212-00-01', email: 'school1@perm.example' };
  if (kind === 'college') return { fullName: 'Государственное бюджетное профессиональное образовательное учреждение «Пермский техникум связи»', shortName: 'Техникум связи', inn: '5902290635', kpp: '590201001', ...place };
  if (kind === 'kindergarten') return { fullName: 'Муниципальное автономное дошкольное образовательное учреждение «Детский сад № 12»', shortName: 'Детский сад № 12', inn: null, kpp: null, ...place };
  return { fullName: 'Муниципальное автономное общеобразовательное учреждение «Средняя общеобразовательная школа № 1»', shortName: 'Школа № 1', inn: '5902290635', kpp: '590201001', ...place };
}
