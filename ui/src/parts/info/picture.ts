// Hands a new picture of a chat over to the core.

import { ApiFailure, type Host } from '../../host/host';

/** Larger pieces would hold the window up while they cross. */
const PIECE = 512 * 1024;

/** Rejects with an `ApiFailure`; what was handed over is then let go. */
export async function setPicture(host: Host, chat: string, file: File): Promise<void> {
  const { id } = await host.call('stage_file', { name: file.name, size: file.size });
  try {
    for (let at = 0; at < file.size; at += PIECE) await host.push(id, await read(file.slice(at, at + PIECE)));
    await host.call('set_chat_avatar', { chat, staged: id });
  } catch (thrown) {
    host.call('unstage', { id }).catch(() => undefined);
    throw thrown;
  }
}

function read(piece: Blob): Promise<ArrayBuffer> {
  return piece.arrayBuffer().catch(() => {
    throw new ApiFailure({ code: 'fileGone', retryAfter: null });
  });
}
