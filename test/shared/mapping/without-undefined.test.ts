import { describe, expect, it } from 'vitest';
import { excessNoted } from '../../../shared/mapping/excess.ts';
import { MappingResolveError } from '../../../shared/mapping/mapping-errors.ts';
import { withoutUndefined } from '../../../shared/mapping/without-undefined.ts';

const named = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, at]));

describe('withoutUndefined', () => {
  it.each([
    [{ a: undefined, b: 1 }, { b: 1 }],
    [{ a: { b: undefined } }, { a: {} }],
    [{ a: [1, undefined, { b: undefined }] }, { a: [1, null, {}] }],
    [{ a: null }, { a: null }],
    [undefined, undefined],
    [[undefined], [null]],
  ])('%j becomes %j', (value, expected) => {
    expect(withoutUndefined(value)).toStrictEqual(expected);
  });

  it('gives back the very value when nothing is missing', () => {
    const value = { a: [1, { b: null }] };

    expect(withoutUndefined(value)).toBe(value);
  });

  it('leaves the value it was given alone', () => {
    const value = Object.freeze({ a: undefined, list: Object.freeze([undefined]) });

    expect(withoutUndefined(value)).toStrictEqual({ list: [null] });
  });

  it('drops a member called __proto__', () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}, "a": 1}');

    expect(Object.getOwnPropertyNames(withoutUndefined(value))).toEqual(['a']);
  });

  it.each([
    ['items', Array(2_501).fill(1), Array(2_500).fill(1)],
    ['items at all depths', [Array(2_000).fill(1), Array(2_000).fill(1)], [Array(2_000).fill(1), Array(498).fill(1)]],
    [
      'members',
      { a: Array(2_490).fill(1), b: { c: 1 }, ...named(20) },
      { a: Array(2_490).fill(1), b: { c: 1 }, ...named(7) },
    ],
    ['members of one object', { a: named(301) }, { a: named(300) }],
  ])('leaves out what is beyond the most %s, and tells it', (_, value, kept) => {
    const before = excessNoted();

    expect(withoutUndefined(value)).toStrictEqual(kept);
    expect(excessNoted()).toBe(before + 1);
    expect(withoutUndefined(kept)).toBe(kept);
  });

  it('refuses what is nested too deeply for the stack', () => {
    const value = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);

    expect(() => withoutUndefined(value)).toThrow(MappingResolveError);
  });
});
