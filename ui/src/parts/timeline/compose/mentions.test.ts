import { describe, expect, it } from 'vitest';
import type { Found, Mention } from '../../../host/host';
import { askedName, callsEveryone, heldMentions, spokenName } from './mentions';

const maria: Mention = { id: '@m:s', name: 'Иванова Мария' };
const ivanova: Mention = { id: '@i:s', name: 'Иванова' };
const found = (name: string, classes: string[] = [], id = '@x:s'): Found => ({ person: { id, name: 'как сам себя назвал', avatar: null, mark: 'none' }, badge: { role: 'student', name, position: null, subjects: [], classes, homeroom: [], organisation: 'school' } });

describe('a mention', () => {
  it('counts only while the text holds it', () => {
    expect(heldMentions('@Иванова Мария, завтра', [maria])).toEqual([maria]);
    expect(heldMentions('@Иванова Мари, завтра', [maria])).toEqual([]);
    expect(heldMentions('Иванова Мария', [maria])).toEqual([]);
    expect(heldMentions('@Иванова Марияна', [maria])).toEqual([]);
  });

  it('is not taken for a shorter name at the same place', () => {
    expect(heldMentions('@Иванова Мария', [ivanova, maria])).toEqual([maria]);
    expect(heldMentions('@Иванова Мария и @Иванова', [ivanova, maria])).toEqual([ivanova, maria]);
  });
});

it('is seen where everybody is called by hand', () => {
  for (const called of ['@все', 'Коллеги, @все!', '(@все)']) expect(callsEveryone(called, 'все')).toBe(true);
  for (const not of ['@всем', 'все', 'почта@все', '@ все']) expect(callsEveryone(not, 'все')).toBe(false);
});

describe('a name that is being typed', () => {
  const at = (drawn: string, mentions: Mention[] = []) => askedName(drawn.replace('|', ''), drawn.indexOf('|'), mentions);

  it.each([
    ['@|', ''],
    ['@ив|', 'ив'],
    ['скажите, @Иванова Ма|', 'Иванова Ма'],
    ['(@ив|', 'ив'],
    ['@ив|анова', 'ив'],
  ])('is found in %j', (drawn, text) => {
    expect(at(drawn)?.text).toBe(text);
  });

  it.each(['почта ivan@school|', 'нет|', '@ ив|', '@ив\nкто|', '@раз  два|', '@раз два три четыре пять|', 'https://x/@ив|', `@${'я'.repeat(60)}|`])('is not seen in %j', (drawn) => {
    expect(at(drawn)).toBeNull();
  });

  it('is not asked for again once it is there', () => {
    expect(at('@Иванова Мария |', [maria])).toBeNull();
    expect(at('@Иванова Мария и тут|', [maria])).toBeNull();
  });
});

describe('the name that goes into the text', () => {
  it('is the family name and the first name, whichever way they are kept', () => {
    expect(spokenName(found('Щукина Мария Петровна'), [])).toBe('Щукина Мария');
    expect(spokenName(found('Мария Петровна Щукина'), [])).toBe('Щукина Мария');
    expect(spokenName(found('Артём Кузнецов'), [])).toBe('Артём Кузнецов');
    expect(spokenName(found('Мамедов Али Вагиф оглы'), [])).toBe('Мамедов Али Вагиф оглы');
    expect(spokenName({ ...found(''), badge: null }, [])).toBe('как сам себя назвал');
  });

  it('grows longer where the short one is somebody else', () => {
    const other = { id: '@other:s', name: 'Щукина Мария' };
    expect(spokenName(found('Щукина Мария Петровна'), [other])).toBe('Щукина Мария Петровна');
    expect(spokenName(found('Щукина Мария', ['5А']), [other])).toBe('Щукина Мария 5А');
    expect(spokenName(found('Щукина Мария'), [other])).toBe('Щукина Мария (x:s)');
    expect(spokenName(found('Щукина Мария Петровна', [], '@other:s'), [other])).toBe('Щукина Мария');
  });
});
