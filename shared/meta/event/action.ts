import type { Fields } from './field.ts';

/** A mapping's fields after coercion to their declared types. */
export type Payload = Record<string, unknown>;

/**
 * How one field of an action gets into `custom_data`, over the mapped object:
 * `always` even when it is empty (which erases a member of that name, as Segment's destination does), `given` when it
 * is not undefined, `filled` when it is neither empty text nor an empty list.
 */
export type Presence = 'always' | 'given' | 'filled';

export type CustomDataMembers = Readonly<Record<string, Presence>>;

/** One Meta event that a mapping can produce. */
export interface Action {
  readonly title: string;
  /** Meta's name; the custom event takes it from the mapping. */
  readonly eventName: string | undefined;
  /** FQL that applies when a mapping names no trigger. */
  readonly trigger: string | undefined;
  readonly fields: Fields;
  /** The fields that `custom_data` is made of; undefined leaves it out. */
  readonly customData: CustomDataMembers | undefined;
  /** Whether a website event without a user agent is refused. */
  readonly needsUserAgent: boolean;
}
