import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../../test/fake-host';
import { Mentioning } from './mentioning.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(5);

function names(mentioning: Mentioning) {
  return mentioning.offers.map((offer) => (offer.kind === 'everyone' ? '*' : offer.found.person.name));
}

describe('the list of names', () => {
  it('offers people of the chat by what is typed after «@»', async () => {
    const host = new FakeHost();
    const mentioning = new Mentioning(host, '!parents5a');
    mentioning.look('Спасибо, @щук', 13, [], null);
    await settle();
    expect(names(mentioning)).toEqual(['Мария Петровна Щукина']);
    expect(host.calls('find_people')).toEqual([{ text: 'щук', chat: '!parents5a', most: 8 }]);
    mentioning.look('Спасибо, щук', 12, [], null);
    expect(mentioning.open).toBe(false);
  });

  it('shows the answer to the last key, whichever comes first', async () => {
    const host = new FakeHost();
    const mentioning = new Mentioning(host, '!parents5a');
    const call = vi.spyOn(host, 'call');
    let late: (found: never[]) => void = () => {};
    call.mockReturnValueOnce(new Promise<never[]>((resolve) => (late = resolve)));
    mentioning.look('@м', 2, [], null);
    mentioning.look('@мор', 4, [], null);
    await settle();
    const shown = names(mentioning);
    late([]);
    await settle();
    expect(shown).toEqual(['Павел Евгеньевич Морозов', 'Светлана Юрьевна Морозова']);
    expect(names(mentioning)).toEqual(shown);
  });

  it('drops at once what no longer fits, before the answer is there', async () => {
    const mentioning = new Mentioning(new FakeHost(), '!parents5a');
    mentioning.look('@мор', 4, [], 'все');
    await settle();
    mentioning.look('@мор, да', 8, [], 'все');
    expect(names(mentioning)).toEqual([]);
    mentioning.look('@м', 2, [], 'все');
    await settle();
    mentioning.look('@морозова', 9, [], 'все');
    expect(names(mentioning)).toEqual(['Светлана Юрьевна Морозова']);
  });

  it('offers everybody only where one may call everybody', async () => {
    const mentioning = new Mentioning(new FakeHost(), '!parents5a');
    mentioning.look('@вс', 3, [], null);
    await settle();
    expect(names(mentioning)).toEqual([]);
    mentioning.look('@все', 4, [], 'все');
    await settle();
    expect(names(mentioning)).toEqual(['*']);
    expect(mentioning.choose('@все', [], 'все')).toEqual({ text: '@все ', caret: 5, mention: { id: '@room', name: 'все' } });
  });

  it('goes round by arrows and puts the chosen name in place of what was typed', async () => {
    const mentioning = new Mentioning(new FakeHost(), '!parents5a');
    mentioning.look('@мор, привет', 4, [], null);
    await settle();
    mentioning.step(-1);
    expect(mentioning.choose('@мор, привет', [], 'все')).toEqual({ text: '@Морозова Светлана, привет', caret: 18, mention: { id: '@p14:school1.example', name: 'Морозова Светлана' } });
    expect(mentioning.open).toBe(false);
  });

  it('stays closed for the same name once it was closed, and opens for the next', async () => {
    const mentioning = new Mentioning(new FakeHost(), '!parents5a');
    mentioning.look('@мор', 4, [], null);
    await settle();
    mentioning.shut();
    mentioning.look('@моро', 5, [], null);
    await settle();
    expect(mentioning.open).toBe(false);
    mentioning.look('@моро @мор', 10, [], null);
    await settle();
    expect(mentioning.open).toBe(true);
  });

  it('offers nothing when nobody can be asked', async () => {
    const mentioning = new Mentioning(new FakeHost({ failing: { find_people: { code: 'noNetwork', retryAfter: null } } }), '!parents5a');
    mentioning.look('@мор', 4, [], null);
    await settle();
    expect(mentioning.open).toBe(false);
  });
});
