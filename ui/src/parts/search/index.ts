// Finding what was said: in one chat, and in all of them together with chats and people.

export { default as ChatSearch } from './ChatSearch.svelte';
export { Everywhere, optionId, type Entry } from './everywhere.svelte';
export { default as EverywhereResults } from './EverywhereResults.svelte';
export { default as HitRow } from './HitRow.svelte';
export { hitKey, MessageSearch } from './search.svelte';
export { indexLine, hitText, sealedLine } from './words';
