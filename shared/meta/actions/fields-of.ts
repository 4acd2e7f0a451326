import type { ActionName } from './actions.ts';
import type { FieldsByAction } from './field-types.ts';

/**
 * The fields of an action, for mappings that are checked as they are typed: `fields: { … } satisfies FieldsOf<'purchase'>`. A name
 * that the action does not have does not compile, in `user_data`, `contents` and the other objects neither.
 */
export type FieldsOf<Action extends ActionName> = {
  readonly [Name in keyof FieldsByAction[Action]]: FieldsByAction[Action][Name];
};
