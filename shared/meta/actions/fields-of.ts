import type { ActionName, actions } from './actions.ts';

/**
 * The fields of an action, for mappings that are checked as they are typed: `fields: { … } satisfies FieldsOf<'purchase'>`. A name
 * that the action does not have does not compile; names within `user_data` and the like are checked when the configuration is read.
 */
export type FieldsOf<Action extends ActionName> = {
  readonly [Name in keyof (typeof actions)[Action]['fields']]?: unknown;
};
