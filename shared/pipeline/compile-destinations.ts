import { findAction } from '../actions/actions.ts';
import {
  type CompiledMapping,
  compileMappingConfig,
  InvalidMappingError,
  layOverDefaults,
} from '../actions/compile-mapping-config.ts';
import type { Config, DestinationConfig, MappingConfig } from '../config/config.ts';
import { ConfigurationError, type Issue } from '../errors.ts';
import { usesLiquid } from '../mapping/compile-mapping.ts';
import { type LiquidRenderer, loadLiquid } from '../mapping/liquid.ts';
import type { Sha256 } from '../meta/hash.ts';
import type { Guard } from '../meta/personal-data.ts';

export interface NamedMapping extends CompiledMapping {
  readonly name: string;
}

export interface Destination {
  readonly name: string;
  readonly config: DestinationConfig;
  readonly mappings: readonly NamedMapping[];
  readonly sha256: Sha256;
  readonly personalData: Guard;
}

/**
 * Compiles every destination's triggers and mappings to closures, once, at cold start.
 *
 * @throws ConfigurationError naming every problem of every mapping
 */
export async function compileDestinations(config: Config, sha256: Sha256): Promise<ReadonlyMap<string, Destination>> {
  const destinations = Object.entries(config.destinations);
  const wanted = destinations.some(([, { mappings }]) => mappings.some(({ fields }) => usesLiquid(fields)));
  const liquid = wanted ? await loadLiquid() : undefined;
  const issues: Issue[] = [];
  const compiled = new Map<string, Destination>();
  for (const [name, destination] of destinations) {
    const mappings = destination.mappings.flatMap((mapping, index) => {
      const path = `destinations.${name}.mappings[${index}]`;
      return mapping.enabled ? compileOne(mapping, path, liquid, issues) : [];
    });
    issues.push(...twinIssues(name, destination.mappings));
    const personalData = destination.personalData === 'hash' ? sha256 : destination.personalData;
    compiled.set(name, { name, config: destination, mappings, sha256, personalData });
  }
  if (issues.length > 0) throw new ConfigurationError('The configuration is not valid:', issues);
  return compiled;
}

function compileOne(
  { name, action, trigger, fields, defaults }: MappingConfig,
  path: string,
  liquid: LiquidRenderer | undefined,
  issues: Issue[],
): NamedMapping[] {
  const mapping = {
    ...(defaults ? layOverDefaults(action, fields) : fields),
    // The configuration's own syncMode can only be "add"; V2 actions look for it here.
    __segment_internal_sync_mode: 'add',
  };
  try {
    return [{ name, ...compileMappingConfig({ action, trigger, mapping }, liquid) }];
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
