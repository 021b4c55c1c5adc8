import { expect, test } from 'vitest';
import { listSearch, readListChoice } from './filter';

test('a choice survives its address', () => {
  const choice = { status: 'paused', search: 'base & more', cursor: 'abc.def' };
  expect(readListChoice(Object.fromEntries(new URLSearchParams(listSearch(choice))))).toEqual(choice);
});

test('what an address cannot mean is left out', () => {
  expect(readListChoice({ status: 'pooled', q: ['a\0', 'b'] })).toEqual({ status: '', search: 'a', cursor: '' });
  expect(listSearch({ status: '', search: '', cursor: '' })).toBe('');
});
