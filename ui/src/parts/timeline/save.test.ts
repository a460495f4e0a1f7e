import { beforeEach, describe, expect, it } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import type { Media } from '../../host/host';
import { ApiFailure } from '../../host/host';
import { toasts } from '../../kit/toasts.svelte';
import { openMedia, saveMediaAs, savedFile } from './save.svelte';

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
});
