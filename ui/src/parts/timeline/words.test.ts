import { expect, test } from 'vitest';
import type { Message, Person, SystemEvent } from '../../host/host';
import { nameOf, reactedText, systemText } from './words';

const person = (name: string, mark: Person['mark'] = 'none'): Person => ({ id: `@${name}:school`, name, avatar: null, mark });

test('who reacted is named, the rest counted, and somebody from outside is said to be so', () => {
  const who = [person('Пестова Алиса'), person('Воронов Сергей', 'imitates')];
  expect(reactedText({ key: '👍', count: 2, own: false, who })).toBe('👍: Пестова Алиса, Воронов Сергей (не из организации)');
  expect(reactedText({ key: '👍', count: 9, own: false, who: who.slice(0, 1) })).toBe('👍: Пестова Алиса и ещё 8');
});

test('what a message is called where only its name is read says that its sender is from outside', () => {
  const of = (mark: Person['mark'], own = false) => nameOf({ sender: person('Воронов Сергей', mark), own, at: new Date(2026, 10, 22, 9, 5).getTime() } as Message);
  expect([of('staff'), of('imitates'), of('none', true)]).toEqual(['Воронов Сергей, 09:05', 'Воронов Сергей (не из организации), 09:05', 'Вы, 09:05']);
});

test('the new name of somebody from outside is not taken for that of one of theirs', () => {
  const named = (mark: Person['mark'], from: string | null): SystemEvent => ({ kind: 'nameChanged', who: person('Завуч', mark), from, to: 'Завуч' });
  expect(systemText(named('none', 'Вася'))).toBe('Вася теперь Завуч');
  expect(systemText(named('imitates', 'Вася'))).toBe('Вася теперь Завуч (не из организации)');
  expect(systemText(named('outsider', null))).toBe('Новое имя: Завуч (не из организации)');
});
