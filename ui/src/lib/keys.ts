// The names of keys as the person's keyboard shows them.

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The key of the quick switch. */
export const quickKeys = isMac ? '⌘K' : 'Ctrl K';
/** The key of a new chat. */
export const newKeys = isMac ? '⌘N' : 'Ctrl N';
/** The key that looks through a conversation. */
export const findKeys = isMac ? '⌘F' : 'Ctrl F';
/** The key for the other thing that can be done with the chosen row. */
export const secondKeys = isMac ? '⌘⏎' : 'Ctrl Enter';
