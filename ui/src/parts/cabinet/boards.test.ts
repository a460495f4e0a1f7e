import { expect, it } from 'vitest';
import { boardName, boardOf } from './boards';

it('calls everybody into the body of his role, and nobody of a role it does not know', () => {
  expect((['teacher', 'staff', 'parent', 'student', 'other'] as const).map(boardOf)).toEqual(['heads', 'heads', 'committee', 'council', null]);
});

it('says the words of the kind', () => {
  expect(boardName('council', 'school')).toBe('Совет учеников');
  expect(boardName('council', 'college')).toBe('Студенческий совет');
  expect(boardName('committee', 'kindergarten')).toBe('Родительский комитет');
});
