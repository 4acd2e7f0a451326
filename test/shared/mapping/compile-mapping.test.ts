import { describe, expect, it } from 'vitest';
import {
  type CompileOptions,
  compileFields,
  compileMapping,
  MappingError,
  usesLiquid,
} from '../../../shared/mapping/compile-mapping.ts';
import { faults, resolve } from './resolve.ts';

const event = { event: 'Mapped', userId: 'user-1', properties: { name: 'Widget', nil: null } };

describe('compileMapping: raw values', () => {
  it.each([
    [
      'text that looks like a directive',
      { a: '@path', b: '$.event', c: '{{event}}' },
      { a: '@path', b: '$.event', c: '{{event}}' },
    ],
    ['scalars', { a: 0, b: '', c: false, d: null }, { a: 0, b: '', c: false, d: null }],
    [
      'directives at any depth',
      { a: { b: [{ '@path': '$.event' }, [{ '@path': 'userId' }]] } },
      { a: { b: ['Mapped', ['user-1']] } },
    ],
    ['a missing value in an object', { a: { '@path': '$.nope' }, b: { c: { '@path': '$.nope' } } }, { b: {} }],
    ['a missing value in a list', { a: [{ '@path': '$.nope' }, 1] }, { a: [null, 1] }],
    ['null from the event', { a: { '@path': '$.properties.nil' } }, { a: null }],
    ['an undefined field', { a: undefined, b: 1 }, { b: 1 }],
    ['metadata beside a directive', { a: { '@path': '$.event', _metadata: { label: 'x' } } }, { a: 'Mapped' }],
    ['a directive as the whole mapping', { '@path': '$.properties' }, { name: 'Widget', nil: null }],
    ['a value that is no object', 'text', 'text'],
  ])('resolves %s', (_, mapping, expected) => {
    expect(resolve(mapping, event)).toStrictEqual(expected);
  });

  it('gives parts without directives as they are, frozen to the bottom', () => {
    const mapping = { fixed: { list: [{ a: 1 }] }, name: { '@path': '$.event' } };
    const resolver = compileMapping(mapping);

    const first = resolver(event) as { fixed: { list: { a: number }[] } };

    expect(resolver(event)).toHaveProperty('fixed', first.fixed);
    expect([first.fixed, first.fixed.list, first.fixed.list[0]].every(Object.isFrozen)).toBe(true);
    expect(Object.isFrozen(mapping.fixed)).toBe(false);
  });

  it('does not follow changes made to the mapping afterwards', () => {
    const mapping = { fixed: { a: 1 }, name: { '@path': '$.event' } };
    const resolver = compileMapping(mapping);

    mapping.fixed.a = 2;
    mapping.name['@path'] = '$.userId';

    expect(resolver(event)).toEqual({ fixed: { a: 1 }, name: 'Mapped' });
  });
});

describe('compileMapping: settings within the mapping', () => {
  it('leaves keys of the sync mode and its like out of the result', () => {
    const mapping = { a: 1, __segment_internal_sync_mode: 'add', __segment_internal_matching_key: { '@nope': 1 } };

    expect(resolve(mapping, event)).toEqual({ a: 1 });
  });

  it('puts the fields into the directive that wraps them', () => {
    const mapping = {
      __segment_internal_directive: { '@transform': { apply: { n: { '@path': '$.properties.name' } } } },
      __segment_internal_sync_mode: 'add',
      title: { '@path': '$.n' },
    };

    expect(resolve(mapping, event)).toEqual({ title: 'Widget' });
  });

  it.each([
    [5, '/__segment_internal_directive should be an object with exactly one directive'],
    [{}, '/__segment_internal_directive should be an object with exactly one directive'],
    [
      { '@transform': {}, '@merge': {} },
      '/__segment_internal_directive should be an object with exactly one directive',
    ],
    [{ '@transform': 5 }, '/__segment_internal_directive/@transform should be an object but it is a number'],
  ])('refuses the wrapper %j', (wrapper, expected) => {
    expect(faults({ __segment_internal_directive: wrapper, a: 1 })).toEqual([expected]);
  });
});

describe('compileMapping: faults', () => {
  it('lists every fault with its place', () => {
    const mapping = {
      a: { '@pth': '$.event' },
      b: [{ c: { '@path': 3 } }],
      d: { '@replace': { pattern: 'longer than ten', value: { '@json': { mode: 'compress' } } } },
    };

    expect(faults(mapping)).toEqual([
      '/a has an unknown directive: @pth; did you mean @path?',
      '/b/0/c/@path should be text or a mapping directive but it is a number',
      '/d/@replace/pattern should be at most 10 characters long',
      '/d/@replace/value/@json/mode should be one of encode, decode',
      '/d/@replace/value/@json should have "value"',
    ]);
  });

  it('says them all in its message', () => {
    expect(() => compileMapping({ a: { '@nope': 1 }, b: { '@path': 1 } })).toThrow(
      expect.objectContaining({
        name: 'MappingError',
        code: 'mapping_invalid',
        message:
          'The mapping is not valid:\n  /a has an unknown directive: @nope\n' +
          '  /b/@path should be text or a mapping directive but it is a number',
      }),
    );
  });

  it.each([
    [{ a: { '@path': '$.x', other: 1 } }, '/a should hold one directive and nothing beside it'],
    [{ a: [{ '@path': '$.x', other: 1 }] }, '/a/0 should hold one directive and nothing beside it'],
    [{ a: { '@path': '$.x', '@template': 'x' } }, '/a should hold one directive and nothing beside it'],
    [{ a: () => 1 }, '/a should be a mapping directive or a JSON value but it is a function'],
    [{ a: new Date(0) }, '/a should be a mapping directive or a JSON value but it is an object'],
    [JSON.parse('{"a": {"__proto__": 1}}'), '/a/__proto__ is not a usable key'],
    [{ a: { '@liquid': 'x' } }, '/a/@liquid needs the Liquid engine'],
  ])('refuses %j', (mapping, expected) => {
    expect(faults(mapping)).toEqual([expect.stringContaining(expected)]);
  });

  it('refuses a mapping without a bottom', () => {
    const mapping: Record<string, unknown> = {};
    mapping['a'] = [mapping, mapping];

    expect(() => compileMapping(mapping)).toThrow(MappingError);
  });
});

describe('compileMapping: what several mappings share', () => {
  const shared = { '@path': { '@path': '$.userId' } };
  const broken = { '@template': 1 };

  it('is compiled once for each place', () => {
    const options: CompileOptions = { known: new WeakMap() };

    const { members: first } = compileFields({ a: shared, b: shared }, options);
    const { members: second } = compileFields({ a: shared }, options);

    expect(second?.get('a')).toBe(first?.get('a'));
    expect(() => compileMapping({ b: shared }, options)({ userId: 7 })).toThrow('/b/@path: expected text');
  });

  it('is found wrong in each of them', () => {
    const options: CompileOptions = { known: new WeakMap() };

    for (const _ of [1, 2]) expect(() => compileFields({ a: broken }, options)).toThrow('/a/@template');
  });
});

describe('usesLiquid', () => {
  it.each([
    [{ a: [{ b: { '@liquid': 'x' } }] }, true],
    [{ '@liquid': 'x' }, true],
    [{ a: '@liquid', b: { '@path': '@liquid' } }, false],
    [null, false],
  ])('%j: %s', (mapping, expected) => {
    expect(usesLiquid(mapping)).toBe(expected);
  });
});
