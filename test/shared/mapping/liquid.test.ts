import { describe, expect, it } from 'vitest';
import { MappingResolveError } from '../../../shared/mapping/compile-mapping.ts';
import { loadLiquid } from '../../../shared/mapping/liquid.ts';
import { excessOf, faults, resolve } from './resolve.ts';

const liquid = await loadLiquid();

const event = {
  event: 'Order',
  properties: { name: 'Widget', price: 9.99, nil: null, tags: ['a', 'b'], nested: { a: 1 }, no: false },
};

describe('@liquid', () => {
  it.each([
    ['', ''],
    ['plain', 'plain'],
    ['{{ properties.name | upcase }}', 'WIDGET'],
    ['{{ properties.price | plus: 1 }}', '10.99'],
    ['x{{ properties.nil }}{{ properties.nope.deeper }}y', 'xy'],
    ['{{ properties.tags }}', 'ab'],
    ['{{ properties.tags | size }}', '2'],
    ['{{ properties.nested | json }}', '{"a":1}'],
    ['{% if properties.price > 5 %}dear{% else %}cheap{% endif %}', 'dear'],
    ['{% assign a = properties.name %}{{ a }}', 'Widget'],
    ['{{ "2026-03-14T15:09:26Z" | date: "%H:%M %z" }}', '15:09 +0000'],
    ['{{ properties.constructor.name }}{{ properties.__proto__ }}', ''],
    ['x'.repeat(1_000), 'x'.repeat(1_000)],
  ])('%j gives %j', (template, expected) => {
    expect(resolve({ '@liquid': template }, event, { liquid })).toBe(expected);
  });

  it.each(['case', 'for', 'include', 'layout', 'render', 'tablerow'])('refuses the tag %s', (tag) => {
    expect(faults({ a: { '@liquid': `{% ${tag} x %}` } }, { liquid })).toEqual([
      expect.stringContaining(`/a/@liquid tag "${tag}" is disabled`),
    ]);
  });

  it.each(['concat', 'find_exp', 'map', 'sort', 'uniq', 'where_exp'])('refuses the filter %s', (filter) => {
    expect(faults({ '@liquid': `{{ properties.tags | ${filter}: "x" }}` }, { liquid })).toEqual([
      `/@liquid filter "${filter}" is disabled`,
    ]);
  });

  it.each([
    ['{% nope %}', 'tag "nope" not found'],
    ['{{ event | upcas }}', 'undefined filter: upcas'],
    ['{% if a %}', 'not closed'],
    ['{{ $.event }}', 'invalid value expression'],
    ['x'.repeat(1_001), 'should be at most 1000 characters long'],
    [5, 'should be text but it is a number'],
    [{ '@path': '$.event' }, 'should be text but it is a directive'],
  ])('refuses %j', (template, message) => {
    expect(faults({ '@liquid': template }, { liquid })).toEqual([expect.stringContaining(message)]);
  });

  it('keeps its counters off the event, and begins anew with each', () => {
    const subject = Object.freeze({ ...event });
    const mapping = { '@liquid': '{% increment i %}{% increment i %}{% increment event %}' };

    expect([resolve(mapping, subject, { liquid }), resolve(mapping, subject, { liquid })]).toEqual(['010', '010']);
  });

  it('reads the item it stands for, even one that is no object', () => {
    const mapping = { '@arrayPath': ['$.properties.tags', { v: { '@liquid': 'x{{ event }}' } }] };

    expect(resolve(mapping, event, { liquid })).toEqual([{ v: 'x' }, { v: 'x' }]);
  });

  it('stops where filters make much of a long text', () => {
    const doubled = Array.from({ length: 12 }, () => '{% assign x = x | append: x %}').join('');
    const mapping = { '@liquid': `{% assign x = properties.note %}${doubled}{{ x | size }}` };

    expect(resolve(mapping, { properties: { note: 'a' } }, { liquid })).toBe('4096');
    expect(excessOf(mapping, { properties: { note: 'a'.repeat(32_000) } }, { liquid }).cuts).toBeGreaterThan(0);
  });

  it.each([
    ['{{ properties.long | upcase | size }}', '4096'],
    ['{{ properties.long | size }}', '64000'],
    ['{{ properties.long | append: properties.long | size }}', '8192'],
    ['{{ properties.list | join: "" | size }}', '1000'],
    ['{{ properties.list }}', '1'.repeat(1_000)],
  ])('looks at no more than the beginning: %j gives %s', (template, expected) => {
    const subject = { properties: { long: 'x'.repeat(64_000), list: Array(30_000).fill(1) } };

    expect(resolve({ '@liquid': template }, subject, { liquid })).toBe(expected);
  });

  it('says nothing of the event when rendering fails', () => {
    const mapping = { v: { '@liquid': '{{ properties.secret | slice: 0, 3 | append: properties.bad }}' } };
    const subject = { properties: { secret: 'ada@example.com', bad: { toString: 'ada@example.com' } } };
    const failing = expect(() => resolve(mapping, subject, { liquid }));

    failing.toThrow(MappingResolveError);
    failing.toThrow('/v/@liquid: the template could not be rendered for this event');
  });
});
