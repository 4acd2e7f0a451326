import { describe, expect, it } from 'vitest';
import { MappingResolveError } from '../../../../shared/mapping/compile-mapping.ts';
import { faults, resolve } from '../resolve.ts';

const event = { properties: { name: 'Widget', zero: 0, nil: null, path: '$.properties.name', tags: ['a', 'b'] } };

describe('@path', () => {
  it.each([
    ['$.properties.name', 'Widget'],
    ['properties.name', 'Widget'],
    ['$.properties.tags[1]', 'b'],
    ['', event],
    ['.', event],
    ['$.', event],
    ['$', undefined],
    ['$.properties.nope', undefined],
    ['$.properties.nope.x', undefined],
    ['$.properties.nil', null],
    ['$.properties.nil.x', null],
    ['$.properties.zero.x', 0],
    ['$.properties.constructor.name', undefined],
    ['$.__proto__', undefined],
    [{ '@path': '$.properties.path' }, 'Widget'],
    [{ '@template': '$.properties.{{properties.nope}}name' }, 'Widget'],
  ])('%j gives %j', (path, expected) => {
    expect(resolve({ '@path': path }, event)).toStrictEqual(expected);
  });

  it.each([
    ['$.properties.nope', 'undefined'],
    ['$.properties.nil', 'null'],
    ['$.properties.zero', 'a number'],
    ['$.properties.tags', 'an array'],
  ])('fails when the path itself comes from %s', (path, type) => {
    const failing = expect(() => resolve({ v: { '@path': { '@path': path } } }, event));

    failing.toThrow(MappingResolveError);
    failing.toThrow(`/v/@path: expected text, got ${type}`);
  });

  it.each([5, null, ['$.event'], { a: 1 }])('refuses %j', (path) => {
    expect(faults({ '@path': path })).toEqual([expect.stringMatching('^/@path should be text or a mapping directive')]);
  });
});
