import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLookups } from '../../../shared/mapping/compile-lookups.ts';
import { compileMapping } from '../../../shared/mapping/compile-mapping.ts';
import { firstOf } from '../../../shared/actions/field.ts';

const look = (paths: readonly (readonly string[])[][], input: unknown) => {
  const found: unknown[] = [];
  compileLookups(paths)?.(input, found);
  return found;
};

describe('compileLookups', () => {
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
      }),
    );
  });

  it.each([[['toString']], [['a', 'length']], [['__proto__', 'a']], [[]]])(
    'leaves %j to who is more careful',
    (steps) => {
      expect(compileLookups([[steps]])).toBeUndefined();
    },
  );
});
