// Finds names by the beginnings of their words, in any order: «пет мар» finds «Мария Петровна».

/** Case and ё do not matter, nor does anything that is neither letter nor digit. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** How well a name fits; 0 is not at all. A name that begins with what was typed comes first. */
export function score(name: string, query: string): number {
  const wanted = fold(query);
  if (wanted === '') return 1;
  const folded = fold(name);
  if (folded.startsWith(wanted)) return 3;
  // A class is written 5А, 5 А and 5 «А».
  if (folded.replaceAll(' ', '').startsWith(wanted.replaceAll(' ', ''))) return 2;
  const words = folded.split(' ');
  return wanted.split(' ').every((part) => words.some((word) => word.startsWith(part))) ? 1 : 0;
}
