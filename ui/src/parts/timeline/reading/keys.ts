import { isMac } from '../../../lib/keys';

/** The keys that lead back to where one was. */
export const backKeys = isMac ? '⌥←' : 'Alt ←';
