import { describe, expect, expectTypeOf, it } from 'vitest';
import type { FieldsOf } from '../../../../shared/meta/actions/fields-of.ts';

describe('FieldsOf', () => {
  it('takes the fields of an action, plain or as directives', () => {
    const fields = {
      action_source: 'website',
      value: { '@path': '$.properties.total' },
      user_data: { email: { '@path': '$.properties.email' } },
      order_id: null,
    } satisfies FieldsOf<'purchase'>;

    expect(Object.keys(fields)).toHaveLength(4);
    expectTypeOf<FieldsOf<'purchase'>>().toHaveProperty('value');
    expectTypeOf<{ user_data: { emial: string } }['user_data']>().not.toExtend<FieldsOf<'purchase'>['user_data']>();
    expectTypeOf<{ user_data: { '@path': string } }>().toExtend<FieldsOf<'purchase'>>();
  });

  it('refuses names that the action does not have', () => {
    const faults = [
      // @ts-expect-error misspelt
      { valeu: 5 } satisfies FieldsOf<'purchase'>,
      // @ts-expect-error of another action
      { search_string: 'x' } satisfies FieldsOf<'purchase'>,
      // @ts-expect-error misspelt within an object
      { user_data: { emial: 'x' } } satisfies FieldsOf<'purchase'>,
      // @ts-expect-error misspelt within a line
      { contents: { '@arrayPath': ['$.x', { item_prise: 1 }] } } satisfies FieldsOf<'purchase'>,
    ];

    expect(faults).toHaveLength(4);
  });
});
