import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { Composer, SAVE_AFTER } from './composer.svelte';

const CHAT = '!staff';

describe('a composer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const settle = () => vi.advanceTimersByTimeAsync(10);

  it('keeps a draft a moment after the last key', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    composer.write('При');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER - 10);
    composer.write('Привет');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER + 10);
    expect(host.calls('save_draft')).toEqual([{ chat: CHAT, draft: { text: 'Привет', replyTo: null, mentions: [] } }]);
  });

  it('keeps the draft at once when asked to, and once only', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    composer.write('Привет');
    composer.flush();
    composer.flush();
    await vi.advanceTimersByTimeAsync(SAVE_AFTER * 2);
    expect(host.calls('save_draft')).toHaveLength(1);
  });

  it('brings the draft back, but never over what is being typed', async () => {
    const host = new FakeHost({ delay: 5 });
    host.drafts.set(CHAT, { text: 'старое', replyTo: '$1', mentions: [] });
    const first = new Composer(host, CHAT);
    void first.load();
    await settle();
    expect([first.text, first.replyTo]).toEqual(['старое', '$1']);
    const second = new Composer(host, CHAT);
    void second.load();
    second.write('новое');
    await settle();
    expect(second.text).toBe('новое');
  });

  it('forgets the draft only when the core has the message', async () => {
    const host = new FakeHost({ delay: 5 });
    const composer = new Composer(host, CHAT);
    composer.write('Привет');
    composer.flush();
    void composer.send();
    expect(composer.text).toBe('');
    expect(host.calls('save_draft')).toHaveLength(1);
    await settle();
    await settle();
    expect(host.calls('send_message')).toEqual([{ chat: CHAT, written: { text: 'Привет', mentions: [] }, replyTo: null, ack: null }]);
    expect(host.calls('save_draft').at(-1)).toEqual({ chat: CHAT, draft: null });
  });

  it('gives the text back with the reason when the core refuses it, before what was typed meanwhile', async () => {
    const host = new FakeHost({ delay: 5, failing: { send_message: { code: 'diskFull', retryAfter: null } } });
    const composer = new Composer(host, CHAT);
    composer.write('первое');
    composer.reply('$1');
    const sent = composer.send();
    composer.write('второе');
    await settle();
    expect(await sent).toBe(false);
    expect([composer.text, composer.replyTo, composer.failed]).toEqual(['первое\nвторое', '$1', 'diskFull']);
  });

  it('sends nothing but spaces never', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    composer.write('  \n ');
    expect(await composer.send()).toBe(false);
    expect(host.calls('send_message')).toEqual([]);
  });
});
