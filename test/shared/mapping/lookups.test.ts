import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstOf } from '../../../shared/meta/event/field.ts';
import { compileMapping } from '../../../shared/mapping/compile-mapping.ts';
import { firstOfValue, fastFind, generalFind, Lookups } from '../../../shared/mapping/lookups.ts';
import { type FirstOf, isInheritedByObjects } from '../../../shared/mapping/path.ts';

const look = (fields: readonly FirstOf[], input: unknown) => {
  const lookups = new Lookups();
  const places = fields.map((paths) => lookups.add(paths) as number);
  const found = lookups.find(input);
  return places.map((place) => found[place]);
};

describe('Lookups', () => {
  it('finds what each field names first, and walks shared beginnings once', () => {
    let reads = 0;
    const traits = { email: '', city: 'Berlin' };
    const input = {
      get context() {
        reads++;
        return { traits };
      },
      email: 'ann@example.com',
    };

    expect(look([[['context', 'traits', 'email'], ['email']], [['context', 'traits', 'city']]], input)).toEqual([
      'ann@example.com',
      'Berlin',
    ]);
    expect(reads).toBe(1);
  });

  it('gives what the directives give', () => {
    const bag = fc.dictionary(
      fc.constantFrom('a', 'b'),
      fc.oneof(fc.constantFrom('', 0, null, false, 'x', []), fc.jsonValue()),
    );
    const [directive, paths] = [firstOf('$.p.a', '$.q.b', '$.a'), [['p', 'a'], ['q', 'b'], ['a']]];
    const mapped = compileMapping(directive);

    fc.assert(
      fc.property(fc.record({ p: bag, q: bag, a: fc.constantFrom('y', null) }, { requiredKeys: [] }), (event) => {
        expect(look([paths], event)).toEqual([mapped(event)]);
        expect(firstOfValue(paths).run(event)).toEqual(mapped(event));
      }),
    );
  });

  it.each([[['toString']], [['a', 'length']], [['__proto__', 'a']], [[]]])(
    'leaves %j to who is more careful',
    (steps) => {
      expect(new Lookups().add([steps])).toBeUndefined();
    },
  );
});

describe('lookups in generated code', () => {
  it('fast equals general', () => {
    const key = fc.oneof(
      fc.constantFrom('a', 'b', 'search', 'toFixed', '"', '\\', '`', '\u2028', ' ', '0'),
      fc.string({ unit: 'binary' }),
    );
    const steps = fc.array(
      key.filter((name) => !isInheritedByObjects(name)),
      { minLength: 1, maxLength: 3 },
    );
    const lookups = fc.array(fc.array(steps, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
    const input = fc.object({ key, values: [fc.constantFrom('', null, 0, false, 'x', [], [''])], maxDepth: 3 });

    fc.assert(
      fc.property(lookups, fc.oneof(input, fc.jsonValue(), fc.constant(undefined)), (fields, event) => {
        expect(fastFind(fields)(event)).toEqual(generalFind(fields)(event));
      }),
      { numRuns: 500, seed: 13_008 },
    );
  });
});
