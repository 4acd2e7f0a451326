import type { Config } from '../config/config.ts';
import type { Sha256 } from '../lib/sha256/sha256.ts';
import type { LiquidRenderer } from '../mapping/liquid.ts';
import { compileCheckedDestinations, compileDestinationsWith } from './compile-checked-destinations.ts';
import type { CompiledDestination } from './destination.ts';
import { loadChecks } from './load-checks.ts';
import { compileMinimise } from './privacy/minimise.ts';

/**
 * Compiles every destination's triggers and mappings to closures, once, at load, and checks what the mappings say of their
 * fields.
 *
 * @throws ConfigurationError naming every problem of every mapping
 */
export const compileDestinations = (
  config: Config,
  sha256: Sha256,
): Promise<ReadonlyMap<string, CompiledDestination>> => compileCheckedDestinations(config, sha256, loadChecks);

/** The same at once, for a configuration without `@liquid` or with its engine already loaded. @throws ConfigurationError */
export const compileDestinationsNow = (
  config: Config,
  sha256: Sha256,
  liquid?: LiquidRenderer,
): ReadonlyMap<string, CompiledDestination> =>
  compileDestinationsWith(config, sha256, { liquid, checks: loadChecks, compileMinimise });
