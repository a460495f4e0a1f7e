// Who an administrator is where the plan does not know him as a person.

import type { Administrator } from '../../../host/host';

/** An account without a name that is not the person himself works by itself. */
export function isService({ id, name }: Administrator, me: string): boolean {
  return name === null && id !== me;
}
