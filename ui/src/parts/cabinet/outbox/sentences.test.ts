import { describe, expect, it } from 'vitest';
import type { About, OutboxAct } from '../../../host/host';
import { fieldName, subjectOf, valueWords } from '../fields';
import { actLine, refusalWords, stateWords } from './sentences';

const some = (...names: string[]) => ({ names, count: names.length });

describe('a step in words', () => {
  it.each<[About, string]>([
    [{ kind: 'promote', classes: 120, school: true }, 'Перевод школы на новый учебный год: 120 классов'],
    [{ kind: 'promote', classes: 1, school: false }, 'Перевод на новый учебный год: 1 класс'],
    [{ kind: 'addToClass', people: { names: ['Иванова Анна'], count: 4 }, class: '5А' }, 'Добавление в 5А: Иванова Анна и ещё 3'],
    [{ kind: 'movePeople', people: some('Иванова Анна'), from: '5А', to: '6Б' }, 'Перевод из 5А в 6Б: Иванова Анна'],
    [{ kind: 'setRole', people: some('Иванова Анна', 'Орлов Пётр'), role: 'teacher' }, 'Роль «учитель»: Иванова Анна, Орлов Пётр'],
    [{ kind: 'info' }, 'Сведения об организации'],
    [{ kind: 'makeOwner', person: 'Власов Сергей' }, 'Новый владелец организации: Власов Сергей'],
    [{ kind: 'graduateClasses', classes: some('11А') }, 'Выпуск: 11А'],
  ])('%j', (about, line) => expect(actLine({ about, undoes: false }, 'school')).toBe(line));

  it('follows the kind of the organisation', () => {
    expect(actLine({ about: { kind: 'promote', classes: 12, school: true }, undoes: false }, 'college')).toBe('Перевод колледжа на новый учебный год: 12 групп');
    expect(actLine({ about: { kind: 'setRole', people: some('Орлов Пётр'), role: 'student' }, undoes: false }, 'college')).toBe('Роль «обучающийся»: Орлов Пётр');
  });

  it('says what is taken back', () => {
    expect(actLine({ about: { kind: 'removePeople', people: some('Орлов Пётр') }, undoes: true }, 'school')).toBe('Отмена: удаление из организации: Орлов Пётр');
  });
});

it('says how far a step is', () => {
  const act = (state: OutboxAct['state'], total = 1) => ({ state, done: 12, total });
  expect(stateWords(act('waiting', 120), false)).toBe('отправляется: 12 из 120');
  expect(stateWords(act('waiting', 120), true)).toBe('ждёт сети');
  expect(stateWords(act('waiting'), false)).toBe('отправляется');
  expect(stateWords(act('refused'), true)).toBe('сервер не принял');
  expect(refusalWords('tooLarge')).toContain('частями');
});

describe('fields', () => {
  it('have names and values in words', () => {
    expect([fieldName('role', 'school'), valueWords('role', 'student', 'college')]).toEqual(['роль', 'обучающийся']);
    expect([fieldName('homeroom', 'college'), valueWords('homeroom', 'Щукина Мария', 'college')]).toEqual(['куратор', 'Щукина Мария']);
    expect([fieldName('as', 'college'), valueWords('as', 'homeroom', 'school')]).toEqual(['роль в группе', 'классный руководитель']);
    expect([valueWords('school_year', '2026', 'school'), valueWords('level', '100', 'school'), valueWords('level', '90', 'school'), valueWords('level', '0', 'school')]).toEqual(['2026/27', 'владелец', 'администратор', 'без прав администратора']);
    expect(valueWords('chats', 'students, parents, heads', 'school')).toBe('ученики, родители, администрация');
    expect(valueWords('phone', null, 'school')).toBe('не указано');
  });

  it('of a later version stay as they are written', () => {
    expect([fieldName('nickname', 'school'), valueWords('role', 'guard', 'school'), valueWords('status', 'asleep', 'school')]).toEqual(['nickname', 'guard', 'asleep']);
  });

  it('are about somebody, a class, or the organisation', () => {
    expect(subjectOf({ person: 'Иванова Анна', class: '5А' })).toBe('Иванова Анна · 5А');
    expect(subjectOf({ person: null, class: null })).toBe('Организация');
  });
});
