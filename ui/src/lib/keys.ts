// The names of keys as the person's keyboard shows them.

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The key of the quick switch. */
export const quickKeys = isMac ? '⌘K' : 'Ctrl K';
/** The key of a new chat. */
export const newKeys = isMac ? '⌘N' : 'Ctrl N';
/** The key that looks through a conversation. */
export const findKeys = isMac ? '⌘F' : 'Ctrl F';
/** The key that writes to the chosen person at once. */
export const writeKeys = isMac ? '⌘⏎' : 'Ctrl Enter';
/** The key that shows the card of somebody in a list. */
export const cardKeys = isMac ? '⌘Enter' : 'Ctrl+Enter';
