import type * as z from 'zod';
import type { MappingConfig } from '../../config/config.ts';
import type { ActionName } from '../actions/actions.ts';
import type { FieldsOf } from '../actions/fields-of.ts';

type Written = z.input<typeof MappingConfig>;

/** A mapping to one action, laid over its defaults. */
interface ActionMapping<Action extends ActionName> extends Omit<Written, 'action' | 'defaults' | 'fields'> {
  /** The second name is that of Segment's V2 action. */
  readonly action: Action | `${Action}2`;
  readonly defaults?: true | undefined;
  readonly fields?: FieldsOf<Action> | undefined;
}

/** A whole mapping as it was exported from Segment: its names are checked when it is read, with a warning. */
interface ImportedMapping extends Omit<Written, 'defaults'> {
  readonly defaults: false;
}

/**
 * A mapping as presets and configuration files write it: what has a default may be left out, and a name that the action does not
 * have does not compile.
 */
export type MappingInput = { [Action in ActionName]: ActionMapping<Action> }[ActionName] | ImportedMapping;
