// Saves a file of a message, says where it went, knows it again while the window is open, and hands it to the system.

import { SvelteMap } from 'svelte/reactivity';
import { asFailure, type Host, type Media, type SavedFile } from '../../host/host';
import { toasts } from '../../kit/toasts.svelte';
import { t } from '../../lib/i18n.svelte';

const saved = new SvelteMap<string, SavedFile>();

/** Where a file was saved to, since the window was opened. */
export function savedFile(key: string | null): SavedFile | null {
  return (key !== null && saved.get(key)) || null;
}

/** Into the downloads. */
export async function saveMedia(host: Host, media: Media): Promise<void> {
  if (!media.key) return;
  try {
    const file = await host.call('save_media', { media: media.key, name: media.name });
    saved.set(media.key, file);
    tellSaved(host, file, t('media_saved', { name: file.name }));
  } catch (thrown) {
    complain(thrown);
  }
}

/** Where the person chooses. */
export async function saveMediaAs(host: Host, media: Media): Promise<void> {
  if (!media.key) return;
  try {
    const file = await host.files?.saveAs(media.key, media.name);
    if (!file) return;
    saved.set(media.key, file);
    tellSaved(host, file, t('media_saved_as', { name: file.name }));
  } catch (thrown) {
    complain(thrown);
  }
}

/** Says that a file was saved, and offers its folder where the host can show it. */
export function tellSaved(host: Host, file: SavedFile, text: string): void {
  toasts.show(text, 'calm', host.files && { label: t('media_reveal'), run: () => void revealSaved(host, file) });
}

/** Saves it where it is not saved yet, and opens it. */
export async function openMedia(host: Host, media: Media): Promise<void> {
  if (!savedFile(media.key)) await saveMedia(host, media);
  const file = savedFile(media.key);
  if (file) await openSaved(host, file);
}

/** A file that was deleted or moved since is said to be so, and can be saved again. */
export async function openSaved(host: Host, file: SavedFile): Promise<void> {
  try {
    const opened = await host.files?.open(file.path);
    if (opened === false) toasts.show(t('media_not_opened', { name: file.name }), 'calm');
  } catch (thrown) {
    lost(file, thrown);
  }
}

export async function revealSaved(host: Host, file: SavedFile): Promise<void> {
  try {
    await host.files?.reveal(file.path);
  } catch (thrown) {
    lost(file, thrown);
  }
}

function lost(file: SavedFile, thrown: unknown): void {
  const gone = asFailure(thrown).code === 'fileGone';
  if (gone) for (const [key, other] of saved) if (other.path === file.path) saved.delete(key);
  toasts.show(t(gone ? 'media_moved' : 'media_open_failed', { name: file.name }), 'error');
}

function complain(thrown: unknown): void {
  toasts.show(t('media_save_failed', { reason: t(`error_${asFailure(thrown).code}`) }), 'error');
}
