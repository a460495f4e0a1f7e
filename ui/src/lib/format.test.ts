import { describe, expect, it } from 'vitest';
import { clock, dayInYear, dayTitle, duration, fileSize, listTime, moment, sinceTime } from './format';

const at = (y: number, m: number, d: number, h = 12, min = 0) => new Date(y, m - 1, d, h, min).getTime();
const NOW = at(2026, 11, 20, 16, 5);

describe('times', () => {
  it('grow shorter on words the older they are', () => {
    expect(listTime(at(2026, 11, 20, 14, 33), NOW)).toBe('14:33');
    expect(listTime(at(2026, 11, 19, 23, 59), NOW)).toBe('вчера');
    expect(listTime(at(2026, 11, 17), NOW)).toBe('Вт');
    expect(listTime(at(2026, 11, 2), NOW)).toBe('2 нояб.');
    expect(listTime(at(2024, 11, 7), NOW)).toBe('07.11.2024');
  });

  it('call a day by its name', () => {
    expect(dayTitle(at(2026, 11, 20, 0, 1), NOW)).toBe('Сегодня');
    expect(dayTitle(at(2026, 11, 19), NOW)).toBe('Вчера');
    expect(dayTitle(at(2026, 11, 13), NOW)).toBe('Пятница, 13 ноября');
    expect(dayTitle(at(2024, 3, 1), NOW)).toBe('1 марта 2024 г.');
  });

  it('say since when', () => {
    expect(sinceTime(at(2026, 11, 20, 14, 32), NOW)).toBe('14:32');
    expect(sinceTime(at(2026, 11, 19, 14, 32), NOW)).toBe('вчера, 14:32');
  });

  it('name a day by its date, with the year where it is another one', () => {
    expect(dayInYear(at(2026, 11, 25), NOW)).toBe('25 ноября');
    expect(dayInYear(at(2027, 1, 9), NOW)).toBe('9 января 2027 г.');
  });

  it('take a clock that is ahead for now', () => {
    expect(listTime(at(2026, 11, 21, 9, 0), NOW)).toBe('09:00');
  });

  it('say nothing of a time that no calendar has', () => {
    for (const never of [Number.MAX_SAFE_INTEGER, -9e15, NaN, Infinity]) {
      expect([clock(never), moment(never)]).toEqual(['', '']);
      expect([listTime, dayTitle, sinceTime, dayInYear].map((words) => words(never, NOW))).toEqual(['', '', '', '']);
    }
  });
});

describe('lengths and sizes', () => {
  it('are short', () => {
    expect([24, 725, 3723].map(duration)).toEqual(['0:24', '12:05', '1:02:03']);
    expect([512, 188_416, 1_468_006, 5e9].map(fileSize)).toEqual(['512 Б', '184 КБ', '1,4 МБ', '4,7 ГБ']);
  });
});
