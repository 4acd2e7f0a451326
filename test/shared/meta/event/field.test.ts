import { describe, expect, it } from 'vitest';
import { defaultMapping, firstOf, number, object, path, text } from '../../../../shared/meta/event/field.ts';
import { compileMapping } from '../../../../shared/mapping/compile-mapping.ts';

describe('firstOf', () => {
  const first = compileMapping(firstOf('$.a.x', '$.b', '$.c'));

  it.each<[string, unknown, unknown]>([
    ['the first that is there', { a: { x: 1 }, b: 2, c: 3 }, 1],
    ['the next after a missing one', { b: 2, c: 3 }, 2],
    ['the next after null', { a: null, b: 2 }, 2],
    ['the next after empty text', { a: { x: '' }, b: 'two' }, 'two'],
    ['the last', { c: 3 }, 3],
    ['zero', { a: { x: 0 }, b: 2 }, 0],
    ['false', { a: { x: false }, b: 2 }, false],
    ['an object', { a: { x: { y: 1 } }, b: 2 }, { y: 1 }],
    ['nothing', {}, undefined],
  ])('takes %s', (_, event, expected) => {
    expect(first(event)).toEqual(expected);
  });

  it('is a plain path where there is one alone', () => {
    expect(firstOf('$.a')).toEqual(path('$.a'));
  });
});

describe('defaultMapping', () => {
  it('holds the fields that have a default, and members of their own', () => {
    const fields = {
      a: text('A', { default: path('$.a') }),
      b: number('B'),
      c: object('C', { properties: { d: text('D', { default: 'd' }), e: text('E') } }),
      f: object('F', { properties: { g: text('G') } }),
      zero: number('Zero', { default: 0 }),
    };

    expect(defaultMapping(fields)).toEqual({ a: path('$.a'), c: { d: 'd' }, zero: 0 });
  });
});
