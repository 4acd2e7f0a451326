import type { Sha256 } from '../../lib/sha256/sha256.ts';
import type { Payload } from '../event/action.ts';
import type { Warning } from '../event/warning.ts';

/** Data that may leave for a dataset of a business whose words tell too much: health, finance, faith. */
export interface MinimiseConfig {
  /** Part of a URL that is kept. */
  readonly url?: 'origin' | 'path' | undefined;
  /** Names of the members of `custom_data` that are kept; `contents.title` and the like for texts of product lines. */
  readonly customData?: readonly string[] | undefined;
  /** Names of the events that are sent. */
  readonly events?: readonly string[] | undefined;
}

/** Keeps to what may leave, event by event. What it takes out it says in a warning. */
export interface Minimiser {
  readonly url: MinimiseConfig['url'];
  readonly members: ReadonlySet<string> | undefined;
  /** Whether events of a name are sent at all. */
  readonly maySend: (eventName: unknown) => boolean;
  /** A URL without the parts that may not leave; undefined when it cannot be taken apart. */
  readonly cutUrl: (name: 'event_source_url' | 'referrer_url', url: string, warnings: Warning[]) => string | undefined;
  /** Takes out of a payload what may not leave. */
  readonly settle: (payload: Payload, sha256: Sha256, warnings: Warning[]) => void;
}

export type CompileMinimise = (config: MinimiseConfig) => Minimiser;
