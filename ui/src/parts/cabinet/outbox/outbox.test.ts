import { beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import { toasts } from '../../../kit/toasts.svelte';
import { CabinetDesk } from '../cabinet.svelte';
import { Outbox } from './outbox.svelte';

let host: FakeHost;
let desk: CabinetDesk;
let outbox: Outbox;

beforeEach(async () => {
  toasts.list = [];
  host = new FakeHost({ cabinet: { people: 100, stuck: true, sending: 1_000_000 } });
  desk = new CabinetDesk(host, { offline: false });
  desk.watch();
  desk.open();
  await vi.waitFor(() => expect(desk.outbox).not.toBeNull());
  outbox = new Outbox(host, desk);
});

it('tells what needs a decision from what only waits', () => {
  expect(outbox.stuck.map(({ state }) => state).sort()).toEqual(['conflict', 'refused']);
  expect(outbox.waiting).toHaveLength(1);
  expect(outbox.unsent).toHaveLength(3);
});

it('settles a conflict and says what will be', async () => {
  const clash = outbox.stuck.find(({ state }) => state === 'conflict')!;
  await outbox.resolve(clash, false);
  expect(host.calls('resolve_act')).toEqual([{ organisation: desk.organisation, act: clash.id, mine: false }]);
  expect(outbox.stuck).toHaveLength(1);
  expect(toasts.list.at(-1)!.look).toBe('calm');
  expect(outbox.busy).toBeNull();
});

it('leaves a step where it is when it could not be settled', async () => {
  host.failing = { drop_act: { code: 'internal', retryAfter: null } };
  const refused = outbox.stuck.find(({ state }) => state === 'refused')!;
  await outbox.drop(refused);
  expect(outbox.stuck).toHaveLength(2);
  expect(toasts.list.at(-1)!.look).toBe('error');
});

it('saves all that was not sent, with the reasons', async () => {
  const file = await outbox.save();
  expect(file?.name).toContain('Неотправленные изменения');
  const { rows } = host.calls('save_table')[0] as { rows: string[][] };
  expect(rows).toHaveLength(4);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([5]));
  expect(rows.some((row) => row[4]!.includes('ваше «методист», другой администратор «старший воспитатель»'))).toBe(true);
});
