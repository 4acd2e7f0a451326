import { isObject, type JsonObject } from '../segment/event.ts';

/** Names under which Segment's, Customer.io's and RudderStack's users know this destination. */
const aliases = ['Facebook Conversions API (Actions)', 'Facebook Conversions API', 'FACEBOOK_CONVERSIONS'];

/**
 * Whether the event's `integrations` object lets it go to a destination: its own name or an alias decides, else `All`,
 * else yes. Browser libraries name only themselves, which excludes nobody.
 */
export function passesIntegrations(event: JsonObject, destination: string): boolean {
  const integrations = event['integrations'];
  if (!isObject(integrations)) return true;
  const named = [destination, ...aliases].find((name) => Object.hasOwn(integrations, name));
  if (named !== undefined) return integrations[named] !== false;
  return integrations['All'] !== false;
}
