// A poll that is being written.

import type { NewPoll } from '../../../host/host';

export const MOST_ANSWERS = 20;

/** There is always an empty line for one more answer. */
export class PollDraft {
  question = $state('');
  answers: string[] = $state(['', '']);
  multiple = $state(false);
  disclosed = $state(true);

  write(at: number, text: string): void {
    this.answers[at] = text;
    if (this.answers.at(-1)!.trim() !== '' && this.answers.length < MOST_ANSWERS) this.answers.push('');
  }

  /** Lines that are pasted fill this answer and the following ones; false where it is one line. */
  paste(at: number, text: string): boolean {
    const lines = text.split(/\r?\n/).map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim()).filter(Boolean);
    if (lines.length < 2) return false;
    const before = this.answers.slice(0, at);
    const after = this.answers.slice(at + 1).filter((answer) => answer.trim() !== '');
    const all = [...before, ...lines, ...after].slice(0, MOST_ANSWERS);
    this.answers = all.length < MOST_ANSWERS ? [...all, ''] : all;
    return true;
  }

  remove(at: number): void {
    this.answers = this.answers.toSpliced(at, 1);
    while (this.answers.length < 2) this.answers.push('');
    if (this.answers.at(-1)!.trim() !== '' && this.answers.length < MOST_ANSWERS) this.answers.push('');
  }

  /** What is missing, in the order in which one fills it in. */
  get missing(): 'question' | 'answers' | 'same' | null {
    const answers = this.#said();
    if (this.question.trim() === '') return 'question';
    if (answers.length < 2) return 'answers';
    return new Set(answers.map((answer) => answer.toLowerCase())).size < answers.length ? 'same' : null;
  }

  /** Where an answer stands that is there already; -1 where there is none. */
  get repeated(): number {
    const said = this.answers.map((answer) => answer.trim().toLowerCase());
    return said.findIndex((answer, i) => answer !== '' && said.indexOf(answer) < i);
  }

  get empty(): boolean {
    return this.question.trim() === '' && this.#said().length === 0;
  }

  get poll(): NewPoll {
    return { question: this.question.trim(), answers: this.#said(), multiple: this.multiple, disclosed: this.disclosed };
  }

  #said(): string[] {
    return this.answers.map((answer) => answer.trim()).filter(Boolean);
  }
}
