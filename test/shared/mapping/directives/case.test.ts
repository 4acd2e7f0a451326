import { describe, expect, it } from 'vitest';
import { MappingResolveError } from '../../../../shared/mapping/compile-mapping.ts';
import { faults, resolve } from '../resolve.ts';

const event = { text: 'Straße', price: 9.99, nil: null, object: { a: 'x' }, empty: '' };

describe('@case', () => {
  it.each([
    ['upper', { '@path': 'text' }, 'STRASSE'],
    ['lower', { '@path': 'text' }, 'straße'],
    ['upper', 'abc', 'ABC'],
    ['upper', { '@path': 'empty' }, ''],
    ['upper', { '@path': 'price' }, 9.99],
    ['upper', { '@path': 'object' }, { a: 'x' }],
    ['upper', { '@path': 'nil' }, null],
    ['upper', { '@path': 'nope' }, undefined],
    ['upper', '', undefined],
    ['upper', undefined, undefined],
    ['title', { '@path': 'price' }, 9.99],
  ])('%s of %j is %j', (operator, value, expected) => {
    expect(resolve({ '@case': { operator, value } }, event)).toEqual(expected);
  });

  it('fails when an unknown operator meets text', () => {
    expect(() => resolve({ v: { '@case': { operator: 'title', value: { '@path': 'text' } } } }, event)).toThrow(
      new MappingResolveError('/v/@case/operator', 'should be lower or upper'),
    );
  });

  it.each([
    [{ value: 'x' }, '/@case should have an "operator": lower or upper'],
    [{ operator: 5, value: 'x' }, '/@case should have an "operator": lower or upper'],
    [{ operator: 'title', value: 'x' }, '/@case/operator should be lower or upper'],
    [{ operator: 'toString', value: 'x' }, '/@case/operator should be lower or upper'],
    [{ operator: 'upper', value: 5 }, '/@case/value should be text or a mapping directive but it is a number'],
    ['upper', '/@case should be an object but it is a string'],
  ])('refuses %j', (options, expected) => {
    expect(faults({ '@case': options })).toEqual([expected]);
  });
});
