import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import { toasts } from '../../../kit/toasts.svelte';
import { CabinetDesk } from '../cabinet.svelte';
import { InfoForm } from './info.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  toasts.list = [];
  vi.useRealTimers();
});

async function open() {
  const host = new FakeHost({ cabinet: { people: 20 } });
  const desk = new CabinetDesk(host, { offline: false });
  desk.watch();
  desk.open();
  await vi.advanceTimersByTimeAsync(50);
  return { host, desk, form: new InfoForm(desk, desk.cabinet!.info) };
}

async function keep(form: InfoForm) {
  const kept = form.keep();
  await vi.advanceTimersByTimeAsync(50);
  return kept;
}

it('keeps the details at once and marks them until the server has them', async () => {
  const { desk, form } = await open();
  form.values.phone = ' +7 342 212-00-09 ';
  form.values.kpp = '';
  expect(await keep(form)).toBe(true);
  expect([desk.cabinet!.info.phone, desk.cabinet!.info.kpp, desk.cabinet!.infoProgress]).toEqual(['+7 342 212-00-09', null, 'waiting']);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(desk.cabinet!.infoProgress).toBe('done');
});

it('points at the field that is wrong', async () => {
  const { form } = await open();
  form.values.inn = '123';
  expect([await keep(form), form.wrong?.field]).toEqual([false, 'inn']);
  form.values.inn = '';
  form.values.kpp = 'нет';
  expect([await keep(form), form.wrong?.field]).toEqual([false, 'kpp']);
  form.values.kpp = '';
  form.values.shortName = '  ';
  expect([await keep(form), form.wrong?.field]).toEqual([false, 'shortName']);
  expect(form.wrong?.text).toContain('не заполнено');
});

it('says at the form what is no fault of a field', async () => {
  const { host, form } = await open();
  host.failing = { set_info: { code: 'diskFull', retryAfter: null } };
  expect([await keep(form), form.wrong, form.failed?.slice(0, 8)]).toEqual([false, null, 'На диске']);
});

it('closes where nothing was changed', async () => {
  const { form } = await open();
  expect([await keep(form), toasts.list]).toEqual([true, []]);
});
