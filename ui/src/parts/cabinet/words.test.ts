import { expect, it } from 'vitest';
import { classCount, failureText, homeroomWord, kindWord, labelsOf, partName, progressWord, roleCount, roleName, roleTitle, schoolYear, sectionTitle, severalWords, someOf, stageTitle, unitOf } from './words';

const KINDS = ['school', 'college', 'kindergarten'] as const;

it('speaks the words of each kind of organisation', () => {
  expect(KINDS.map(unitOf)).toEqual(['class', 'group', 'group']);
  expect(KINDS.map(kindWord)).toEqual(['Школа', 'Колледж', 'Детский сад']);
  expect(KINDS.map(homeroomWord)).toEqual(['Классный руководитель', 'Куратор', 'Воспитатель']);
  expect(KINDS.map((kind) => partName('homeroom', kind))).toEqual(['классный руководитель', 'куратор', 'воспитатель']);
  expect(KINDS.map((kind) => roleName('teacher', kind))).toEqual(['учитель', 'преподаватель', 'воспитатель']);
  expect(KINDS.map((kind) => roleTitle('student', kind))).toEqual(['Ученики', 'Обучающиеся', 'Дети']);
  expect(KINDS.map((kind) => sectionTitle('classes', kind))).toEqual(['Классы и группы', 'Группы', 'Группы']);
  expect(KINDS.map((kind) => stageTitle(2, kind))).toEqual(['2-е классы', '2-й курс', '2-й год']);
  expect(KINDS.map((kind) => stageTitle(null, kind))).toEqual(['С названием', 'Группы', 'Группы']);
});

it('counts people and classes', () => {
  expect([1, 3, 28].map((n) => roleCount('student', 'school', n))).toEqual(['1 ученик', '3 ученика', '28 учеников']);
  expect([1, 2, 11].map((n) => roleCount('parent', 'college', n))).toEqual(['1 родитель', '2 родителя', '11 родителей']);
  expect([1, 4, 30].map((n) => classCount('school', n))).toEqual(['1 класс', '4 класса', '30 классов']);
  expect(classCount('kindergarten', 12)).toBe('12 групп');
});

it('names a school year by the year it begins in', () => {
  expect([2026, 1999].map(schoolYear)).toEqual(['2026/27', '1999/00']);
});

it('names some and counts the rest', () => {
  expect(severalWords({ names: ['5А', '5Б'], count: 2 })).toBe('5А, 5Б');
  expect(someOf(['5А', '5Б', '6А', '6Б', '7А'])).toBe('5А, 5Б, 6А и ещё 2');
  expect(labelsOf([{ id: 'a', label: '5А' }, { id: 'b', label: '5Б' }] as never, new Set(['b']))).toBe('5Б');
});

it('says how far a change is, and what went wrong', () => {
  expect((['done', 'waiting', 'conflict'] as const).map(progressWord)).toEqual([null, 'ждёт отправки', 'нужно ваше решение']);
  expect(failureText('notAllowed')).toContain('владельца организации');
  expect(failureText('lastOwner')).toContain('Других владельцев нет');
});
