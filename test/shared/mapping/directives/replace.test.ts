import { describe, expect, it } from 'vitest';
import { faults, resolve } from '../resolve.ts';

const event = { text: 'The Quick-Brown-fox', yes: true, no: false, zero: 0, nil: null, list: ['a'], empty: '' };
const text = { '@path': 'text' };

describe('@replace', () => {
  it.each([
    [{ value: text, pattern: '-', replacement: '_' }, 'The Quick_Brown_fox'],
    [{ value: text, pattern: '-' }, 'The QuickBrownfox'],
    [{ value: text, pattern: '-', replacement: null }, 'The QuickBrownfox'],
    [{ value: text, pattern: '-', replacement: '_', global: false }, 'The Quick_Brown-fox'],
    [{ value: text, pattern: 'the', replacement: 'A' }, 'The Quick-Brown-fox'],
    [{ value: text, pattern: 'the', replacement: 'A', ignorecase: true }, 'A Quick-Brown-fox'],
    [{ value: text, pattern: '-', replacement: ' ', pattern2: 'fox', replacement2: 'dog' }, 'The Quick Brown dog'],
    [{ value: text, pattern: '-', replacement: 'z', pattern2: 'z' }, 'The QuickBrownfox'],
    [{ value: text, pattern: '-', replacement: '+', pattern2: null }, 'The Quick+Brown+fox'],
    [{ value: 'a+b(c)[d]', pattern: '(c)', replacement: '!' }, 'a+b![d]'],
    [{ value: 'a.b^c$d', pattern: '.', replacement: '$&' }, 'a$&b^c$d'],
    [{ value: 'a\\b/c', pattern: '\\', replacement: '/' }, 'a/b/c'],
    [{ value: 'ÅÄÖ-åäö', pattern: 'å', replacement: 'a', ignorecase: true }, 'aÄÖ-aäö'],
    [{ value: { '@path': 'yes' }, pattern: 'true', replacement: 'Y' }, 'Y'],
    [{ value: { '@path': 'no' }, pattern: 'false', replacement: 'N' }, 'N'],
    [{ value: { '@path': 'zero' }, pattern: '0', replacement: '1' }, '1'],
    [{ value: { '@path': 'empty' }, pattern: 'x' }, ''],
    [{ value: { '@path': 'nil' }, pattern: 'x' }, ''],
    [{ value: { '@path': 'nope' }, pattern: 'x' }, ''],
    [{ value: { '@path': 'list' }, pattern: 'x' }, ''],
    [{ value: '', pattern: 'x' }, undefined],
  ])('%j gives %j', (options, expected) => {
    expect(resolve({ '@replace': options }, event)).toBe(expected);
  });

  it.each([
    [{ pattern: 'a' }, '/@replace should have "value"'],
    [{ value: 5, pattern: 'a' }, '/@replace/value should be text or a mapping directive but it is a number'],
    [{ value: 'a' }, '/@replace/pattern should be text but it is missing'],
    [{ value: 'a', pattern: '' }, '/@replace/pattern should not be empty'],
    [{ value: 'a', pattern: '0123456789a' }, '/@replace/pattern should be at most 10 characters long'],
    [{ value: 'a', pattern: 'a', replacement: 5 }, '/@replace/replacement should be text but it is a number'],
    [
      { value: 'a', pattern: 'a', replacement: '01234567890' },
      '/@replace/replacement should be at most 10 characters long',
    ],
    [{ value: 'a', pattern: 'a', pattern2: '01234567890' }, '/@replace/pattern2 should be at most 10 characters long'],
    [{ value: 'a', pattern: 'a', global: 'yes' }, '/@replace/global should be true or false but it is a string'],
  ])('refuses %j', (options, expected) => {
    expect(faults({ '@replace': options })).toEqual([expected]);
  });
});
