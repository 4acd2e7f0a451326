import { describe, expect, it } from 'vitest';
import { excessOf, faults, resolve } from '../resolve.ts';

const event = { nested: { a: { b: 'deep' }, list: [1, { c: null }] }, name: 'x', nil: null };
const flatten = (value: unknown, more: object = {}) => ({ '@flatten': { value, separator: '.', ...more } });

describe('@flatten', () => {
  it.each([
    [flatten({ '@path': 'nested' }), { 'a.b': 'deep', 'list.0': 1, 'list.1.c': null }],
    [flatten({ '@path': 'nested' }, { separator: '__' }), { a__b: 'deep', list__0: 1, list__1__c: null }],
    [flatten({ '@path': 'nested' }, { omitArrays: true }), { 'a.b': 'deep', list: [1, { c: null }] }],
    [flatten({ a: {}, b: [], c: 1 }), { c: 1 }],
    [flatten({ a: {}, b: [], c: 1 }, { omitArrays: true }), { b: [], c: 1 }],
    [flatten({ a: { '@path': 'nope' }, b: [{ '@path': 'nope' }] }), {}],
    [flatten({ a: { b: 1 }, 'a.b': 2 }), { 'a.b': 2 }],
    [flatten({ '@path': 'name' }), { '': 'x' }],
    [flatten({ '@path': 'nil' }), { '': null }],
    [flatten({ '@path': 'nope' }), {}],
  ])('%j gives %j', (mapping, expected) => {
    expect(resolve(mapping, event)).toStrictEqual(expected);
  });

  it('never makes a key called __proto__', () => {
    const made = resolve(flatten({ '@path': '' }), JSON.parse('{"__proto__": 1, "a": {"__proto__": 2}}'));

    expect(made).toStrictEqual({ 'a.__proto__': 2 });
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  });

  it.each([
    ['300 keys', Array(30_000).fill(1), 300],
    ['100,000 characters of keys', { ['k'.repeat(998)]: Array(1_000).fill(1) }, 99],
    ['what vanishes', [Array(1_001).fill({}), Array(10_000).fill(1)], 0],
  ])('leaves out what is beyond %s', (_, value, kept) => {
    const { made, cuts } = excessOf(flatten({ '@path': 'x' }), { x: value });

    expect([Object.keys(made as object).length, cuts]).toEqual([kept, 1]);
  });

  it.each([
    [{ value: 'x' }, '/@flatten/separator should be text but it is missing'],
    [{ value: 'x', separator: '' }, '/@flatten/separator should not be empty'],
    [{ value: 'x', separator: { '@path': 'a' } }, '/@flatten/separator should be text but it is a directive'],
    [{ separator: '.' }, '/@flatten should have "value"'],
    [
      { value: 'x', separator: '.', omitArrays: 'yes' },
      '/@flatten/omitArrays should be true or false but it is a string',
    ],
  ])('refuses %j', (options, expected) => {
    expect(faults({ '@flatten': options })).toEqual([expected]);
  });
});
