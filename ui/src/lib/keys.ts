// The names of keys as the person's keyboard shows them.

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The key of the quick switch. */
export const quickKeys = isMac ? '⌘K' : 'Ctrl K';
