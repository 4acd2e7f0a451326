import type { JsonObject } from '../../mapping/json-type.ts';
import type { Action } from '../event/action.ts';

/** A fault of a mapping as it is written, by its place below `fields`. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** Everything that is wrong with the fields of a mapping as it is written. */
export type CheckFields = (action: Action, mapping: JsonObject) => FieldFault[];
