import { findAction } from './actions/actions.ts';
import {
  type CompiledMapping,
  compileMappingConfig,
  InvalidMappingError,
  layOverDefaults,
  type MappingOptions,
} from './actions/compile-mapping-config.ts';
import type { Config, DestinationConfig, MappingConfig } from '../config/config.ts';
import { ConfigurationError, type Issue } from '../errors.ts';
import { usesLiquid } from '../mapping/compile-mapping.ts';
import { type LiquidRenderer, loadLiquid } from '../mapping/liquid.ts';
import type { CheckFields } from './actions/field-fault.ts';
import type { Sha256 } from '../lib/sha256/sha256.ts';
import type { CompileMinimise } from './privacy/minimiser.ts';
import { createDestination, type CompiledDestination } from './destination.ts';

export interface DestinationOptions {
  /** The engine of `@liquid`, for configurations that use it. */
  readonly liquid?: LiquidRenderer | undefined;
  readonly checks?: Checks | undefined;
  /** For configurations that restrict what may leave. */
  readonly compileMinimise?: CompileMinimise | undefined;
}

/** Checks that are made when a configuration is loaded, and never again. */
export interface Checks {
  readonly checkFields: CheckFields;
  readonly checkDestination: (name: string, destination: DestinationConfig) => Issue[];
}

/**
 * Compiles every destination of a configuration that was checked before, as functions get it: names and values of fields are
 * not looked at again.
 *
 * @throws ConfigurationError naming every problem of every mapping
 */
export async function compileCheckedDestinations(
  config: Config,
  sha256: Sha256,
  checks?: Checks,
): Promise<ReadonlyMap<string, CompiledDestination>> {
  const all = Object.values(config.destinations);
  const mappings = all.flatMap((destination) => destination.mappings);
  const liquid = mappings.some(({ fields }) => usesLiquid(fields)) ? await loadLiquid() : undefined;
  const isRestricted = all.some(({ minimise }) => minimise !== undefined);
  const { compileMinimise } = isRestricted ? await import('./privacy/minimise.ts') : {};
  return compileDestinationsWith(config, sha256, { liquid, checks, compileMinimise });
}

/** The same at once. @throws ConfigurationError */
export function compileDestinationsWith(
  config: Config,
  sha256: Sha256,
  { liquid, checks, compileMinimise }: DestinationOptions,
): ReadonlyMap<string, CompiledDestination> {
  const options: MappingOptions = { liquid, checkFields: checks?.checkFields, known: new WeakMap() };
  const issues: Issue[] = [];
  const compiled = new Map<string, CompiledDestination>();
  for (const [name, destination] of Object.entries(config.destinations)) {
    const mappings = destination.mappings.flatMap((mapping, index) => {
      const path = `destinations.${name}.mappings[${index}]`;
      return mapping.enabled ? compileOne(mapping, path, options, issues) : [];
    });
    issues.push(...(checks?.checkDestination(name, destination) ?? []));
    issues.push(...twinIssues(name, destination.mappings));
    compiled.set(name, createDestination(name, destination, mappings, sha256, compileMinimise));
  }
  issues.push(...sharedDatasetIssues(config));
  if (issues.length > 0) throw new ConfigurationError('The configuration is not valid:', issues);
  return compiled;
}

function compileOne(
  { name, action, trigger, fields, defaults }: MappingConfig,
  path: string,
  options: MappingOptions,
  issues: Issue[],
): (CompiledMapping & { readonly name: string })[] {
  const mapping = {
    ...(defaults ? layOverDefaults(action, fields) : fields),
    // The configuration's own syncMode can only be "add"; V2 actions look for it here.
    __segment_internal_sync_mode: 'add',
  };
  try {
    return [{ name, ...compileMappingConfig({ action, trigger, mapping, isOurs: defaults }, options) }];
  } catch (error) {
    if (!(error instanceof InvalidMappingError)) throw error;
    issues.push(...error.issues.map((issue) => ({ path: `${path}.${issue.path}`, message: issue.message })));
    return [];
  }
}

/** Everything that is wrong with one mapping. */
export function mappingIssues(mapping: MappingConfig, path: string, options: MappingOptions): Issue[] {
  const issues: Issue[] = [];
  compileOne(mapping, path, options, issues);
  return issues;
}

/** Two mappings with one trigger and one event would send the same name under the same event id: Meta keeps one of them. */
function twinIssues(destination: string, mappings: readonly MappingConfig[]): Issue[] {
  const seen = new Map<string, string>();
  return mappings.flatMap((mapping, index) => {
    if (!mapping.enabled) return [];
    const key = eventKey(mapping);
    const twin = seen.get(key);
    seen.set(key, twin ?? mapping.name);
    if (twin === undefined) return [];
    const message = `sends the same event for the same trigger as "${twin}"; Meta would keep only one of the two`;
    return [{ path: `destinations.${destination}.mappings[${index}]`, message }];
  });
}

/** The same in two destinations of one source, where every event would count as delivered twice. */
function sharedDatasetIssues({ sources, destinations }: Config): Issue[] {
  const known = new Map(Object.entries(destinations));
  return Object.entries(sources).flatMap(([source, { destinations: names }]) =>
    names.flatMap((name, index) =>
      names.slice(0, index).flatMap((other) => {
        const [one, two] = [known.get(other), known.get(name)];
        const twins = one && two && one !== two && one.datasetId === two.datasetId ? findTwins(one, two) : undefined;
        if (twins === undefined) return [];
        const message =
          `"${name}" and "${other}" send the same event for the same trigger to one dataset, by their mappings ` +
          `"${twins[1].name}" and "${twins[0].name}", and Meta would keep only one of the two; switch one of these ` +
          'mappings off, give it another trigger or event_id, or send to another dataset';
        return [{ path: `sources.${source}.destinations[${index}]`, message }];
      }),
    ),
  );
}

function findTwins(one: DestinationConfig, two: DestinationConfig): [MappingConfig, MappingConfig] | undefined {
  const keys = new Map(one.mappings.filter(isEnabled).map((mapping) => [eventKey(mapping), mapping]));
  for (const mapping of two.mappings.filter(isEnabled)) {
    const twin = keys.get(eventKey(mapping));
    if (twin !== undefined) return [twin, mapping];
  }
  return undefined;
}

const isEnabled = ({ enabled }: MappingConfig): boolean => enabled;

/** The same for two mappings that say of the same calls the same event name and id. */
const eventKey = ({ action, trigger, fields }: MappingConfig): string =>
  JSON.stringify([
    action.replace(/2$/, ''),
    (trigger ?? findAction(action)?.action.trigger)?.replace(/\s+/g, ' ').trim(),
    fields['event_name'],
    fields['event_id'],
  ]);
