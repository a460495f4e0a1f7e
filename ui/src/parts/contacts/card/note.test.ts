import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CARDS } from '../../../../test/fake-card';
import { FakeHost } from '../../../../test/fake-host';
import { toasts } from '../../../kit/toasts.svelte';
import { CardStore, SLOW_AFTER } from './card.svelte';
import { NOTE_AFTER, noteOf } from './note.svelte';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());
const settle = (ms = 20) => vi.advanceTimersByTimeAsync(ms);
const ME = CARDS.me;
const WHO = CARDS.teacher;
const FAILING = { set_note: { code: 'noNetwork', retryAfter: null } } as const;
const texts = (host: FakeHost) => host.calls('set_note').map((args) => (args as { text: string }).text);

describe('a note', () => {
  it('is saved after a pause, once for many keys', async () => {
    const host = new FakeHost();
    const note = noteOf(host, ME, WHO, '');
    for (const text of ['п', 'пр', 'привет ']) note.type(text);
    await settle(NOTE_AFTER - 1);
    expect([texts(host), note.saved]).toEqual([[], false]);
    await settle();
    expect([texts(host), note.saved, note.text]).toEqual([['привет'], true, 'привет ']);
  });

  it('is saved at once where the card is left, and not again where nothing changed', async () => {
    const host = new FakeHost();
    const note = noteOf(host, ME, WHO, 'было');
    void note.flush();
    note.type('стало');
    void note.flush();
    await settle();
    void note.flush();
    await settle(NOTE_AFTER * 2);
    expect(texts(host)).toEqual(['стало']);
  });

  it('is saved in the order it was typed in, one text after the other', async () => {
    const host = new FakeHost({ delay: 50 });
    const note = noteOf(host, ME, WHO, '');
    note.type('раз');
    void note.flush();
    note.type('раз два');
    void note.flush();
    expect(texts(host)).toEqual(['раз']);
    await settle(60);
    expect([texts(host), note.saved]).toEqual([['раз', 'раз два'], false]);
    await settle(60);
    expect([texts(host), note.saved, host.card.notes.get(WHO)]).toEqual([['раз', 'раз два'], true, 'раз два']);
  });

  it('keeps what was typed where saving fails, and saves it when it can', async () => {
    const host = new FakeHost({ failing: FAILING });
    const note = noteOf(host, ME, WHO, '');
    note.type('важное');
    await settle(NOTE_AFTER + 20);
    expect([note.text, note.failed, note.saved]).toEqual(['важное', 'noNetwork', false]);
    // Whoever opens the card again finds it; another account of this window does not.
    expect(noteOf(host, ME, WHO, '')).toBe(note);
    expect(noteOf(host, '@other:school1.example', WHO, '').text).toBe('');
    host.failing = {};
    void note.flush();
    await settle();
    expect([note.failed, note.saved, host.card.notes.get(WHO)]).toEqual([null, true, 'важное']);
    expect(noteOf(host, ME, WHO, 'важное')).not.toBe(note);
  });

  it('takes what comes from another device only where nothing is typed here since', () => {
    const note = noteOf(new FakeHost(), ME, WHO, 'одно');
    note.told('другое', note.stamp);
    expect(note.text).toBe('другое');
    const stamp = note.stamp;
    note.type('своё');
    note.told('чужое', note.stamp);
    note.type('другое');
    note.told('чужое', stamp);
    expect(note.text).toBe('другое');
  });
});

describe('the card', () => {
  it('is that of the person who was asked for last, and stays until the next one is there', async () => {
    const host = new FakeHost({ delay: 10 });
    const store = new CardStore(host, ME);
    store.show(CARDS.teacher);
    await settle();
    store.show(CARDS.parent);
    store.show(CARDS.long);
    expect([store.card?.person.id, store.stale]).toEqual([CARDS.teacher, true]);
    await settle();
    expect([store.card?.person.id, store.stale]).toEqual([CARDS.long, false]);
  });

  it('gives way to a skeleton only where the next one takes its time', async () => {
    const host = new FakeHost({ delay: SLOW_AFTER * 2 });
    const store = new CardStore(host, ME);
    store.show(CARDS.teacher);
    expect(store.slow).toBe(false);
    await settle(SLOW_AFTER);
    expect([store.slow, store.card]).toEqual([true, null]);
    await settle(SLOW_AFTER);
    expect([store.slow, store.card?.person.id]).toEqual([false, CARDS.teacher]);
  });

  it('is asked for again quietly when something changes, and a failure then takes nothing away', async () => {
    const host = new FakeHost();
    const store = new CardStore(host, ME);
    store.show(CARDS.known);
    const stop = store.watch();
    await settle();
    expect(host.calls('contact_card')).toHaveLength(1);
    host.failing = { contact_card: { code: 'serverError', retryAfter: null } };
    host.contacts.change();
    await settle();
    expect([host.calls('contact_card').length, store.card?.person.id, store.failed]).toEqual([2, CARDS.known, null]);
    stop();
  });

  it('is gone with the contact of the address book, and with nothing else', async () => {
    const host = new FakeHost();
    const ongone = vi.fn();
    const store = new CardStore(host, ME, ongone);
    store.show(CARDS.own);
    const stop = store.watch();
    await settle();
    host.failing = { contact_card: { code: 'noNetwork', retryAfter: null } };
    host.contacts.change();
    await settle();
    expect(ongone).not.toHaveBeenCalled();
    host.failing = {};
    void host.call('remove_contacts', { ids: [CARDS.own.slice('own:'.length)] });
    await settle();
    expect(ongone).toHaveBeenCalledOnce();
    stop();
    // One that was never shown says so instead.
    const never = new CardStore(host, ME, ongone);
    never.show(CARDS.own);
    await settle();
    expect([ongone.mock.calls.length, never.failed?.code]).toEqual([1, 'planGone']);
  });

  it('says what went wrong where there is none, and tries again', async () => {
    const host = new FakeHost({ failing: { contact_card: { code: 'noNetwork', retryAfter: null } } });
    const store = new CardStore(host, ME);
    store.show(CARDS.teacher);
    await settle();
    expect(store.failed?.code).toBe('noNetwork');
    host.failing = {};
    store.retry();
    await settle();
    expect([store.failed, store.card?.person.id]).toEqual([null, CARDS.teacher]);
  });

  it('saves the note of the person who is left, and says where that failed', async () => {
    const host = new FakeHost();
    const store = new CardStore(host, ME);
    store.show(CARDS.teacher);
    await settle();
    store.note!.type('первому');
    store.show(CARDS.parent);
    await settle();
    expect([host.card.notes.get(CARDS.teacher), store.note!.person]).toEqual(['первому', CARDS.parent]);
    host.failing = FAILING;
    store.note!.type('второму');
    store.leave();
    await settle();
    expect(toasts.list.at(-1)).toMatchObject({ look: 'error', action: { label: 'Повторить' } });
    const again = new CardStore(host, ME);
    again.show(CARDS.parent);
    await settle();
    expect([again.note!.text, again.note!.failed]).toEqual(['второму', 'noNetwork']);
  });
});
