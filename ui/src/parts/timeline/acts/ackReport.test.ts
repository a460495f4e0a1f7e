import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { messagesOf } from '../../../../test/fake-chats';
import { FakeHost } from '../../../../test/fake-host';
import { badgeOf, PEOPLE } from '../../../../test/sample-people';
import type { AckPerson } from '../../../host/host';
import { AckReporting, groupPeople, groupTitle, remindedWords } from './ackReport.svelte';

const CHAT = '!parents5a';
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function reporting(host = new FakeHost()) {
  const event = messagesOf(host.chats.conversation(CHAT)).find((message) => message.own && message.ack)!.event!;
  const report = new AckReporting(host, CHAT, event, () => Date.now());
  await run(report.load());
  return { host, event, report };
}

async function run<T>(call: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(50);
  return call;
}

describe('the report of acknowledgements', () => {
  it('shows first who has not, and counts everybody in each group', async () => {
    const { report } = await reporting();
    expect([report.done, report.people.length]).toEqual([19, 28]);
    expect(report.groups.flatMap((group) => group.people).every((person) => person.at === null)).toBe(true);
    expect(report.groups.reduce((sum, group) => sum + group.all, 0)).toBeLessThanOrEqual(28);
    report.filter = 'all';
    expect(report.groups.reduce((sum, group) => sum + group.all, 0)).toBe(28);
    report.filter = 'done';
    expect(report.groups.flatMap((group) => group.people)).toHaveLength(19);
  });

  it('finds by name and by what a person is', async () => {
    const { report } = await reporting();
    report.filter = 'all';
    report.query = 'щук';
    expect(report.groups.flatMap((group) => group.people.map(({ person }) => person.name))).toEqual(['Мария Петровна Щукина']);
    report.query = 'директор';
    expect(report.groups.flatMap((group) => group.people.map(({ person }) => person.name))).toEqual(['Сергей Иванович Власов']);
  });

  it('reminds the picked ones, or all who have not acknowledged', async () => {
    const { host, event, report } = await reporting();
    const [first] = report.missing;
    report.toggle(first!.person.id);
    expect(await run(report.remind('direct', 'Прочитайте'))).toEqual({ sent: 1, skipped: 0, failed: 0 });
    expect(host.calls('ack_remind')[0]).toEqual({ chat: CHAT, event, people: [first!.person.id], by: 'direct', text: 'Прочитайте' });
    expect(await run(report.remind('mention', 'Прочитайте'))).toEqual({ sent: 8, skipped: 1, failed: 0 });
    expect(report.people.find(({ person }) => person.id === first!.person.id)?.reminded).not.toBeNull();
  });

  it('counts only those to whom a reminder would come: nobody is reminded twice a day', async () => {
    const { report } = await reporting();
    const [first] = report.missing;
    report.toggle(first!.person.id);
    await run(report.remind('direct', 'Прочитайте'));
    expect([report.reminding.length, report.due.length]).toEqual([9, 8]);
    report.toggle(first!.person.id);
    expect([report.reminding.length, report.due.length]).toEqual([1, 0]);
    report.toggle(first!.person.id);
    await run(report.remind('mention', 'Прочитайте'));
    expect([report.reminding.length, report.due.length]).toEqual([9, 0]);
  });

  it('saves with the heads and the roles of the language', async () => {
    const { host, report } = await reporting();
    expect(await run(report.save())).toMatchObject({ name: 'Ознакомление.csv' });
    expect(host.calls('ack_save')[0]).toMatchObject({ roles: ['учитель', 'сотрудник', 'ученик', 'родитель', 'участник'] });
  });

  it('says why it could not be made, and can be asked again', async () => {
    const { host, report } = await reporting(new FakeHost({ failing: { ack_report: { code: 'noNetwork', retryAfter: null } } }));
    expect([report.failed, report.report]).toEqual(['noNetwork', null]);
    host.failing = {};
    await run(report.load());
    expect(report.failed).toBeNull();
  });
});

describe('groups', () => {
  const asked = (i: number, at: number | null = null): AckPerson => ({ person: PEOPLE[i]!, badge: badgeOf(PEOPLE[i]!.id), at, reminded: null });

  it('put those who work there first, then pupils and parents by class, and strangers last', () => {
    expect(groupPeople([11, 2, 6, 5, 0, 1].map((i) => asked(i)), () => true).map((group) => group.title)).toEqual(['Учителя', 'Сотрудники', 'Ученики · 5А', 'Родители · 5А', 'Родители · 5Б', 'Без роли в организации']);
  });

  it('count classes as people do', () => {
    const of = (label: string, i: number): AckPerson => ({ ...asked(i), badge: { ...badgeOf(PEOPLE[6]!.id)!, classes: [label] } });
    expect(groupPeople([of('10Б', 1), of('5А', 2)], () => true).map((group) => group.title)).toEqual(['Ученики · 5А', 'Ученики · 10Б']);
  });

  it('call people as their organisation does', () => {
    expect(groupTitle({ ...badgeOf(PEOPLE[6]!.id)!, organisation: 'college', classes: ['ИС-21'] })).toBe('Обучающиеся · ИС-21');
  });

  it('lose nobody', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(27), fc.boolean())), (list) => {
        const people = list.map(([i, done]) => asked(i, done ? 1 : null));
        const groups = groupPeople(people, () => true);
        expect(groups.reduce((sum, group) => sum + group.people.length, 0)).toBe(people.length);
        expect(groups.reduce((sum, group) => sum + group.done, 0)).toBe(people.filter((person) => person.at !== null).length);
      }),
    );
  });
});

it('says what became of a reminder', () => {
  expect(remindedWords({ sent: 21, skipped: 2, failed: 1 })).toBe('Напоминание получит 21 человек. Ещё 2 людям сегодня уже напоминали. 1 человеку напомнить не удалось.');
  expect(remindedWords({ sent: 0, skipped: 9, failed: 0 })).toBe('9 людям сегодня уже напоминали.');
  expect(remindedWords({ sent: 0, skipped: 0, failed: 0 })).toBe('Напоминать некому.');
});
