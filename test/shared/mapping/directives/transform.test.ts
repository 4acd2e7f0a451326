import { describe, expect, it } from 'vitest';
import { MappingResolveError } from '../../../../shared/mapping/compile-mapping.ts';
import { faults, resolve } from '../resolve.ts';

const event = { name: 'Widget', nested: { a: { b: 'deep' } }, list: ['x'] };
const name = { '@path': 'name' };

describe('@transform', () => {
  it.each([
    [{ n: name }, { x: { '@path': '$.n' } }, { x: 'Widget' }],
    [{ n: name }, { x: name }, {}],
    [{ n: name }, { '@path': '' }, { n: 'Widget' }],
    [{ n: { '@path': 'nope' } }, { x: { '@path': '$.n' }, y: 1 }, { y: 1 }],
    [{ '@path': 'nested' }, { x: { '@path': '$.a.b' } }, { x: 'deep' }],
    [name, { x: { '@path': '' } }, { x: 'Widget' }],
    [{ '@path': 'nope' }, { x: { '@path': '$.a' }, y: 1 }, { y: 1 }],
    [{ n: { '@path': 'nope' } }, { '@merge': { objects: [{ n: 1 }, { '@path': '' }], direction: 'right' } }, { n: 1 }],
  ])('of %j into %j gives %j', (apply, mapping, expected) => {
    expect(resolve({ '@transform': { apply, mapping } }, event)).toStrictEqual(expected);
  });

  it('fails on an item that is no object', () => {
    const mapping = { '@arrayPath': ['$.list', { '@transform': { apply: { a: 1 }, mapping: { b: 2 } } }] };

    expect(() => resolve(mapping, event)).toThrow(
      new MappingResolveError('/@arrayPath/1/@transform', 'expected an object, got a string'),
    );
  });

  it.each([
    [{ apply: {} }, '/@transform/mapping should be an object or a mapping directive but it is missing'],
    [{ mapping: {} }, '/@transform/apply should be an object or a mapping directive but it is missing'],
    [{ apply: 'x', mapping: {} }, '/@transform/apply should be an object or a mapping directive but it is a string'],
    [5, '/@transform should be an object but it is a number'],
  ])('refuses %j', (options, expected) => {
    expect(faults({ '@transform': options })).toEqual([expected]);
  });
});
