// A colour that stays with a person or a chat: an index into the --avatar-N and --name-N tokens.

export const COLOURS = 10;

/** FNV-1a, so that the same id has the same colour on every device and in every version. */
export function colourOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) {
    hash ^= id.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % COLOURS;
}
