// Saves a file of a message, tells how far it has come and where it went, knows it again while the window is open, and
// hands it to the system.

import { SvelteMap } from 'svelte/reactivity';
import { asFailure, type Host, type Media, type SavedFile, type Saving } from '../../host/host';
import { toasts } from '../../kit/toasts.svelte';
import { t } from '../../lib/i18n.svelte';

const saved = new SvelteMap<string, SavedFile>();

const coming = new SvelteMap<string, Saving>();
/** What was asked for, and perhaps nobody has told of yet. */
const asked = new SvelteMap<string, { since: number; saved: Promise<void> }>();
/** So soon a second press is the second half of a double click, or a key that is still held. */
const TOO_SOON = 500;
let followed: Host | null = null;

/** How far a file has come that is being saved. */
export function savingFile(key: string | null): Saving | null {
  if (key === null) return null;
  return coming.get(key) ?? (asked.has(key) ? { media: key, done: 0, total: null } : null);
}

/** The part of it that is there; absent where the whole is not known. */
export function partOf({ done, total }: Saving): number | null {
  return total ? Math.min(1, done / total) : null;
}

export function stopSaving(host: Host, media: Media): void {
  if (!media.key) return;
  const since = asked.get(media.key)?.since;
  if (since === undefined || performance.now() - since >= TOO_SOON) void host.call('stop_saving', { media: media.key });
}

/** What comes is followed from the first file on. */
function follow(host: Host): void {
  if (followed === host) return;
  followed = host;
  host.watch('savings', {}, (now) => {
    for (const key of coming.keys()) if (!now.some(({ media }) => media === key)) coming.delete(key);
    for (const saving of now) coming.set(saving.media, saving);
  });
}

/** Where a file was saved to, since the window was opened. */
export function savedFile(key: string | null): SavedFile | null {
  return (key !== null && saved.get(key)) || null;
}

/** Into the downloads; who asks again while it comes waits for the same. */
export function saveMedia(host: Host, media: Media): Promise<void> {
  const { key, name } = media;
  if (key === null) return Promise.resolve();
  const under = asked.get(key);
  if (under) return under.saved;
  follow(host);
  const done = saveKey(host, key, name);
  asked.set(key, { since: performance.now(), saved: done });
  return done.finally(() => asked.delete(key));
}

async function saveKey(host: Host, key: string, name: string): Promise<void> {
  try {
    const file = await host.call('save_media', { media: key, name });
    saved.set(key, file);
    tellSaved(host, file, t('media_saved', { name: file.name }));
  } catch (thrown) {
    complain(thrown);
  }
}

/** Where the person chooses. */
export async function saveMediaAs(host: Host, media: Media): Promise<void> {
  if (!media.key) return;
  follow(host);
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
  const { code } = asFailure(thrown);
  if (code !== 'stopped') toasts.show(t('media_save_failed', { reason: t(`error_${code}`) }), 'error');
}
