// The keys that work everywhere in the workspace.

export type Shortcut = 'quick' | 'new' | 'find' | 'escape' | { by: 1 | -1; unread: boolean };

/** By the place of the key, so that it works in every keyboard layout. */
export function shortcut(event: KeyboardEvent): Shortcut | null {
  const command = event.ctrlKey || event.metaKey;
  const plain = command && !event.altKey && !event.shiftKey;
  if (plain && event.code === 'KeyK') return 'quick';
  if (plain && event.code === 'KeyN') return 'new';
  if (plain && event.code === 'KeyF') return 'find';
  if (event.key === 'Escape') return 'escape';
  if (event.altKey && !command && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) return { by: event.key === 'ArrowDown' ? 1 : -1, unread: event.shiftKey };
  return null;
}
