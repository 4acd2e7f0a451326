import { describe, expect, it } from 'vitest';
import { parseEventPath, parsePath, walk } from '../../../shared/mapping/path.ts';

describe('parsePath', () => {
  it.each([
    ['a.b.c', ['a', 'b', 'c']],
    ['a[0].b', ['a', '0', 'b']],
    ['a.0.b', ['a', '0', 'b']],
    ['[0]', ['0']],
    ["a['b c']", ['a', 'b c']],
    ['a["b"]["c"]', ['a', 'b', 'c']],
    ["a['b.c']", ['a', 'b', 'c']],
    ["it's", ['its']],
    ['a[name]', ['a[name]']],
    ['a b-c', ['a b-c']],
    ['..a..', ['a']],
    ['', []],
    ['.', []],
    ['$', ['$']],
    ['$.a', ['$', 'a']],
  ])('%s becomes %j', (path, steps) => {
    expect(parsePath(path)).toEqual(steps);
  });
});

describe('parseEventPath', () => {
  it.each([
    ['$.a.b', ['a', 'b']],
    ['a.b', ['a', 'b']],
    ['a$.b', ['ab']],
    ['$.$.a', ['$', 'a']],
    ['$.', []],
    ['$', ['$']],
  ])('%s becomes %j', (path, steps) => {
    expect(parseEventPath(path)).toEqual(steps);
  });
});

describe('walk', () => {
  const event = {
    a: { b: [10, { c: 'deep' }] },
    zero: 0,
    nil: null,
    empty: '',
    no: false,
    text: 'hey',
    own: JSON.parse('{"__proto__": {"x": 1}, "constructor": "Ferrari"}'),
  };

  it.each([
    ['', event],
    ['a.b[1].c', 'deep'],
    ['a.b.0', 10],
    ['a.b.length', 2],
    ['text.1', 'e'],
    ['text.length', 3],
    ['a.b[9]', undefined],
    ['a.b[-1]', undefined],
    ['missing.x.y', undefined],
    ['nil.x', null],
    ['zero.x.y', 0],
    ['empty.x', ''],
    ['no.x', false],
    ['own.constructor', 'Ferrari'],
    ['own.__proto__', undefined],
    ['own.__proto__.x', undefined],
    ['a.constructor.name', undefined],
    ['a.toString', undefined],
    ['__proto__', undefined],
    ['text.toUpperCase', undefined],
  ])('%s gives %j', (path, expected) => {
    expect(walk(event, parsePath(path))).toEqual(expected);
  });

  it('gives the missing or null event itself', () => {
    expect([walk(undefined, ['a']), walk(null, ['a'])]).toEqual([undefined, null]);
  });
});
