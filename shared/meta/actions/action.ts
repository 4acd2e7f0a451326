import type { CustomDataMembers } from '../event/custom-data.ts';
import type { Fields } from '../event/field.ts';

/** A mapping's fields after coercion to their declared types. */
export type Payload = Record<string, unknown>;

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
