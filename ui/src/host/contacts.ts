// What the screens that find people ask with alike.

import type { ContactFilters } from './host';

/** Everybody who is there now. */
export const NO_FILTERS: ContactFilters = { roles: [], classes: [], stages: [], subjects: [], statuses: [], sources: [] };
