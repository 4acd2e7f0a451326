import { describe, expect, it } from 'vitest';
import { MappingResolveError } from '../../../shared/mapping/mapping-errors.ts';
import { withoutUndefined } from '../../../shared/mapping/without-undefined.ts';

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

  it('refuses what is nested too deeply for the stack', () => {
    const value = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);

    expect(() => withoutUndefined(value)).toThrow(MappingResolveError);
  });
});
