import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFields } from '../../../../shared/mapping/compile-mapping.ts';
import { actions } from '../../../../shared/meta/actions/actions.ts';
import { layOverDefaults } from '../../../../shared/meta/actions/compile-mapping-config.ts';
import { compilePayload, compileResolved } from '../../../../shared/meta/event/compile-payload.ts';
import { anyEvent } from '../../../support/any-event.ts';

/** Each action as it comes, and as a mapping that came from Segment. */
const mappings = Object.entries(actions).flatMap(([name, { fields }]) =>
  [true, false].map((leave_out_bad_items) => {
    const written = { action_source: 'website', app_data_field: { use_app_data: true }, leave_out_bad_items };
    return { name, fields, node: compileFields(layOverDefaults(name, written)) };
  }),
);

describe('a mapping that is written out field by field', () => {
  it('fast equals general', () => {
    const pairs = mappings.map(({ name, fields, node }) => ({
      name,
      fast: compilePayload(fields, node),
      general: compileResolved(fields, node),
    }));

    fc.assert(
      fc.property(anyEvent, (event) => {
        for (const { name, fast, general } of pairs) expect(fast(event), name).toEqual(general(event));
      }),
      { numRuns: 400, seed: 13_008 },
    );
  });
});
