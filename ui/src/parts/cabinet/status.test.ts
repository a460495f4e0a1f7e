import { expect, it } from 'vitest';
import { waitingLine, workLine } from './status';

it('says what waits and what needs a decision', () => {
  expect(waitingLine({ waiting: 0, stuck: 0 }, false)).toBeNull();
  expect(waitingLine({ waiting: 3, stuck: 0 }, false)).toEqual({ text: '3 изменения ждут отправки', look: 'busy' });
  expect(waitingLine({ waiting: 1, stuck: 0 }, true)).toEqual({ text: 'Нет связи · 1 изменение ждёт отправки', look: 'waiting' });
  expect(waitingLine({ waiting: 0, stuck: 0 }, true)?.text).toBe('Нет связи: изменения сохраняются здесь');
  expect(waitingLine({ waiting: 0, stuck: 2 }, false)).toEqual({ text: '2 изменения требуют решения', look: 'stuck' });
});

it('says who puts the chats in order and how far he is', () => {
  const work = (by: 'nobody' | 'here' | 'elsewhere', done: number, total: number, refused = 0, settled = false) => workLine({ by, done, total, refused, settled });
  expect(work('here', 12, 40)).toEqual({ text: 'Чаты приводятся в порядок: 12 из 40', look: 'busy' });
  expect(work('elsewhere', 12, 40).text).toBe('Чаты приводит в порядок другой администратор или служба: 12 из 40');
  expect(work('nobody', 0, 40)).toEqual({ text: 'Чаты ещё не приведены в порядок: 0 из 40', look: 'calm' });
  expect(work('nobody', 0, 0).text).toBe('Сверка чатов ещё не началась');
  expect(work('nobody', 0, 0, 0, true).text).toBe('Все чаты соответствуют плану');
  expect(work('nobody', 0, 0, 6, true).text).toBe('6 шагов не сделано: сервер не разрешает');
  expect(work('here', 40, 40)).toEqual({ text: 'Все чаты соответствуют плану', look: 'calm' });
  expect(work('here', 38, 40, 2).text).toBe('Чаты приводятся в порядок: 38 из 40 · 2 шага не сделаны: сервер не разрешает');
});
