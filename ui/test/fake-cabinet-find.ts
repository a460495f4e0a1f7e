// Finding people in the fake host's cabinet: the beginnings of words, without the core's forgiveness for typos and layouts.

import { fold } from '../src/lib/match';
import type { FakeCabinet } from './fake-cabinet';
import type { Answers } from './fake-handlers';
import type { PlainClass, PlainPerson } from './sample-cabinet';

/** Letters of another alphabet that are typed for those of a class. */
const LATIN: Record<string, string> = { a: 'а', b: 'б', c: 'с', d: 'д', e: 'е', g: 'г', k: 'к', m: 'м', v: 'в' };

/** A class is written 7А, 7 А, 7 «А» and 7A: they become one word. */
function foldClasses(text: string): string {
  return fold(text)
    .replace(/(^| )(\d{1,2}) (\p{L})(?= |$)/gu, '$1$2$3')
    .replace(/(^| )(\d{1,2})([a-z])(?= |$)/g, (_, blank: string, stage: string, letter: string) => blank + stage + (LATIN[letter] ?? letter));
}

interface Texts {
  name: string;
  /** Each word after a blank. */
  all: string;
}

export function cabinetFinding(fake: FakeCabinet): Answers<'find_in_cabinet'> {
  let kept = new WeakMap<PlainPerson, Texts>();
  let classes: PlainClass[] = [];
  const textsOf = (person: PlainPerson): Texts => {
    const known = kept.get(person);
    if (known) return known;
    const labels = person.classes.flatMap(({ class: id }) => fake.plan.classes.find((one) => one.id === id)?.label ?? []);
    const name = ` ${fold(person.name)}`;
    const texts = { name, all: `${name} ${fold([person.position ?? '', ...person.subjects].join(' '))} ${labels.map(foldClasses).join(' ')}` };
    kept.set(person, texts);
    return texts;
  };
  return {
    find_in_cabinet: ({ text }) => {
      if (classes !== fake.plan.classes) {
        classes = fake.plan.classes;
        kept = new WeakMap();
      }
      const words = foldClasses(text).split(' ').filter(Boolean).map((word) => ` ${word}`);
      const rank = ({ name, all }: Texts) => (!words.every((word) => all.includes(word)) ? 3 : name.startsWith(words[0] ?? '') ? 0 : words.every((word) => name.includes(word)) ? 1 : 2);
      const ranked: string[][] = [[], [], [], []];
      for (const person of fake.plan.people) ranked[rank(textsOf(person))]!.push(person.id);
      return ranked.slice(0, 3).flat();
    },
  };
}
