import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberNamed, ObjectWriter } from '../../../../shared/lib/json/json-members.ts';
import { isPlain } from '../../../../shared/lib/json/json-text.ts';

describe('ObjectWriter', () => {
  it('fast equals general: what JSON.stringify writes, in the order of the members', () => {
    const name = fc.stringMatching(/^[a-z_]{1,8}$/);
    const value = fc.oneof(fc.string().filter(isPlain), fc.integer(), fc.array(fc.boolean()), fc.constant(null));

    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key }), (members) => {
        const writer = new ObjectWriter();
        for (const [key, content] of members) {
          if (typeof content === 'string') writer.text(memberNamed(key), content);
          else writer.value(memberNamed(key), JSON.stringify(content));
        }

        expect(writer.finish()).toBe(JSON.stringify(Object.fromEntries(members)));
      }),
      { numRuns: 1_000, seed: 13_008 },
    );
  });

  it('writes an object without members', () => {
    expect(new ObjectWriter().finish()).toBe('{}');
  });
});
