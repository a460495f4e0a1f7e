import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import type { Media } from '../../host/host';
import { ApiFailure } from '../../host/host';
import { toasts } from '../../kit/toasts.svelte';
import { openMedia, partOf, saveMedia, saveMediaAs, savedFile, savingFile, stopSaving } from './save.svelte';

let files = 0;
const media = (name: string): Media => ({ key: `mxc://school/${++files}`, name, mime: null, size: null, width: null, height: null, seconds: null, blurhash: null, thumbnail: null });
const said = () => toasts.list.map(({ text }) => text);

describe('a file of a message', () => {
  beforeEach(() => (toasts.list = []));

  it('is saved once, and then opened from where it is', async () => {
    const [host, plan] = [new FakeHost(), media('план.pdf')];
    await openMedia(host, plan);
    await openMedia(host, plan);
    expect(host.calls('save_media')).toHaveLength(1);
    expect(host.opened).toEqual(['/home/me/Загрузки/план.pdf', '/home/me/Загрузки/план.pdf']);
  });

  it('that could be a program is not opened, and the person is told why', async () => {
    const [host, game] = [new FakeHost(), media('игра.exe')];
    await openMedia(host, game);
    expect(said().at(-1)).toMatch(/игра\.exe — не документ/);
  });

  it('goes where the person chooses, and nowhere when he thinks better of it', async () => {
    const [host, plan] = [new FakeHost(), media('план.pdf')];
    host.place = null;
    await saveMediaAs(host, plan);
    expect([savedFile(plan.key), said()]).toEqual([null, []]);
    host.place = '/media/stick';
    await saveMediaAs(host, plan);
    expect(savedFile(plan.key)?.path).toBe('/media/stick/план.pdf');
    expect(said()).toEqual(['Сохранено: план.pdf']);
  });

  it('that was deleted since is forgotten, so that it can be saved again', async () => {
    const [host, plan] = [new FakeHost(), media('план.pdf')];
    host.files.open = () => Promise.reject(new ApiFailure({ code: 'fileGone', retryAfter: null }));
    await openMedia(host, plan);
    expect(savedFile(plan.key)).toBeNull();
    expect(said().at(-1)).toMatch(/Сохраните его ещё раз/);
  });

  it('tells how far it has come, is asked for once, and can be given up without a complaint', async () => {
    const [host, film] = [new FakeHost(), media('урок.mp4')];
    host.saves.slow = true;
    const now = vi.spyOn(performance, 'now');
    now.mockReturnValue(1_000);
    const saving = saveMedia(host, film);
    expect(savingFile(film.key)).toEqual({ media: film.key, done: 0, total: null });
    const again = openMedia(host, film);
    await vi.waitFor(() => expect(host.saves.now.now).toHaveLength(1));
    expect(host.calls('save_media')).toHaveLength(1);
    host.saves.come(film.key!, 3, 12);
    await vi.waitFor(() => expect(partOf(savingFile(film.key)!)).toBe(0.25));
    now.mockReturnValue(1_300);
    stopSaving(host, film);
    expect(host.calls('stop_saving'), 'the second half of a double click').toEqual([]);
    now.mockReturnValue(1_600);
    stopSaving(host, film);
    now.mockRestore();
    await Promise.all([saving, again]);
    expect(host.opened, 'nothing to open').toEqual([]);
    expect([savingFile(film.key), savedFile(film.key), said()]).toEqual([null, null, []]);
    host.saves.slow = false;
    await saveMedia(host, film);
    expect(savedFile(film.key)?.name).toBe('урок.mp4');
  });
});
