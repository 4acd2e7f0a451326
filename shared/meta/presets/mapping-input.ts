import type * as z from 'zod';
import type { MappingConfig } from '../../config/config.ts';
import type { ActionName } from '../actions/actions.ts';
import type { FieldsOf } from '../actions/fields-of.ts';

type Written = z.input<typeof MappingConfig>;

/** Members that Segment keeps of its own in the mappings that it exports; without effect here. */
type SegmentSettings = {
  readonly [name: `__segment_internal_${string}`]: unknown;
  readonly _metadata?: unknown;
};

/** A mapping to one action, as it is written out. */
interface ActionMapping<Action extends ActionName> extends Omit<Written, 'action' | 'fields'> {
  /** The second name is that of Segment's V2 action. */
  readonly action: Action | `${Action}2`;
  readonly fields?: (FieldsOf<Action> & SegmentSettings) | undefined;
}

/**
 * Any object. It has no index signature: with one, no name in an object that is written out would be a fault, whichever of the
 * mappings it belongs to.
 */
type SomeObject = { readonly constructor: unknown };

/** A whole mapping that is read from somewhere, such as an export of Segment: its names are checked when it is read, with a warning. */
interface ImportedMapping extends Omit<Written, 'defaults' | 'fields'> {
  readonly defaults: false;
  readonly fields?: SomeObject | undefined;
}

/**
 * A mapping as presets and configuration files write it: what has a default may be left out, and a name that the action does not
 * have does not compile.
 */
export type MappingInput = { [Action in ActionName]: ActionMapping<Action> }[ActionName] | ImportedMapping;
