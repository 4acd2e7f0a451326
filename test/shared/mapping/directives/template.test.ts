import { describe, expect, it } from 'vitest';
import { MappingResolveError } from '../../../../shared/mapping/compile-mapping.ts';
import { excessOf, faults, resolve } from '../resolve.ts';

const event = {
  name: 'Widget',
  price: 9.99,
  zero: 0,
  no: false,
  nil: null,
  tags: ['a', ['b', null], { c: 1 }],
  odd: { 'weird key': 'w', toString: 1 },
  template: 'Hi {{name}}',
};

describe('@template', () => {
  it.each([
    ['Hi {{name}}!', 'Hi Widget!'],
    ['{{{name}}}', 'Widget'],
    ['{{ name }}/{{price}}/{{zero}}/{{no}}', 'Widget/9.99/0/false'],
    ['x{{nope}}{{nil}}y', 'xy'],
    ['{{tags}}', 'a,b,,[object Object]'],
    ['{{tags[0]}}', 'a'],
    ['{{odd}}', '[object Object]'],
    ["{{odd['weird key']}}", 'w'],
    ['{{$.name}}', ''],
    ['{{}} {{name', '{{}} {{name'],
    ['', ''],
    [{ '@path': '$.template' }, 'Hi Widget'],
  ])('%j gives %j', (template, expected) => {
    expect(resolve({ '@template': template }, event)).toBe(expected);
  });

  it('does not read values as templates', () => {
    expect(resolve({ '@template': '{{{template}}}' }, event)).toBe('Hi {{name}}');
  });

  it('fails when the template itself is no text', () => {
    expect(() => resolve({ v: { '@template': { '@path': 'price' } } }, event)).toThrow(
      new MappingResolveError('/v/@template', 'expected text, got a number'),
    );
  });

  it.each([
    ['the text', '{{a}}'.repeat(100), { a: 'x'.repeat(20_000) }, 100_000],
    ['a template of the event', { '@path': 'b' }, { a: 'x', b: '{{a}}'.repeat(10_000) }, 200],
    ['a list', '{{a}}', { a: Array(30_000).fill(1) }, 1_999],
    ['lists within a list', '{{a}}', { a: Array(200).fill(Array(100).fill(1)) }, 1_979],
  ])('leaves out what %s is too long for', (_, template, subject, length) => {
    const { made, cuts } = excessOf({ '@template': template }, subject);

    expect([(made as string).length, cuts]).toEqual([length, 1]);
  });

  it.each([5, null, undefined, {}])('refuses %j', (template) => {
    expect(faults({ '@template': template })).toEqual([
      expect.stringMatching('^/@template should be text or a mapping directive'),
    ]);
  });
});
