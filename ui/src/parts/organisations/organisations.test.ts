import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { NewOrganisation } from './newOrganisation.svelte';
import { Organisations } from './organisations.svelte';
import { roleWords } from './words';

let host: FakeHost;
let organisations: Organisations;

beforeEach(async () => {
  vi.useFakeTimers();
  host = new FakeHost({ cabinet: { several: true, people: 20 } });
  organisations = new Organisations(host);
  organisations.watch();
  await vi.advanceTimersByTimeAsync(10);
});
afterEach(() => void vi.useRealTimers());

const wait = <T>(promise: Promise<T>) => Promise.all([promise, vi.advanceTimersByTimeAsync(10)]).then(([result]) => result);

describe('leaving', () => {
  it('takes the organisation off the list', async () => {
    const [first] = organisations.list!;
    expect(await wait(organisations.leave(first!))).toBe(true);
    expect(organisations.list!.some(({ id }) => id === first!.id)).toBe(false);
  });

  it('says why the only owner can not', async () => {
    const owned = organisations.list!.find(({ lastOwner }) => lastOwner)!;
    expect(await wait(organisations.leave(owned))).toBe(false);
    expect(organisations.failed).toContain('владельц');
    expect(organisations.list).toContain(owned);
  });
});

it('says what the person is there', () => {
  const [first, second] = organisations.list!;
  expect(roleWords(first!)).toBe('завуч');
  expect(roleWords(second!)).toBe('родитель · Солнышко');
  expect(roleWords({ ...first!, role: null })).toBeNull();
});

describe('making one', () => {
  let form: NewOrganisation;

  beforeEach(() => {
    form = new NewOrganisation(host, organisations);
    form.choose('college');
  });

  it('needs both names', () => {
    form.values.shortName = 'Колледж № 4';
    form.next();
    expect([form.step, Object.keys(form.wrong)]).toEqual(['names', ['fullName']]);
    form.values.fullName = 'Колледж связи № 4';
    form.next();
    expect(form.step).toBe('place');
  });

  it('goes back to the number that is wrong', async () => {
    Object.assign(form.values, { fullName: 'Колледж', shortName: 'Колледж № 4', inn: '12' });
    form.next();
    await wait(form.make());
    expect([form.step, Object.keys(form.wrong)]).toEqual(['names', ['inn']]);
  });

  it('keeps what was typed where there is no network', async () => {
    host.failing = { found_organisation: { code: 'noNetwork', retryAfter: null } };
    Object.assign(form.values, { fullName: 'Колледж', shortName: 'Колледж № 4' });
    form.next();
    await wait(form.make());
    expect(form.step).toBe('place');
    expect(form.failed).toContain('Нет связи');
    expect(form.values.shortName).toBe('Колледж № 4');
  });

  it('tells when it is there', async () => {
    Object.assign(form.values, { fullName: 'Колледж', shortName: 'Колледж № 4' });
    form.next();
    await wait(form.make());
    expect([form.step, form.made, organisations.founding?.total]).toEqual(['making', null, 9]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(form.made).toMatchObject({ name: 'Колледж № 4', kind: 'college', administrator: true });
  });
});
