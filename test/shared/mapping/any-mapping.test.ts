import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMapping, MappingError, MappingResolveError } from '../../../shared/mapping/compile-mapping.ts';
import { directives } from '../../../shared/mapping/directives.ts';
import { loadLiquid } from '../../../shared/mapping/liquid.ts';

const liquid = await loadLiquid();

const text = fc.oneof(
  fc.constantFrom(
    '$.a',
    '$.a.b',
    '.',
    '',
    '$.list[0]',
    'a.__proto__',
    '{{a}}',
    '{{{list}}}',
    '{{ a.b | upcase }}',
    'upper',
  ),
  fc.string({ maxLength: 12 }),
);
const key = fc.oneof(
  fc.constantFrom('a', 'b', 'list', 'toString', '__proto__', 'constructor', ''),
  fc.string({ maxLength: 4 }),
);
const optionKey = fc.constantFrom(
  ...['exists', 'blank', 'then', 'else', 'value', 'operator', 'pattern', 'replacement', 'pattern2', 'mode'],
  ...['separator', 'omitArrays', 'objects', 'direction', 'apply', 'mapping'],
);
const option = fc.constantFrom('upper', 'lower', 'encode', 'decode', 'left', 'right', '.', true);

const { mapping } = fc.letrec<{ mapping: unknown; directive: unknown }>((tie) => ({
  directive: fc
    .tuple(
      fc.constantFrom(...directives.keys(), '@nope'),
      fc.oneof(
        { depthSize: 'small' },
        text,
        fc.dictionary(optionKey, fc.oneof(option, tie('mapping'))),
        fc.array(tie('mapping'), { maxLength: 3 }),
        tie('mapping'),
      ),
    )
    .map(([name, argument]) => ({ [name]: argument })),
  mapping: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.constantFrom(null, undefined, 0, 1.5, true),
    tie('directive'),
    tie('directive'),
    fc.dictionary(key, tie('mapping'), { maxKeys: 4, noNullPrototype: false }),
    fc.array(tie('mapping'), { maxLength: 3 }),
  ),
}));

const event = fc.oneof(
  fc.record({ a: fc.anything(), b: fc.jsonValue(), list: fc.array(fc.anything({ withNullPrototype: true })) }),
  fc.jsonValue(),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
);

/** Result of the mapping for the event, or undefined where one of the declared errors says why not. */
function attempt(value: unknown, subject: unknown): unknown {
  try {
    return compileMapping(value, { liquid })(subject);
  } catch (error) {
    if (error instanceof MappingError || error instanceof MappingResolveError) return undefined;
    throw error;
  }
}

describe('any mapping and any event', () => {
  it('give a result or a declared error, and leave the event as it was', () => {
    fc.assert(
      fc.property(mapping, event, (value, subject) => {
        const before = fc.stringify(subject);

        attempt(value, subject);

        expect(fc.stringify(subject)).toBe(before);
      }),
      { numRuns: 2_000 },
    );
  });

  it('give the same result every time', () => {
    fc.assert(
      fc.property(mapping, event, (value, subject) => {
        expect(fc.stringify(attempt(value, subject))).toBe(fc.stringify(attempt(value, subject)));
      }),
    );
  });

  it('never reach a prototype', () => {
    fc.assert(
      fc.property(mapping, fc.jsonValue(), (value, subject) => {
        attempt(value, subject);

        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
    );
  });

  it('are taken as they are when a mapping has no directives', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('"@') && !JSON.stringify(value).includes('"__'));
        expect(attempt({ value }, {})).toEqual({ value });
      }),
    );
  });

  it('refuse data nested deeper than the stack with a declared error', () => {
    const deep = JSON.parse(`${'[{"a":'.repeat(3_000)}1${'}]'.repeat(3_000)}`);
    const wraps = [
      { '@path': '' },
      { '@template': '{{x}}' },
      { '@flatten': { value: { '@path': 'x' }, separator: '.' } },
      { '@excludeWhenNull': { '@path': 'x.0' } },
      { '@if': { blank: { '@path': 'x' }, then: 1 } },
      { '@transform': { apply: { y: { '@path': 'x' } }, mapping: { '@path': 'y' } } },
      { '@merge': { objects: [{ '@path': 'x.0' }], direction: 'left' } },
    ];
    for (const wrap of wraps) expect(() => attempt(wrap, { x: deep })).not.toThrow();
  });
});
