import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poll as body } from '../../../../test/sample-items';
import type { Poll } from '../../../host/host';
import { choose, percents, showsResults, winners } from './polls';
import { MOST_ANSWERS, PollDraft } from './pollDraft.svelte';

const poll = (votes: number[], more: Partial<Poll> = {}): Poll => ({ ...(body('?', votes.map(String), { votes }) as { poll: Poll }).poll, ...more });

describe('an answer that is clicked', () => {
  it('replaces the other one where there is one choice', () => {
    expect(choose(poll([0, 0]), ['a0'], 'a1')).toEqual(['a1']);
  });

  it('is added or taken back where there are several, up to the number allowed', () => {
    const several = poll([0, 0, 0], { most: 2 });
    expect(choose(several, ['a0'], 'a1')).toEqual(['a0', 'a1']);
    expect(choose(several, ['a0', 'a1'], 'a0')).toEqual(['a1']);
    expect(choose(several, ['a0', 'a1'], 'a2')).toEqual(['a0', 'a1']);
  });
});

describe('results', () => {
  it('show after the own vote, at the end and to the author, never while they are kept back', () => {
    const open = poll([1, 2]);
    const voted = { ...open, answers: open.answers.map((answer, i) => ({ ...answer, own: i === 0 })) };
    const kept = { ...voted, answers: voted.answers.map((answer) => ({ ...answer, votes: null })) };
    expect([showsResults(open, false), showsResults(open, true), showsResults(voted, false), showsResults({ ...open, ended: true }, false), showsResults(kept, true)]).toEqual([false, true, true, true, false]);
  });

  it('of one choice add up to a hundred, and none is off by more than one', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 2, maxLength: 20 }), (votes) => {
        const all = votes.reduce((sum, n) => sum + n, 0);
        const shares = percents(poll(votes));
        expect(shares.reduce((sum, n) => sum + n, 0)).toBe(all === 0 ? 0 : 100);
        shares.forEach((share, i) => expect(Math.abs(share - (all === 0 ? 0 : (100 * votes[i]!) / all))).toBeLessThanOrEqual(1));
      }),
    );
  });

  it('of several choices are shares of the people, each at most a hundred', () => {
    expect(percents(poll([3, 3, 1], { most: 3, voters: 3 }))).toEqual([100, 100, 33]);
  });

  it('name who leads only at the end, and nobody where nobody voted', () => {
    expect([...winners(poll([2, 3, 3]))]).toEqual([]);
    expect([...winners(poll([2, 3, 3], { ended: true }))]).toEqual(['a1', 'a2']);
    expect([...winners(poll([0, 0], { ended: true }))]).toEqual([]);
  });
});

describe('a poll that is written', () => {
  it('offers one more line as soon as the last one is used', () => {
    const draft = new PollDraft();
    draft.write(1, 'да');
    expect(draft.answers).toEqual(['', 'да', '']);
    for (let i = 0; i < MOST_ANSWERS; i++) draft.write(i, String(i));
    expect(draft.answers).toHaveLength(MOST_ANSWERS);
  });

  it('takes pasted lines as answers, without their bullets and numbers', () => {
    const draft = new PollDraft();
    draft.write(0, 'первый');
    expect(draft.paste(1, '- Среда\r\n2) Четверг\n\n• Суббота')).toBe(true);
    expect(draft.answers).toEqual(['первый', 'Среда', 'Четверг', 'Суббота', '']);
    expect(draft.paste(0, 'одна строка')).toBe(false);
  });

  it('never has more answers than a poll may have, nor fewer lines than two', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.record({ paste: fc.array(fc.string(), { maxLength: 40 }) }), fc.record({ remove: fc.nat(25) }), fc.record({ write: fc.string() }))), (steps) => {
        const draft = new PollDraft();
        for (const step of steps) {
          const last = draft.answers.length - 1;
          if ('paste' in step) draft.paste(last, step.paste.join('\n'));
          else if ('remove' in step) draft.remove(Math.min(step.remove, last));
          else draft.write(last, step.write);
          expect(draft.answers.length).toBeGreaterThanOrEqual(2);
          expect(draft.answers.length).toBeLessThanOrEqual(MOST_ANSWERS);
        }
      }),
    );
  });

  it('knows where an answer is repeated', () => {
    const draft = new PollDraft();
    ['Да', 'Нет', ' да '].forEach((answer, i) => draft.write(i, answer));
    expect([draft.repeated, draft.answers.length]).toEqual([2, 4]);
    draft.write(2, 'Не знаю');
    expect(draft.repeated).toBe(-1);
  });

  it('says what is still missing', () => {
    const draft = new PollDraft();
    expect(draft.missing).toBe('question');
    draft.question = 'Когда?';
    draft.write(0, 'Среда');
    expect(draft.missing).toBe('answers');
    draft.write(1, ' среда ');
    expect(draft.missing).toBe('same');
    draft.write(1, 'Четверг ');
    expect(draft.missing).toBeNull();
    expect(draft.poll).toEqual({ question: 'Когда?', answers: ['Среда', 'Четверг'], multiple: false, disclosed: true });
  });
});
