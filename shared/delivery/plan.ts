import type { Built, DestinationPlan, Finding } from '../queue/destination.ts';
import type { SkipReason } from '../reasons/skips.ts';
import type { JsonObject } from '../segment/event.ts';
import { passesConsent, passesIntegrations } from './gate.ts';

/** Decision about one event for one mapping of a destination. */
export type Verdict<P extends Finding = Finding, W extends Finding = Finding> =
  | {
      readonly status: 'ready';
      readonly mapping: string;
      /** The event as it goes over the wire. */
      readonly json: string;
      readonly partition: string | undefined;
      readonly eventId?: string | undefined;
      readonly warnings: readonly W[];
    }
  | { readonly status: 'skipped'; readonly mapping?: string; readonly reason: SkipReason }
  | {
      readonly status: 'dead';
      readonly mapping: string;
      readonly problems: readonly [P, ...P[]];
      readonly warnings: readonly W[];
    };

/**
 * Decides what one event becomes at one destination. Never throws.
 *
 * @param only names of the mappings still owed, for an event that was put back on the queue
 */
export function planEvent<P extends Finding, W extends Finding>(
  event: JsonObject,
  destination: DestinationPlan<P, W>,
  now: Date,
  only?: readonly string[],
): Verdict<P, W>[] {
  if (!passesConsent(event, destination.consentCategories)) return skip('consent_missing', only);
  if (!passesIntegrations(event, destination.names)) return skip('integrations_excluded', only);
  const verdicts: Verdict<P, W>[] = [];
  const sent: Built[] = [];
  for (const { name, matches, build } of only === undefined ? destination.candidates(event) : destination.mappings) {
    if (only !== undefined ? !only.includes(name) : !matches(event)) continue;
    const built = build(event, now);
    if ('problems' in built) {
      verdicts.push({ status: 'dead', mapping: name, problems: built.problems, warnings: built.warnings });
      continue;
    }
    if ('skipped' in built) {
      verdicts.push({ status: 'skipped', mapping: name, reason: built.skipped });
      continue;
    }
    if (sent.some((other) => isSameEvent(other, built))) {
      verdicts.push({ status: 'skipped', mapping: name, reason: 'same_event_already_mapped' });
      continue;
    }
    sent.push(built);
    const { json, partition, eventId, warnings } = built;
    verdicts.push({ status: 'ready', mapping: name, json, partition, eventId, warnings });
  }
  for (const mapping of only ?? []) {
    const known = verdicts.some((verdict) => verdict.mapping === mapping);
    if (!known) verdicts.push({ status: 'skipped', mapping, reason: 'mapping_removed' });
  }
  return verdicts.length > 0 ? verdicts : [{ status: 'skipped', reason: 'no_mapping_matches' }];
}

/** By name and id, as destinations tell events apart. */
const isSameEvent = (one: Built, other: Built): boolean =>
  one.eventId !== undefined && one.eventId === other.eventId && one.eventName === other.eventName;

/** Each mapping that was still owed gets its outcome. */
const skip = (
  reason: SkipReason,
  only: readonly string[] | undefined,
): { status: 'skipped'; mapping?: string; reason: SkipReason }[] =>
  only === undefined
    ? [{ status: 'skipped', reason }]
    : only.map((mapping) => ({ status: 'skipped', mapping, reason }));
