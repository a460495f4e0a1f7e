// Which recordings follow each other in an open chat.

import { createContext } from 'svelte';
import type { MessageRow } from '../rows';

const [getRows, setRows] = createContext<() => readonly MessageRow[]>();
export { getRows as getPlaylist, setRows as setPlaylist };

/** The next voice message below; only a voice message plays on. */
export function nextVoice(rows: readonly MessageRow[], key: string): MessageRow | null {
  const at = rows.findIndex((row) => row.key === key);
  const voice = (row: MessageRow) => row.message.body.kind === 'audio' && row.message.body.voice && row.message.body.media.key !== null;
  if (at === -1 || !voice(rows[at]!)) return null;
  return rows.slice(at + 1).find(voice) ?? null;
}
