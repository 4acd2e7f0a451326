import { describe, expect, it } from 'vitest';
import { excessOf, faults, resolve } from '../resolve.ts';

const products = [{ id: 'p1', quantity: 2 }, { id: 'p2' }];
const event = { products, one: { id: 'p9' }, tags: ['a', null], nil: null, price: 9.99, name: 'x', empty: [] };
const id = { id: { '@path': '$.id' } };

describe('@arrayPath', () => {
  it.each([
    [['$.products'], products],
    [['$.products', null], products],
    [['$.products', {}], products],
    [
      ['$.products', { ...id, kind: 'product', q: { '@path': 'quantity' } }],
      [
        { id: 'p1', kind: 'product', q: 2 },
        { id: 'p2', kind: 'product' },
      ],
    ],
    [
      ['$.products', { '@path': '$.id' }],
      ['p1', 'p2'],
    ],
    [
      ['$.products', { '@path': '$.quantity' }],
      [2, null],
    ],
    [
      ['$.products', { '@merge': { objects: [{ currency: 'USD' }, { '@path': '.' }], direction: 'right' } }],
      [
        { currency: 'USD', id: 'p1', quantity: 2 },
        { currency: 'USD', id: 'p2' },
      ],
    ],
    [['$.one', id], [{ id: 'p9' }]],
    [['', { n: { '@path': 'name' } }], [{ n: 'x' }]],
    [['$.empty', id], []],
    [
      ['$.tags', { v: { '@path': '' } }],
      [{ v: 'a' }, { v: null }],
    ],
    [
      ['$.tags', id],
      [{}, { id: null }],
    ],
    [['$.nil', id], null],
    [['$.nope', id], undefined],
    [['$.price', id], 9.99],
    [['$.name', id], 'x'],
    [
      [{ '@path': '$.products' }, id],
      [{ id: 'p1' }, { id: 'p2' }],
    ],
    [[{ '@json': { mode: 'decode', value: '[{"id":1}]' } }, id], [{ id: 1 }]],
  ])('%j gives %j', (argument, expected) => {
    expect(resolve({ '@arrayPath': argument }, event)).toStrictEqual(expected);
  });

  it('leaves out what is beyond 1,000 items', () => {
    const mapping = { v: { '@arrayPath': ['$.list', id] } };

    expect(excessOf(mapping, { list: Array(1_001).fill({}) })).toMatchObject({
      made: { v: { length: 1_000 } },
      cuts: 1,
    });
    expect(excessOf(mapping, { list: Array(1_000).fill({}) })).toMatchObject({
      made: { v: { length: 1_000 } },
      cuts: 0,
    });
  });

  it.each([
    ['$.products', '/@arrayPath should be an array but it is a string'],
    [[], '/@arrayPath/0 should be text or a mapping directive but it is missing'],
    [[{ a: 1 }], '/@arrayPath/0 should be text or a mapping directive but it is an object'],
    [['$.products', '$.id'], '/@arrayPath/1 should be an object but it is a string'],
    [
      ['$.products', { a: { '@path': 1 } }],
      '/@arrayPath/1/a/@path should be text or a mapping directive but it is a number',
    ],
  ])('refuses %j', (argument, expected) => {
    expect(faults({ '@arrayPath': argument })).toEqual([expected]);
  });
});
