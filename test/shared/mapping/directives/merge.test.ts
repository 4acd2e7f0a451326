import { describe, expect, it } from 'vitest';
import { faults, resolve } from '../resolve.ts';

const event = { traits: { plan: 'gold', name: 'T' }, nil: null, list: ['a'], name: 'x' };
const nope = { '@path': 'nope' };

describe('@merge', () => {
  it.each([
    [
      'right',
      [
        { a: 1, b: 1 },
        { b: 2, c: 2 },
      ],
      { a: 1, b: 2, c: 2 },
    ],
    [
      'left',
      [
        { a: 1, b: 1 },
        { b: 2, c: 2 },
      ],
      { a: 1, b: 1, c: 2 },
    ],
    ['LEFT', [{ a: 1 }, { a: 2 }], { a: 1 }],
    ['right', [{ a: { x: 1 } }, { a: { y: 2 } }], { a: { y: 2 } }],
    ['right', [{ '@path': 'traits' }, { extra: { '@path': 'name' } }], { plan: 'gold', name: 'T', extra: 'x' }],
    ['right', [{ '@path': 'nil' }, nope, { a: 1 }], { a: 1 }],
    ['right', [{ '@path': 'list' }, { '@path': 'name' }, { a: 1 }], { a: 1 }],
    ['right', [{ a: 1 }, { a: nope }], {}],
    ['left', [{ a: nope }, { a: 1 }], {}],
    ['right', [{ a: 1 }, { '@if': { exists: 'x', then: { a: nope } } }], {}],
    ['right', [{ a: 1 }, { '@excludeWhenNull': { a: null } }], {}],
    ['right', [{ a: 1 }, { a: null }], { a: null }],
    ['right', [], {}],
  ])('to the %s, %j give %j', (direction, objects, expected) => {
    expect(resolve({ '@merge': { objects, direction } }, event)).toStrictEqual(expected);
  });

  it('leaves what it lays over each other alone', () => {
    const subject = { a: { x: 1 }, b: { x: 2 } };

    resolve({ '@merge': { objects: [{ '@path': 'a' }, { '@path': 'b' }], direction: 'right' } }, subject);

    expect(subject).toEqual({ a: { x: 1 }, b: { x: 2 } });
  });

  it('never makes a key called __proto__', () => {
    const subject = JSON.parse('{"a": {"__proto__": {"polluted": true}}}');
    const made = resolve({ '@merge': { objects: [{ '@path': 'a' }], direction: 'right' } }, subject);

    expect(made).toStrictEqual({});
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  });

  it.each([
    [{ objects: [{}] }, '/@merge/direction should be one of left, right'],
    [{ objects: [{}], direction: 'up' }, '/@merge/direction should be one of left, right'],
    [{ direction: 'left' }, '/@merge/objects should be an array but it is undefined'],
    [{ objects: { a: 1 }, direction: 'left' }, '/@merge/objects should be an array but it is an object'],
    [
      { objects: ['abc'], direction: 'left' },
      '/@merge/objects/0 should be an object or a mapping directive but it is a string',
    ],
  ])('refuses %j', (options, expected) => {
    expect(faults({ '@merge': options })).toEqual([expected]);
  });
});
