import { describe, expect, it } from 'vitest';
import { compileWildcard } from '../../../shared/fql/wildcard.ts';

describe('compileWildcard', () => {
  it.each([
    ['*', '', true],
    ['*', 'anything', true],
    ['', '', true],
    ['', 'a', false],
    ['abc', 'abc', true],
    ['abc', 'xbc', false],
    ['ab*', 'ab', true],
    ['ab*', 'a', false],
    ['*bc', 'abc', true],
    ['*bc', 'abcd', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c', false],
    ['a*bc*c', 'abc', false],
    ['a**c', 'ac', true],
    ['a.c*', 'abcd', false],
  ])('%s on %s is %s', (pattern, text, expected) => {
    expect(compileWildcard(pattern)(text)).toBe(expected);
  });
});
