import { describe, expect, it } from 'vitest';
import { eventScope, mostSources, tracerWith } from '../../../shared/explain/trace.ts';
import { track } from '../../support/factories.ts';
import { liquid } from './support.ts';

const path = (where: string) => ({ '@path': where });
const event = track(
  'Any',
  {
    name: 'Ann',
    empty: '',
    nothing: null,
    key: '$.properties.name',
    'odd name': 1,
    products: [
      { sku: 'A', price: 1 },
      { product_id: 'B', price: 2 },
    ],
    one: { sku: 'C' },
    text: '{"a": 1}',
  },
  { context: { traits: { email: 'ann@example.com', address: { city: 'Ulm' } } } },
);
const shape = { id: { '@if': { exists: path('$.product_id'), then: path('$.product_id'), else: path('$.sku') } } };
const products = { '@arrayPath': ['$.properties.products', shape] };

const sources = (part: unknown, ...steps: string[]) => tracerWith(liquid).sources(part, steps, eventScope(event));

describe('tracer', () => {
  it.each([
    ['a fixed value', 'x', [], []],
    ['a path', path('$.properties.name'), [], ['$.properties.name']],
    ['a path without its root', path('properties.name'), [], ['$.properties.name']],
    ['a path with brackets', path("$.properties['odd name']"), [], ["$.properties['odd name']"]],
    ['a path into a list', path('$.properties.products[1].price'), [], ['$.properties.products[1].price']],
    ['a path that is missing', path('$.properties.other'), [], []],
    ['a path to null', path('$.properties.nothing'), [], ['$.properties.nothing']],
    ['the whole event', path('$.'), ['type'], ['$.type']],
    ['a part of what is at a path', path('$.context.traits'), ['address', 'city'], ['$.context.traits.address.city']],
    [
      'a path that the event names',
      path(path('$.properties.key') as never),
      [],
      ['$.properties.key', '$.properties.name'],
    ],
    [
      'a template',
      { '@template': '{{properties.name}} of {{{context.traits.address.city}}} {{properties.other}}' },
      [],
      ['$.properties.name', '$.context.traits.address.city'],
    ],
    ['the branch taken', { '@if': { exists: path('$.userId'), then: path('$.userId'), else: 'x' } }, [], ['$.userId']],
    [
      'the other branch',
      { '@if': { blank: path('$.properties.empty'), then: path('$.userId'), else: path('$.properties.name') } },
      [],
      ['$.properties.name'],
    ],
    ['every item of a list', products, [], ['$.properties.products[0].sku', '$.properties.products[1].product_id']],
    ['a member of one item', products, ['1', 'id'], ['$.properties.products[1].product_id']],
    [
      'a lone object in place of a list',
      { '@arrayPath': ['$.properties.one', shape] },
      ['0', 'id'],
      ['$.properties.one.sku'],
    ],
    [
      'a list without a shape',
      { '@arrayPath': ['$.properties.products'] },
      ['0', 'price'],
      ['$.properties.products[0].price'],
    ],
    [
      'the list that a directive chooses',
      { '@arrayPath': [path('$.properties.products'), { price: path('$.price') }] },
      ['0', 'price'],
      ['$.properties.products[0].price'],
    ],
    ['another case', { '@case': { operator: 'upper', value: path('$.event') } }, [], ['$.event']],
    ['replaced text', { '@replace': { pattern: 'a', value: path('$.event') } }, [], ['$.event']],
    ['decoded JSON', { '@json': { mode: 'decode', value: path('$.properties.text') } }, ['a'], ['$.properties.text']],
    [
      'a flattened object',
      { '@flatten': { value: path('$.context.traits'), separator: '_' } },
      ['address_city'],
      ['$.context.traits.address.city'],
    ],
    ['no nulls', { '@excludeWhenNull': { a: path('$.event') } }, ['a'], ['$.event']],
    ['a literal', { '@literal': { a: path('$.event') } }, ['a'], ['$.event']],
    [
      'the last of merged objects',
      { '@merge': { objects: [{ a: path('$.event') }, { a: path('$.userId') }], direction: 'right' } },
      ['a'],
      ['$.userId'],
    ],
    [
      'the first of merged objects',
      { '@merge': { objects: [{ a: path('$.event') }, { a: path('$.userId') }], direction: 'left' } },
      ['a'],
      ['$.event'],
    ],
    [
      'all of merged objects',
      { '@merge': { objects: [path('$.properties.one'), { a: path('$.userId') }], direction: 'right' } },
      [],
      ['$.properties.one.sku', '$.userId'].toSorted(),
    ],
    [
      'a transformed event',
      { '@transform': { apply: { who: path('$.context.traits') }, mapping: { em: path('$.who.email') } } },
      ['em'],
      ['$.context.traits.email'],
    ],
    [
      'Liquid',
      { '@liquid': '{{ properties.name | upcase }} {{ event }} {{ properties.products[0].sku }}' },
      [],
      ['$.event', '$.properties.name', '$.properties.products[0].sku'],
    ],
    ['an object', { a: path('$.event'), b: [path('$.userId'), 'x'] }, [], ['$.event', '$.userId']],
    ['an item of a list', { b: ['x', path('$.userId')] }, ['b', '1'], ['$.userId']],
  ])('follows %s', (_, part, steps, expected) => {
    expect([...sources(part, ...steps)].toSorted()).toEqual([...expected].toSorted());
  });

  it.each([
    ['a branch', { '@if': { exists: path('$.userId'), then: 'a', else: 'b' } }, ['$.userId']],
    ['what is missing', { '@if': { exists: path('$.other'), then: 'a', else: 'b' } }, []],
    [
      'a branch within a branch',
      { '@if': { blank: path('$.event'), then: { '@if': { exists: path('$.userId'), then: 'a' } } } },
      ['$.event', '$.userId'],
    ],
    ['no condition', path('$.event'), []],
  ])('names what chose %s', (_, part, expected) => {
    expect(tracerWith(liquid).conditions(part, eventScope(event))).toEqual(expected);
  });

  it('names the first of many sources', () => {
    const many = { properties: { products: Array.from({ length: 10_000 }, () => ({ sku: 'A' })) } };

    expect(tracerWith(liquid).sources(products, [], eventScope(many))).toHaveLength(mostSources);
  });

  it('looks for sources among the first of many items', () => {
    const late = { properties: { products: [...Array.from({ length: 10_000 }, () => ({})), { sku: 'A' }] } };
    const early = { properties: { products: [...Array.from({ length: 10 }, () => ({})), { sku: 'A' }] } };

    expect(tracerWith(liquid).sources(products, [], eventScope(late))).toEqual([]);
    expect(tracerWith(liquid).sources(products, [], eventScope(early))).toEqual(['$.properties.products[10].sku']);
  });

  it('leaves the event as it is, frozen or not', () => {
    const frozen = Object.freeze({ properties: Object.freeze({ list: Object.freeze([Object.freeze({ a: 'x' })]) }) });
    const template = { '@liquid': '{% increment counter %}{{ properties.list[0].a }}' };

    expect(tracerWith(liquid).sources(template, [], eventScope(frozen))).toEqual(['$.properties.list[0].a']);
    expect(Object.keys(frozen)).toEqual(['properties']);
  });
});
