import type { BuiltServerEvent } from '../meta/event/build-server-event.ts';
import { withoutEmptyUserId } from '../meta/actions/compile-mapping-config.ts';
import type { Problem } from '../meta/event/problem.ts';
import type { Warning } from '../meta/event/warning.ts';
import { eventDataProcessing } from '../segment/destination-options.ts';
import type { JsonObject } from '../segment/event.ts';
import type { Destination } from './destination.ts';
import { passesConsent, passesIntegrations } from './gate.ts';

/** What is to be done with one event for one mapping of a destination. */
export type Verdict =
  | {
      readonly status: 'ready';
      readonly mapping: string;
      /** The server event as it goes over the wire. */
      readonly json: string;
      readonly testEventCode: string | undefined;
      readonly warnings: readonly Warning[];
    }
  | { readonly status: 'skipped'; readonly mapping?: string; readonly reason: SkipReason }
  | {
      readonly status: 'dead';
      readonly mapping: string;
      readonly problems: readonly [Problem, ...Problem[]];
      readonly warnings: readonly Warning[];
    };

export type SkipReason =
  | 'consent_missing'
  | 'destination_removed'
  | 'integrations_excluded'
  | 'mapping_removed'
  | 'no_mapping_matches'
  | 'same_event_already_mapped'
  | 'source_removed';

/**
 * Decides what one event becomes at one destination. Never throws.
 *
 * @param only names of the mappings still owed, for an event that was put back on the queue
 */
export function planEvent(event: JsonObject, destination: Destination, now: Date, only?: readonly string[]): Verdict[] {
  const { config, names, personalData, sha256 } = destination;
  if (!passesConsent(event, config.consentCategories)) return skip('consent_missing', only);
  if (!passesIntegrations(event, names)) return skip('integrations_excluded', only);
  const options = {
    now,
    sendWeakUserData: false,
    strict: config.strict,
    personalData,
    sha256,
    dataProcessing: eventDataProcessing(event, names) ?? destination.dataProcessing,
  };
  const verdicts: Verdict[] = [];
  const sent: BuiltServerEvent[] = [];
  const source = withoutEmptyUserId(event);
  for (const { name, matches, build } of only === undefined ? destination.candidates(event) : destination.mappings) {
    if (only !== undefined ? !only.includes(name) : !matches(event)) continue;
    const built = build(source, options);
    if ('problems' in built) {
      verdicts.push({ status: 'dead', mapping: name, problems: built.problems, warnings: built.warnings });
      continue;
    }
    const { json, testEventCode = config.testEventCode, warnings } = built;
    if (sent.some((other) => isSameEvent(other, built))) {
      verdicts.push({ status: 'skipped', mapping: name, reason: 'same_event_already_mapped' });
      continue;
    }
    sent.push(built);
    verdicts.push({ status: 'ready', mapping: name, json, testEventCode, warnings });
  }
  for (const mapping of only ?? []) {
    const known = verdicts.some((verdict) => verdict.mapping === mapping);
    if (!known) verdicts.push({ status: 'skipped', mapping, reason: 'mapping_removed' });
  }
  return verdicts.length > 0 ? verdicts : [{ status: 'skipped', reason: 'no_mapping_matches' }];
}

/** By name and id, as Meta tells events apart. */
const isSameEvent = (one: BuiltServerEvent, other: BuiltServerEvent): boolean =>
  one.eventId !== undefined && one.eventId === other.eventId && one.eventName === other.eventName;

/** Each mapping that was still owed gets its outcome. */
const skip = (reason: SkipReason, only: readonly string[] | undefined): Verdict[] =>
  only === undefined
    ? [{ status: 'skipped', reason }]
    : only.map((mapping) => ({ status: 'skipped', mapping, reason }));
