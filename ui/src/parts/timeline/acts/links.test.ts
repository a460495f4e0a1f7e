import { describe, expect, it } from 'vitest';
import { mentionedIn, placeIn } from './links';

describe('a person', () => {
  it('is known in a link, however it is written', () => {
    expect(mentionedIn('https://matrix.to/#/@o.kuznetsova:school1.example')).toBe('@o.kuznetsova:school1.example');
    expect(mentionedIn('https://matrix.to/#/%40olga%3Aschool1.example?via=a')).toBe('@olga:school1.example');
  });

  it('is nothing else', () => {
    for (const href of ['https://matrix.to/#/!room:school1.example', 'https://evil.example/#/@olga:school1.example', 'https://matrix.to/#/@%E0%A4%A', 'javascript:alert(1)']) expect(mentionedIn(href)).toBeNull();
  });
});

describe('a message', () => {
  const said = { chat: '!room:school1.example', event: '$abc-_1' };

  it('is known in a link, however it is written', () => {
    for (const href of [
      'https://matrix.to/#/!room:school1.example/$abc-_1',
      'https://matrix.to/#/!room:school1.example/$abc-_1?via=school1.example&via=b.example',
      'https://matrix.to/#/%21room%3Aschool1.example/%24abc-_1?via=school1.example',
      'HTTPS://matrix.to/#/!room:school1.example/$abc-_1/',
      'matrix:roomid/room:school1.example/e/abc-_1',
      'matrix:roomid/room%3Aschool1.example/e/abc-_1?via=school1.example',
    ])
      expect(placeIn(href), href).toEqual(said);
  });

  it('may have names without a server, and with a slash', () => {
    expect(placeIn('https://matrix.to/#/!0a1b/$x%2Fy')).toEqual({ chat: '!0a1b', event: '$x/y' });
    expect(placeIn('https://matrix.to/#/!0a1b/$x/y?via=a')).toEqual({ chat: '!0a1b', event: '$x/y' });
  });

  it('is not there where only a chat is named', () => {
    for (const href of ['https://matrix.to/#/!room:school1.example', 'https://matrix.to/#/!room:school1.example?via=a', 'https://matrix.to/#/%21room:school1.example/', 'matrix:roomid/room:school1.example']) {
      expect(placeIn(href), href).toEqual({ chat: '!room:school1.example', event: null });
    }
  });

  it('is nothing else', () => {
    for (const href of [
      'https://matrix.to/#/@olga:school1.example',
      'https://matrix.to/#/#news:school1.example',
      'https://matrix.to/#/!room:school1.example/abc',
      'https://matrix.to/#/!room:school1.example/$%E0%A4%A',
      'https://matrix.to/#/!%E0%A4%A/$abc',
      'https://matrix.to.evil.example/#/!room:school1.example/$abc',
      'https://evil.example/?https://matrix.to/#/!room:school1.example/$abc',
      'matrix:u/olga:school1.example',
      'matrix:roomid/room:school1.example/x/abc',
      'javascript:alert(1)',
    ])
      expect(placeIn(href), href).toBeNull();
  });
});
