// Applies the ordered changes of a list that the core sends.

export type Diff<T> =
  | { op: 'reset'; items: T[] }
  | { op: 'append'; items: T[] }
  | { op: 'pushFront'; item: T }
  | { op: 'pushBack'; item: T }
  | { op: 'popFront' }
  | { op: 'popBack' }
  | { op: 'insert'; index: number; item: T }
  | { op: 'set'; index: number; item: T }
  | { op: 'remove'; index: number }
  | { op: 'truncate'; length: number }
  | { op: 'clear' };

/** A new list; the given one stays as it was. */
export function applyDiffs<T>(list: readonly T[], diffs: readonly Diff<T>[]): T[] {
  let next = list.slice();
  for (const diff of diffs) next = applyDiff(next, diff);
  return next;
}

function applyDiff<T>(list: T[], diff: Diff<T>): T[] {
  switch (diff.op) {
    case 'reset':
      return diff.items.slice();
    case 'append':
      return list.concat(diff.items);
    case 'pushFront':
      list.unshift(diff.item);
      return list;
    case 'pushBack':
      list.push(diff.item);
      return list;
    case 'popFront':
      list.shift();
      return list;
    case 'popBack':
      list.pop();
      return list;
    case 'insert':
      list.splice(diff.index, 0, diff.item);
      return list;
    case 'set':
      list[diff.index] = diff.item;
      return list;
    case 'remove':
      list.splice(diff.index, 1);
      return list;
    case 'truncate':
      list.length = Math.min(list.length, diff.length);
      return list;
    case 'clear':
      return [];
  }
}
