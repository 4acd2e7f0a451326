import { layOverDefaults, withoutEmptyUserId } from '../meta/actions/compile-mapping-config.ts';
import type { MappingConfig } from '../config/config.ts';
import type { LiquidRenderer } from '../mapping/liquid.ts';
import type { CompiledDestination } from '../meta/destination.ts';
import { planEvent } from '../delivery/plan.ts';
import { skips } from '../reasons/skips.ts';
import type { JsonObject } from '../segment/event.ts';
import { explainMapping } from './explain-mapping.ts';
import type { Explanation } from './explanation.ts';
import { type WrittenMapping, writtenMapping } from './written-mapping.ts';

export interface ExplainOptions {
  readonly now: Date;
  /** Result of `loadLiquid`; without it, values that `@liquid` gave are shown as sent only. */
  readonly liquid?: LiquidRenderer | undefined;
}

const seen = new WeakMap<MappingConfig, WrittenMapping>();

/** Made once for each mapping of a configuration: the tracer remembers its parts by identity. */
function complete(config: MappingConfig): WrittenMapping {
  const known = seen.get(config);
  if (known !== undefined) return known;
  const { action, fields, defaults } = config;
  const written = writtenMapping(defaults ? layOverDefaults(action, fields) : fields);
  seen.set(config, written);
  return written;
}

/**
 * Tells in full what one event becomes at one destination: every mapping, what it decided, and for each field its value,
 * where that came from, and what happened to it on the way. What is sent is exactly what `planEvent` plans. Never throws.
 */
export function explainEvent(
  event: JsonObject,
  destination: CompiledDestination,
  { now, liquid }: ExplainOptions,
): Explanation {
  const verdicts = planEvent(event, destination, now);
  const [first] = verdicts;
  const reason = first?.status === 'skipped' && first.mapping === undefined ? first.reason : undefined;
  const about = { event: withoutEmptyUserId(event), destination, now, liquid };
  const mappings = destination.mappings.flatMap(({ name, action, matches }) => {
    const written = destination.config.mappings.find((each) => each.name === name);
    if (written === undefined) return [];
    const subject = {
      name,
      actionKey: written.action,
      action,
      trigger: written.trigger ?? action.trigger ?? null,
      written: complete(written),
      verdict: verdicts.find((verdict) => verdict.mapping === name),
    };
    return [explainMapping(subject, matches(event), about)];
  });
  const skipped = reason && { reason, ...skips[reason] };
  return { destination: destination.name, ...(skipped && { skipped }), mappings };
}
