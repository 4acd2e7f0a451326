import { findAction } from '../actions/actions.ts';
import { compileMappingConfig, InvalidMappingError, layOverDefaults } from '../actions/compile-mapping-config.ts';
import type { Config, MappingConfig } from '../config/config.ts';
import { ConfigurationError, type Issue } from '../errors.ts';
import { type CompileOptions, usesLiquid } from '../mapping/compile-mapping.ts';
import { type LiquidRenderer, loadLiquid } from '../mapping/liquid.ts';
import type { Sha256 } from '../meta/hash.ts';
import { createDestination, type Destination, type NamedMapping } from './destination.ts';

/**
 * Compiles every destination's triggers and mappings to closures, once, at cold start.
 *
 * @throws ConfigurationError naming every problem of every mapping
 */
export async function compileDestinations(config: Config, sha256: Sha256): Promise<ReadonlyMap<string, Destination>> {
  const mappings = Object.values(config.destinations).flatMap((destination) => destination.mappings);
  const liquid = mappings.some(({ fields }) => usesLiquid(fields)) ? await loadLiquid() : undefined;
  return compileDestinationsNow(config, sha256, liquid);
}

/** The same at once, for a configuration without `@liquid` or with its engine already loaded. @throws ConfigurationError */
export function compileDestinationsNow(
  config: Config,
  sha256: Sha256,
  liquid?: LiquidRenderer,
): ReadonlyMap<string, Destination> {
  const options: CompileOptions = { liquid, known: new WeakMap() };
  const issues: Issue[] = [];
  const compiled = new Map<string, Destination>();
  for (const [name, destination] of Object.entries(config.destinations)) {
    const mappings = destination.mappings.flatMap((mapping, index) => {
      const path = `destinations.${name}.mappings[${index}]`;
      return mapping.enabled ? compileOne(mapping, path, options, issues) : [];
    });
    issues.push(...twinIssues(name, destination.mappings));
    compiled.set(name, createDestination(name, destination, mappings, sha256));
  }
  if (issues.length > 0) throw new ConfigurationError('The configuration is not valid:', issues);
  return compiled;
}

function compileOne(
  { name, action, trigger, fields, defaults }: MappingConfig,
  path: string,
  options: CompileOptions,
  issues: Issue[],
): NamedMapping[] {
  const mapping = {
    ...(defaults ? layOverDefaults(action, fields) : fields),
    // The configuration's own syncMode can only be "add"; V2 actions look for it here.
    __segment_internal_sync_mode: 'add',
  };
  try {
    return [{ name, ...compileMappingConfig({ action, trigger, mapping }, options) }];
  } catch (error) {
    if (!(error instanceof InvalidMappingError)) throw error;
    issues.push(...error.issues.map((issue) => ({ path: `${path}.${issue.path}`, message: issue.message })));
    return [];
  }
}

/** Two mappings with one trigger and one event would send the same name under the same event id: Meta keeps one of them. */
function twinIssues(destination: string, mappings: readonly MappingConfig[]): Issue[] {
  const seen = new Map<string, string>();
  return mappings.flatMap(({ enabled, action, trigger, fields, name }, index) => {
    if (!enabled) return [];
    const key = JSON.stringify([
      action.replace(/2$/, ''),
      (trigger ?? findAction(action)?.action.trigger)?.replace(/\s+/g, ' ').trim(),
      fields['event_name'],
      fields['event_id'],
    ]);
    const twin = seen.get(key);
    seen.set(key, twin ?? name);
    if (twin === undefined) return [];
    const message = `sends the same event for the same trigger as "${twin}"; Meta would keep only one of the two`;
    return [{ path: `destinations.${destination}.mappings[${index}]`, message }];
  });
}
