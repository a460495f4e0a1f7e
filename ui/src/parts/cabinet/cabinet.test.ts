import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ORGANISATION } from '../../../test/fake-cabinet';
import { FakeHost, type FakeOptions } from '../../../test/fake-host';
import { toasts } from '../../kit/toasts.svelte';
import { CabinetDesk } from './cabinet.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  toasts.list = [];
  vi.useRealTimers();
});
const settle = (ms = 50) => vi.advanceTimersByTimeAsync(ms);

async function open(options: FakeOptions = { cabinet: { people: 200 } }) {
  const host = new FakeHost(options);
  const desk = new CabinetDesk(host, { offline: false });
  desk.watch();
  desk.open();
  await settle();
  return { host, desk };
}

describe('the cabinet', () => {
  it('follows the organisation that is looked at, and only once it is', async () => {
    const host = new FakeHost({ cabinet: { people: 50, several: true } });
    const desk = new CabinetDesk(host, { offline: false });
    const stop = desk.watch();
    await settle();
    expect([desk.links.length, desk.organisation, desk.cabinet]).toEqual([3, ORGANISATION, null]);
    desk.open();
    await settle();
    expect([desk.cabinet?.info.shortName, desk.people?.length, desk.outbox]).toEqual(['Школа № 1', 50, []]);
    desk.show('people');
    desk.choose('!org2:school1.example');
    expect([desk.cabinet, desk.section]).toEqual([null, 'people']);
    await settle();
    stop();
    expect(desk.people).toBeNull();
  });

  it('shows nothing but the outbox of an organisation that is no longer run', async () => {
    const { desk } = await open({ cabinet: { people: 50, several: true, stuck: true } });
    desk.choose('!org3:school1.example');
    await settle();
    expect([desk.dismissed, desk.sections, desk.shown, desk.cabinet, desk.outbox?.length]).toEqual([true, ['outbox'], 'outbox', null, 1]);
  });

  it('knows who is in a class', async () => {
    const { desk } = await open();
    const first = desk.classes.find((one) => one.homeroom !== null);
    const mates = desk.classmates.get(first!.id)!;
    expect(mates.filter(({ part }) => part === 'student').length).toBe(first!.students);
    expect(mates.find(({ part }) => part === 'homeroom')!.person.id).toBe(first!.homeroom);
  });

  it('says each step and takes it back', async () => {
    const { host, desk } = await open();
    const [first] = desk.classes;
    const done = desk.say('set_class_status', { classes: [first!.id], status: 'deleted' }, 'Класс 1А удалён');
    await settle();
    await done;
    expect([desk.classOf.get(first!.id)!.status, desk.link!.waiting]).toEqual(['deleted', 1]);
    toasts.list[0]!.action!.run();
    await settle();
    expect([desk.classOf.get(first!.id)!.status, toasts.list.at(-1)!.text]).toEqual(['active', 'Отменено']);
    expect(host.calls('undo_act')).toEqual([{ organisation: ORGANISATION, act: 'act1' }]);
  });

  it('takes back what has already gone out', async () => {
    const { desk } = await open();
    const [first] = desk.classes;
    const act = desk.act('set_class_status', { classes: [first!.id], status: 'deleted' });
    await settle(2_000);
    expect(desk.outbox!.map(({ state }) => state)).toEqual(['done']);
    void desk.undo(await act);
    await settle();
    expect([desk.classOf.get(first!.id)!.status, desk.outbox!.map(({ undoes }) => undoes)]).toEqual(['active', [true, false]]);
  });

  it('counts what needs a decision in all organisations', async () => {
    const { desk } = await open({ cabinet: { people: 50, several: true, stuck: true } });
    expect(desk.stuck).toBe(3);
  });

  it('says why a step was refused', async () => {
    const { desk } = await open({ cabinet: { people: 50 }, failing: { dismiss: { code: 'isOwner', retryAfter: null } } });
    const done = desk.attempt('dismiss', { people: ['@a:b'] }, 'Снят');
    await settle();
    expect([await done, toasts.list[0]!.look]).toEqual([false, 'error']);
    expect(toasts.list[0]!.text).toContain('Владельца нельзя снять');
  });
});
