import { type Config, MappingConfig } from '../config/config.ts';
import { defineConfig as checkForm } from '../config/define-config.ts';
import { ConfigurationError, type Issue } from '../errors.ts';
import { sha256Hex } from '../lib/sha256/sha256-hex.ts';
import type { LiquidRenderer } from '../mapping/liquid.ts';
import { isObject } from '../segment/event.ts';
import { compileDestinationsWith, mappingIssues } from './compile-checked-destinations.ts';
import { loadChecks } from './load-checks.ts';
import { compileMinimise } from './privacy/minimise.ts';
import type { ConfigInput } from './presets/destination-input.ts';

/** Templates are looked at when the configuration is loaded, with the engine at hand. */
const liquid: LiquidRenderer = { compile: () => () => '' };
const options = { liquid, checks: loadChecks, compileMinimise };

/**
 * Checks a configuration and fills its defaults. Every field of a mapping is known to the editor, with its help.
 *
 * @throws ConfigurationError naming every problem with its path: of its form, its references, its triggers and its mappings
 */
export function defineConfig(input: ConfigInput): Config {
  const config = attempt(() => checkForm(input));
  if (!(config instanceof ConfigurationError)) {
    compileDestinationsWith(config, sha256Hex, options);
    return config;
  }
  throw new ConfigurationError(config.message.split('\n', 1)[0] ?? '', [...config.issues, ...faultsOfMappings(input)]);
}

/** Faults of the mappings that can be read, whatever is wrong around them. */
function faultsOfMappings(input: unknown): Issue[] {
  const destinations = isObject(input) && isObject(input['destinations']) ? input['destinations'] : {};
  return Object.entries(destinations).flatMap(([name, destination]) => {
    const mappings = isObject(destination) ? destination['mappings'] : undefined;
    return (Array.isArray(mappings) ? mappings : []).flatMap((mapping, index) => {
      const { data } = MappingConfig.safeParse(mapping);
      return data?.enabled
        ? mappingIssues(data, `destinations.${name}.mappings[${index}]`, { liquid, ...loadChecks })
        : [];
    });
  });
}

function attempt(check: () => Config): Config | ConfigurationError {
  try {
    return check();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}
