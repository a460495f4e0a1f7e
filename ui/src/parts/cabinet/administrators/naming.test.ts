import { expect, it } from 'vitest';
import { isService } from './naming';

it('takes an account without a name for a service, unless it is the person himself', () => {
  const one = (id: string, name: string | null) => isService({ id, name, owner: true, dismissedBy: null, progress: 'done' }, '@me:a');
  expect([one('@steward:a', null), one('@me:a', null), one('@p:a', 'Белова Анна')]).toEqual([true, false, false]);
});
