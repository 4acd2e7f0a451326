import { checkFields } from '../meta/actions/check-fields.ts';
import {
  type CompiledMapping,
  compileMappingConfig,
  InvalidMappingError,
  layOverDefaults,
  withoutEmptyUserId,
} from '../meta/actions/compile-mapping-config.ts';
import { DestinationConfig } from '../config/config.ts';
import type { LiquidRenderer } from '../mapping/liquid.ts';
import type { Sha256 } from '../lib/sha256/sha256.ts';
import { compileMinimise } from '../meta/privacy/minimise.ts';
import { createDestination } from '../meta/destination.ts';
import { planEvent } from '../delivery/plan.ts';
import { isObject, type JsonObject } from '../segment/event.ts';
import { explainMapping } from './explain-mapping.ts';
import type { Advice, ExplainedMapping } from './explanation.ts';
import { writtenMapping } from './written-mapping.ts';

/** A mapping while it is being written: anything may be wrong with it. */
export interface MappingDraft {
  readonly name?: string | undefined;
  readonly action: string;
  /** FQL; the action's own when left out, every event when null. */
  readonly trigger?: string | null | undefined;
  readonly fields: unknown;
  /** `false` takes `fields` as the whole mapping. */
  readonly defaults?: boolean | undefined;
}

/** Context that also decides about an event; a configuration's defaults where left out. */
export interface TestOptions {
  readonly now: Date;
  readonly destinationName?: string;
  readonly destination?: Partial<DestinationConfig>;
}

/**
 * Result of the mapping for the event, or every fault of the two with its path: `fields/value/@if`, `trigger`, `event`.
 */
export type TestResult = { readonly issues: readonly Advice[] } | { readonly explained: ExplainedMapping };

export type Tester = (draft: MappingDraft, event: unknown, options: TestOptions) => TestResult;

export interface TesterParts {
  readonly sha256: Sha256;
  /** Result of `loadLiquid`; without it a mapping that uses `@liquid` has an issue. */
  readonly liquid?: LiquidRenderer | undefined;
}

const anyDestination = { datasetId: '0', accessTokenSecret: 'none', mappings: [{ name: 'draft', action: 'custom' }] };

/**
 * Tries drafts of a mapping on an event, in a browser as well as here: it needs nothing but a hash function. What the
 * endpoint would add to the event (times and a message id) is added. Never throws for what a draft or an event holds.
 */
export function createTester({ sha256, liquid }: TesterParts): Tester {
  const defaults = DestinationConfig.parse(anyDestination);
  return (draft, given, { now, destinationName = 'tester', destination: wanted = {} }) => {
    if (!isObject(given)) return { issues: [{ message: 'must be an object', path: 'event' }] };
    const mapping = completed(draft);
    const compiled = compiledOrIssues(draft, mapping, liquid);
    if ('issues' in compiled) return compiled;
    const event = arrived(given, now);
    const config = { ...defaults, ...wanted };
    const { action, matches } = compiled;
    const name = draft.name ?? action.title;
    const destination = createDestination(destinationName, config, [{ ...compiled, name }], sha256, compileMinimise);
    const [verdict] = planEvent(event, destination, now);
    const { action: actionKey, trigger = action.trigger ?? null } = draft;
    const tried = verdict?.status === 'skipped' && verdict.reason === 'no_mapping_matches' ? undefined : verdict;
    const subject = { name, actionKey, action, trigger, written: writtenMapping(mapping), verdict: tried };
    const about = { event: withoutEmptyUserId(event), destination, now, liquid };
    return { explained: explainMapping(subject, matches(event), about) };
  };
}

function completed({ action, fields, defaults = true }: MappingDraft): JsonObject {
  const written = isObject(fields) ? fields : {};
  return { ...(defaults ? layOverDefaults(action, written) : written), __segment_internal_sync_mode: 'add' };
}

function compiledOrIssues(
  { action, trigger, fields }: MappingDraft,
  mapping: JsonObject,
  liquid: LiquidRenderer | undefined,
): CompiledMapping | { readonly issues: readonly Advice[] } {
  if (!isObject(fields)) return { issues: [{ code: 'mapping_invalid', message: 'must be an object', path: 'fields' }] };
  try {
    return compileMappingConfig({ action, trigger, mapping }, { liquid, checkFields });
  } catch (error) {
    if (!(error instanceof InvalidMappingError)) throw error;
    const { code, issues } = error;
    return { issues: issues.map(({ path, message }) => ({ code, message, path })) };
  }
}

function arrived(event: JsonObject, now: Date): JsonObject {
  const time = now.toISOString();
  return { messageId: 'made-on-arrival', timestamp: time, receivedAt: time, ...event };
}
