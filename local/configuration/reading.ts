import type { Config } from '../../shared/config/config.ts';
import type { Issue } from '../../shared/errors.ts';

/** Why a configuration file gives no configuration. */
export interface ConfigurationProblem {
  /** Names the file. */
  readonly title: string;
  readonly issues: readonly Issue[];
}

/** Outcome of reading a configuration file. */
export type Reading = {
  /** The file and what it imports, missing ones included: whatever may change the next reading. */
  readonly files: readonly string[];
} & ({ readonly config: Config } | { readonly problem: ConfigurationProblem });
