// Hands a file over to the core piece by piece: it never lies whole in the memory of the window.

import type { Host } from '../../../host/host';

export const PIECE = 1 << 20;

/** The file is no longer where it was, or is not what it was. */
export class FileVanished extends Error {}

/** Pushes the bytes of a file; false when it was stopped on the way. */
export async function pushFile(host: Host, id: string, file: File, onsent: (bytes: number) => void, stopped: () => boolean): Promise<boolean> {
  for (let at = 0; at < file.size; at += PIECE) {
    if (stopped()) return false;
    const piece = file.slice(at, at + PIECE);
    const bytes = await piece.arrayBuffer().catch(() => {
      throw new FileVanished();
    });
    if (bytes.byteLength < Math.min(PIECE, file.size - at)) throw new FileVanished();
    if (stopped()) return false;
    await host.push(id, bytes);
    onsent(Math.min(at + PIECE, file.size));
  }
  return !stopped();
}
