// What a poll shows and what a click on an answer means. Pure.

import type { Poll } from '../../../host/host';

/** The answers the person has chosen. */
export function ownAnswers(poll: Poll): string[] {
  return poll.answers.filter((answer) => answer.own).map((answer) => answer.id);
}

/** What is chosen after a click; one who may choose a single answer changes his mind with it. */
export function choose(poll: Poll, chosen: readonly string[], answer: string): string[] {
  if (poll.most === 1) return [answer];
  if (chosen.includes(answer)) return chosen.filter((other) => other !== answer);
  return chosen.length < poll.most ? [...chosen, answer] : [...chosen];
}

/** Results would sway those who have not voted: they show after one's own vote, at the end, and to the author. */
export function showsResults(poll: Poll, author: boolean): boolean {
  return poll.answers.every((answer) => answer.votes !== null) && (poll.ended || author || ownAnswers(poll).length > 0);
}

/** Percent of the voters, for each answer. For single choice they add up to a hundred: nobody trusts 33, 33 and 33. */
export function percents(poll: Poll): number[] {
  const votes = poll.answers.map((answer) => answer.votes ?? 0);
  if (poll.voters === 0) return votes.map(() => 0);
  const exact = votes.map((count) => Math.min(100, (100 * count) / poll.voters));
  const whole = exact.map(Math.floor);
  if (poll.most > 1 || votes.reduce((sum, count) => sum + count, 0) !== poll.voters) return exact.map(Math.round);
  const order = exact.map((share, i) => ({ i, rest: share - whole[i]! })).sort((a, b) => b.rest - a.rest);
  let missing = 100 - whole.reduce((sum, share) => sum + share, 0);
  for (const { i } of order) if (missing-- > 0) whole[i]!++;
  return whole;
}

/** The answers that lead at the end. */
export function winners(poll: Poll): Set<string> {
  const best = Math.max(1, ...poll.answers.map((answer) => answer.votes ?? 0));
  return new Set(poll.ended ? poll.answers.filter((answer) => answer.votes === best).map((answer) => answer.id) : []);
}
