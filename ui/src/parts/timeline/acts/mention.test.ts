import { expect, it } from 'vitest';
import { mentionedIn } from './mention';

it('knows a person in a link, however it is written', () => {
  expect(mentionedIn('https://matrix.to/#/@o.kuznetsova:school1.example')).toBe('@o.kuznetsova:school1.example');
  expect(mentionedIn('https://matrix.to/#/%40olga%3Aschool1.example?via=a')).toBe('@olga:school1.example');
});

it('takes nothing else for a person', () => {
  for (const href of ['https://matrix.to/#/!room:school1.example', 'https://evil.example/#/@olga:school1.example', 'https://matrix.to/#/@%E0%A4%A', 'javascript:alert(1)']) expect(mentionedIn(href)).toBeNull();
});
