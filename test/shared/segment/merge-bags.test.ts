import { describe, expect, it } from 'vitest';
import { isDeeperThan, mergeBags, pruned } from '../../../shared/segment/merge-bags.ts';

const hostile = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('mergeBags', () => {
  it.each([
    [undefined, undefined, undefined],
    [{ a: 1 }, undefined, { a: 1 }],
    [undefined, { a: 1 }, { a: 1 }],
    [
      { a: 1, b: 1 },
      { b: 2, c: 2 },
      { a: 1, b: 2, c: 2 },
    ],
    [{ page: { url: 'u', title: 't' } }, { page: { url: 'v' } }, { page: { url: 'v', title: 't' } }],
    [{ list: [1, 2] }, { list: [3] }, { list: [3] }],
    [{ a: { b: 1 } }, { a: null }, { a: null }],
    [{ a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])('lays over %j the bag %j', (below, above, merged) => {
    expect(mergeBags(below, above)).toEqual(merged);
  });

  it.each([
    ['{}', '{"__proto__":{"b":2}}', '{"__proto__":{"b":2}}'],
    ['{"__proto__":{"a":1}}', '{}', '{"__proto__":{"a":1}}'],
    ['{"__proto__":{"a":1}}', '{"__proto__":{"b":2}}', '{"__proto__":{"a":1,"b":2}}'],
    ['{}', '{"constructor":{"c":3}}', '{"constructor":{"c":3}}'],
  ])('keeps the members of %s and %s as members', (below, above, text) => {
    const merged = mergeBags(hostile(below), hostile(above));

    expect(JSON.stringify(merged)).toBe(text);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  });

  it('changes neither bag', () => {
    const below = { page: { url: 'u' } };
    const above = { page: { title: 't' } };

    mergeBags(below, above);

    expect([below, above]).toEqual([{ page: { url: 'u' } }, { page: { title: 't' } }]);
  });
});

describe('isDeeperThan', () => {
  it.each([
    ['text', 0, false],
    [null, 0, false],
    [{}, 0, true],
    [{}, 1, false],
    [{ a: {} }, 1, true],
    [{ a: [[]] }, 2, true],
    [{ a: [[]] }, 3, false],
  ])('of %j beyond %i levels is %s', (value, levels, deeper) => {
    expect(isDeeperThan(value, levels)).toBe(deeper);
  });
});

describe('pruned', () => {
  it('replaces what lies too deep and keeps the rest', () => {
    expect(pruned({ a: 1, b: { c: [2, { d: 3 }] } }, 3)).toEqual({ a: 1, b: { c: [2, '[nested too deep]'] } });
  });

  it('keeps a member named __proto__ as a member', () => {
    expect(JSON.stringify(pruned(hostile('{"__proto__":{"a":1}}'), 5))).toBe('{"__proto__":{"a":1}}');
  });
});
