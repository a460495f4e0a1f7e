// Files of Node: those of jsdom can't be read in pieces.
import { File as NodeFile } from 'node:buffer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import { ApiFailure, type Outgoing } from '../../../host/host';
import { Composer } from '../composer.svelte';
import { PIECE } from './staging';

const File = NodeFile as unknown as typeof globalThis.File;
const CHAT = '!staff';
const MB = 1 << 20;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: vi.fn(() => 'blob:x'), revokeObjectURL: vi.fn() }));
});
afterEach(() => void vi.useRealTimers());

function file(name: string, size: number, type = 'application/pdf'): File {
  return new File([new Uint8Array(size).map((_, i) => i % 251)], name, { type });
}

/** A file that claims a size without having the bytes. */
function claims(name: string, size: number, type = 'application/pdf'): File {
  return Object.defineProperty(new File([], name, { type }), 'size', { value: size });
}

function vanishing(name: string): File {
  const made = file(name, 10);
  made.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }) as unknown as Blob;
  return made;
}

async function done<T>(promise: Promise<T>): Promise<T> {
  let over = false;
  void promise.finally(() => (over = true));
  while (!over) await vi.advanceTimersByTimeAsync(5);
  return promise;
}

describe('attachments', () => {
  it('leave what a phone has taken to the core, also what can not be shown here', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    const taken = [file('IMG_1.HEIC', 5, ''), file('снимок.avif', 5, 'image/avif'), file('VID.MOV', 5, '')];
    composer.attachments.add([...taken, file('план.pdf', 5)]);
    await done(composer.sendFiles());
    expect((host.calls('send_files') as { files: Outgoing[] }[]).map(({ files }) => files[0]!.asFile)).toEqual([false, false, false, true]);
  });

  it('reach the core piece by piece, whole and in order, and go out with what is written', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    composer.write('  Вот план ');
    composer.reply('$1');
    const plan = file('план.pdf', 2 * PIECE + 7);
    composer.attachments.add([plan, file('фото.png', 5, 'image/png')]);
    expect(await done(composer.sendFiles())).toBe(true);
    expect(host.calls('stage_file')).toEqual([
      { name: 'план.pdf', size: 2 * PIECE + 7 },
      { name: 'фото.png', size: 5 },
    ]);
    const pieces = host.outgoing.pushed.get('staged1')!;
    expect(pieces.map((piece) => piece.length)).toEqual([PIECE, PIECE, 7]);
    expect(Buffer.concat(pieces).equals(Buffer.from(await plan.arrayBuffer()))).toBe(true);
    expect(host.calls('send_files')).toEqual([
      { chat: CHAT, files: [{ staged: 'staged1', asFile: true }], caption: null, replyTo: '$1' },
      { chat: CHAT, files: [{ staged: 'staged2', asFile: false }], caption: { text: 'Вот план', mentions: [] }, replyTo: null },
    ]);
    expect([composer.text, composer.replyTo, composer.attachments.files]).toEqual(['', null, []]);
    expect(host.calls('unstage')).toEqual([]);
  });

  it('go untouched as files when asked to', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    composer.attachments.add([file('фото.png', 5, 'image/png')]);
    composer.attachments.asFiles = true;
    await done(composer.sendFiles());
    expect(host.calls('send_files')).toEqual([{ chat: CHAT, files: [{ staged: 'staged1', asFile: true }], caption: null, replyTo: null }]);
  });

  it('say at once what can never be sent, and leave it out', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    const { attachments } = composer;
    attachments.largest = 10 * MB;
    attachments.add([claims('кино.mp4', 11 * MB, 'video/mp4'), claims('фото.jpg', 11 * MB, 'image/jpeg'), file('пусто.txt', 0), file('ладно.txt', 1)], [file('папка', 1)]);
    const problems = () => attachments.files.map((one) => attachments.problemOf(one));
    expect(problems()).toEqual(['tooLarge', null, 'empty', null, 'folder']);
    attachments.asFiles = true;
    expect(problems()).toEqual(['tooLarge', 'tooLarge', 'empty', null, 'folder']);
    await done(composer.sendFiles());
    expect(host.calls('stage_file')).toEqual([{ name: 'ладно.txt', size: 1 }]);
  });

  it('tell of a file that vanished, keep the others, and send those the next time without handing them over again', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    const { attachments } = composer;
    attachments.add([file('а.txt', 3), vanishing('б.txt'), file('в.txt', 4)]);
    expect(await done(composer.sendFiles())).toBe(false);
    expect(attachments.files.map((one) => attachments.problemOf(one))).toEqual([null, 'gone', null]);
    expect([host.calls('send_files'), attachments.busy, host.calls('unstage')]).toEqual([[], false, [{ id: 'staged2' }]]);
    expect(await done(composer.sendFiles())).toBe(true);
    expect(host.calls('stage_file')).toHaveLength(3);
    expect(host.calls('send_files')).toMatchObject([{ files: [{ staged: 'staged1' }] }, { files: [{ staged: 'staged3' }] }]);
  });

  it('stop on the way when called off, and can be sent after all', async () => {
    const host = new FakeHost({ delay: 5 });
    const composer = new Composer(host, CHAT);
    composer.attachments.add([file('а.txt', 3 * PIECE)]);
    const sending = composer.sendFiles();
    await vi.advanceTimersByTimeAsync(12);
    expect(composer.attachments.progress).toBeGreaterThan(0);
    composer.attachments.stop();
    expect(await done(sending)).toBe(false);
    expect([composer.attachments.busy, composer.attachments.progress, host.calls('unstage')]).toEqual([false, 0, [{ id: 'staged1' }]]);
    expect(await done(composer.sendFiles())).toBe(true);
    expect(host.calls('send_files')).toMatchObject([{ files: [{ staged: 'staged2' }] }]);
  });

  it('that the core was being given when they were called off have gone, and are not sent again', async () => {
    const host = new FakeHost({ delay: 20 });
    const composer = new Composer(host, CHAT);
    const { attachments } = composer;
    composer.write('подпись');
    attachments.add([file('а.txt', 3), file('б.txt', 3)]);
    const sending = composer.sendFiles();
    await vi.waitFor(() => expect(host.calls('send_files')).toHaveLength(1));
    attachments.stop();
    expect([attachments.busy, attachments.stopping]).toEqual([true, true]);
    // Who presses «send» at once does not give the same file again.
    expect(await done(composer.sendFiles())).toBe(false);
    expect(await done(sending)).toBe(false);
    expect([attachments.busy, attachments.stopping, attachments.failed, composer.text]).toEqual([false, false, null, 'подпись']);
    expect(attachments.files.map(({ file }) => file.name)).toEqual(['б.txt']);
    expect(await done(composer.sendFiles())).toBe(true);
    expect(host.calls('send_files')).toMatchObject([{ files: [{ staged: 'staged1' }], caption: null }, { files: [{ staged: 'staged2' }], caption: { text: 'подпись' } }]);
    expect([host.calls('stage_file').length, host.calls('unstage')]).toEqual([2, []]);
  });

  it('are all gone when the last of them was called off too late, and ask for nothing then', async () => {
    const host = new FakeHost({ delay: 20 });
    const composer = new Composer(host, CHAT);
    for (const ack of [null, { due: 5 }]) {
      composer.askAck(ack);
      composer.attachments.add([file('а.txt', 3)]);
      const before = host.calls('send_files').length;
      const sending = composer.sendFiles();
      await vi.waitFor(() => expect(host.calls('send_files')).toHaveLength(before + 1));
      composer.attachments.stop();
      expect(await done(sending)).toBe(false);
      expect([composer.attachments.open, composer.attachments.busy, composer.ack]).toEqual([false, false, ack]);
    }
    expect([host.calls('send_files').length, host.calls('send_message')]).toEqual([2, []]);
  });

  it('are ever further on their way, also when some have gone, vanished, or are tried again', async () => {
    const host = new FakeHost({ delay: 5 });
    const composer = new Composer(host, CHAT);
    const { attachments } = composer;
    attachments.add(Array.from({ length: 40 }, (_, i) => file(`${i}.txt`, 10 + i)));
    const call = host.call.bind(host) as (...args: unknown[]) => Promise<unknown>;
    let sends = 0;
    vi.spyOn(host, 'call').mockImplementation(((name: string, ...args: unknown[]) => (name === 'send_files' && ++sends === 35 ? Promise.reject({ code: 'diskFull', retryAfter: null }) : call(name, ...args))) as never);
    for (const left of [6, 7]) {
      const way: number[] = [];
      const sending = composer.sendFiles();
      while (attachments.busy) {
        way.push(attachments.progress);
        await vi.advanceTimersByTimeAsync(1);
      }
      expect([await sending, attachments.files.length]).toEqual([false, left]);
      expect(way).toEqual(way.toSorted((a, b) => a - b));
      expect(way.at(-1)).toBeGreaterThan(0.9);
      attachments.add([vanishing('г.txt')]);
    }
  });

  it('stay with their caption when the core does not take them', async () => {
    const host = new FakeHost({ failing: { send_files: { code: 'diskFull', retryAfter: null } } });
    const composer = new Composer(host, CHAT);
    composer.write('подпись');
    composer.attachments.add([file('а.txt', 3)]);
    expect(await done(composer.sendFiles())).toBe(false);
    expect([composer.text, composer.attachments.failed, composer.attachments.files.length]).toEqual(['подпись', 'diskFull', 1]);
    host.failing = {};
    host.outgoing.refusing = { code: 'noNetwork', retryAfter: null };
    composer.attachments.add([file('б.txt', 3)]);
    expect(await done(composer.sendFiles())).toBe(false);
    expect(composer.attachments.failed).toBe('noNetwork');
  });

  it('are let go one by one and all together', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    const { attachments } = composer;
    attachments.add([file('а.png', 3, 'image/png'), file('б.txt', 3), vanishing('в.txt')]);
    expect(await done(composer.sendFiles())).toBe(false);
    const gone = { id: 'staged3' };
    attachments.remove(attachments.files[0]!);
    expect(host.calls('unstage')).toEqual([gone, { id: 'staged1' }]);
    expect(URL.revokeObjectURL).toHaveBeenCalledTimes(1);
    attachments.clear();
    expect([host.calls('unstage'), attachments.open]).toEqual([[gone, { id: 'staged1' }, { id: 'staged2' }], false]);
  });

  it('go in portions that the core can hold, however many there are', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    composer.write('Выпускной');
    composer.attachments.add(Array.from({ length: 70 }, (_, i) => file(`${i}.txt`, 1)));
    expect(await done(composer.sendFiles())).toBe(true);
    const order = host.log.map(({ name }) => name).filter((name) => name === 'stage_file' || name === 'send_files');
    let held = 0;
    expect(Math.max(...order.map((name) => (held += name === 'stage_file' ? 1 : -1)))).toBeLessThan(64);
    const sent = host.calls('send_files') as { caption: unknown }[];
    expect([sent.length, sent.filter(({ caption }) => caption !== null).length, sent.at(-1)?.caption]).toEqual([70, 1, { text: 'Выпускной', mentions: [] }]);
  });

  it('that the core could not take are there once more, and those that went are not', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    const { attachments } = composer;
    composer.write('подпись');
    attachments.add([file('а.txt', 3), file('б.txt', 3), file('в.txt', 3)]);
    const call = host.call.bind(host) as (...args: unknown[]) => Promise<unknown>;
    let sends = 0;
    vi.spyOn(host, 'call').mockImplementation(((name: string, ...args: unknown[]) => (name === 'send_files' && ++sends === 2 ? Promise.reject({ code: 'diskFull', retryAfter: null }) : call(name, ...args))) as never);
    expect(await done(composer.sendFiles())).toBe(false);
    expect([attachments.files.map(({ file }) => file.name), attachments.failed, composer.text]).toEqual([['б.txt', 'в.txt'], 'diskFull', 'подпись']);
    expect(await done(composer.sendFiles())).toBe(true);
    expect(host.calls('stage_file').map((args) => (args as { name: string }).name)).toEqual(['а.txt', 'б.txt', 'в.txt', 'б.txt']);
  });

  it('come after what was said before them', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    const call = host.call.bind(host) as (...args: unknown[]) => Promise<unknown>;
    let taken = (): void => undefined;
    const slow = new Promise<void>((resolve) => (taken = resolve));
    vi.spyOn(host, 'call').mockImplementation(((name: string, ...args: unknown[]) => (name === 'send_message' ? slow : call(name, ...args))) as never);
    composer.write('сначала слова');
    void composer.send();
    composer.attachments.add([file('а.txt', 3), file('б.txt', 3)]);
    const files = composer.sendFiles();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([host.calls('stage_file').length, host.calls('send_files')]).toEqual([2, []]);
    taken();
    expect(await done(files)).toBe(true);
    expect(host.calls('send_files')).toHaveLength(2);
  });

  it('do not go out ahead of what was said before them and refused, be it while they are handed over or after', async () => {
    for (const late of [false, true]) {
      const host = new FakeHost({ delay: 5 });
      const composer = new Composer(host, CHAT);
      const call = host.call.bind(host) as (...args: unknown[]) => Promise<unknown>;
      let refuse = (): void => undefined;
      const slow = new Promise((_, reject) => (refuse = () => reject(new ApiFailure({ code: 'diskFull', retryAfter: null }))));
      vi.spyOn(host, 'call').mockImplementation(((name: string, ...args: unknown[]) => (name === 'send_message' ? slow : call(name, ...args))) as never);
      composer.write('сначала слова');
      composer.reply('$1');
      void composer.send();
      composer.attachments.add([file('а.txt', 3), file('б.txt', 3)]);
      const files = composer.sendFiles();
      await vi.advanceTimersByTimeAsync(late ? 1_000 : 1);
      refuse();
      expect(await done(files)).toBe(false);
      expect(host.calls('send_files')).toEqual([]);
      expect([composer.attachments.files.length, composer.attachments.busy, composer.attachments.failed]).toEqual([2, false, 'diskFull']);
      expect([composer.text, composer.replyTo]).toEqual(['сначала слова', '$1']);
      // What came back is in sight now, and goes out with them, without handing them over anew.
      expect(await done(composer.sendFiles())).toBe(true);
      expect(host.calls('send_files')).toMatchObject([{ caption: null, replyTo: '$1' }, { caption: { text: 'сначала слова' }, replyTo: null }]);
      expect(host.calls('stage_file')).toHaveLength(2);
    }
  });

  it('are followed by the words that ask for acknowledgement', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    for (const text of ['Приказ, ознакомьтесь до пятницы', '']) {
      composer.write(text);
      composer.askAck({ due: 5 });
      composer.attachments.add([file('приказ.pdf', 3)]);
      expect(await done(composer.sendFiles())).toBe(true);
    }
    expect(host.calls('send_files')).toMatchObject([{ caption: null }, { caption: null }]);
    expect(host.calls('send_message')).toMatchObject([{ written: { text: 'Приказ, ознакомьтесь до пятницы' }, ack: { due: 5 } }, { written: { text: 'Прошу ознакомиться с файлом.' }, ack: { due: 5 } }]);
    expect([composer.ack, composer.text]).toEqual([null, '']);
  });

  it('are as many in these words as there were, however the language counts them', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    for (const count of [1, 3, 21]) {
      composer.askAck({ due: null });
      composer.attachments.add(Array.from({ length: count }, (_, i) => file(`${i}.txt`, 1)));
      expect(await done(composer.sendFiles())).toBe(true);
    }
    expect(host.calls('send_message').map((args) => (args as { written: { text: string } }).written.text)).toEqual(['Прошу ознакомиться с файлом.', 'Прошу ознакомиться с файлами.', 'Прошу ознакомиться с файлами.']);
  });
});
