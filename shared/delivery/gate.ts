import { integrationEntry } from '../segment/destination-options.ts';
import { isObject, type JsonObject } from '../segment/event.ts';

/** Members of an event that the gate looks at. */
export const wantedByGate = [['integrations'], ['context', 'consent', 'categoryPreferences']] as const;

/**
 * Whether the event's `integrations` object lets it go to a destination: one of the destination's names decides, else
 * `All`, else yes. Browser libraries name only themselves, which excludes nobody.
 */
export function passesIntegrations(event: JsonObject, names: readonly string[]): boolean {
  const entry = integrationEntry(event, names);
  if (entry !== undefined) return entry !== false;
  const integrations = event['integrations'];
  return !isObject(integrations) || integrations['All'] !== false;
}

/**
 * Whether the person agreed to every consent category of a destination. An event without a consent object passes, as in
 * Segment; in one that has it, a category that is missing counts as refused.
 *
 * @see https://www.twilio.com/docs/segment/privacy/consent-management/consent-in-segment-connections
 */
export function passesConsent(event: JsonObject, categories: readonly string[]): boolean {
  if (categories.length === 0) return true;
  const context = event['context'];
  const consent = isObject(context) ? context['consent'] : undefined;
  const preferences = isObject(consent) ? consent['categoryPreferences'] : undefined;
  if (!isObject(preferences)) return true;
  return categories.every((category) => Object.hasOwn(preferences, category) && preferences[category] === true);
}
