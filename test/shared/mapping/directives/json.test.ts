import { describe, expect, it } from 'vitest';
import { MappingResolveError } from '../../../../shared/mapping/compile-mapping.ts';
import { faults, resolve } from '../resolve.ts';

const event = {
  json: '{"a":1,"b":[true,null]}',
  bad: '{oops',
  number: '42',
  nested: { a: { b: 'deep' } },
  nil: null,
  big: 1n,
};

describe('@json', () => {
  it.each([
    ['encode', { '@path': 'nested' }, '{"a":{"b":"deep"}}'],
    ['encode', { '@path': 'number' }, '"42"'],
    ['encode', { '@path': 'nil' }, 'null'],
    ['encode', { '@path': 'nope' }, undefined],
    ['encode', { a: [1, { '@path': 'number' }, { '@path': 'nope' }] }, '{"a":[1,"42",null]}'],
    ['ENCODE', 'x', '"x"'],
    ['decode', { '@path': 'json' }, { a: 1, b: [true, null] }],
    ['decode', { '@path': 'number' }, 42],
    ['decode', { '@path': 'bad' }, '{oops'],
    ['decode', { '@path': 'nested' }, { a: { b: 'deep' } }],
    ['decode', { '@path': 'nil' }, null],
    ['decode', { '@path': 'nope' }, undefined],
  ])('%s of %j gives %j', (mode, value, expected) => {
    expect(resolve({ '@json': { mode, value } }, event)).toEqual(expected);
  });

  it('fails on what JSON has no word for', () => {
    expect(() => resolve({ '@json': { mode: 'encode', value: { '@path': 'big' } } }, event)).toThrow(
      new MappingResolveError('/@json', 'the value cannot be written as JSON'),
    );
  });

  it.each([
    [{ mode: 'encode' }, '/@json should have "value"'],
    [{ mode: 'encode', value: 0 }, '/@json/value should not be empty'],
    [{ mode: 'decode', value: null }, '/@json/value should not be empty'],
    [{ value: 'x' }, '/@json/mode should be one of encode, decode'],
    [{ mode: 'compress', value: 'x' }, '/@json/mode should be one of encode, decode'],
    ['x', '/@json should be an object but it is a string'],
  ])('refuses %j', (options, expected) => {
    expect(faults({ '@json': options })).toEqual([expected]);
  });
});
