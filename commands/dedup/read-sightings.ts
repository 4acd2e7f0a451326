import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';
import type { Config } from '../../shared/config/config.ts';
import type { Sighting } from '../../shared/dedup/compare-sides.ts';
import { compileDestinations } from '../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../shared/meta/destination.ts';
import { isObject, type JsonObject } from '../../shared/segment/event.ts';
import type { Row } from '../events/record-store.ts';

/** Events that both sides gave to Meta. */
export interface Sides {
  readonly browser: readonly Sighting[];
  readonly server: readonly Sighting[];
}

/** A clock that is further off than this is put right by the server's. */
const mostSkewMs = 5 * 60_000;

/**
 * The sightings in the record: those of pages, which ride in the context of their next events, and the server's deliveries.
 *
 * @param accepted rows with `id`, `ev` and `t` @param delivered rows with `id`, `d`, `m` and `t`
 */
export async function sightingsIn(accepted: readonly Row[], delivered: readonly Row[], config: Config): Promise<Sides> {
  const destinations = await compileDestinations(config, sha256Hex);
  const events = new Map<string, JsonObject>();
  const browser: Sighting[] = [];
  const testCode = Object.values(config.destinations).find(({ pixel }) => pixel?.testEventCode)?.pixel?.testEventCode;
  for (const { id, ev, t } of accepted) {
    const event = parsed(ev);
    if (event === undefined) continue;
    events.set(String(id), event);
    browser.push(...pixelSightings(event, Number(t)).map((each) => ({ ...each, testCode })));
  }
  const seenByPages = new Set(browser.map(({ name }) => name));
  const server = delivered.flatMap(({ id, d, m, t }): Sighting[] => {
    const [destination, event] = [destinations.get(String(d)), events.get(String(id))];
    if (destination === undefined || event === undefined) return [];
    const sighting = serverSighting(destination, String(m), event, Number(t));
    // What only the server knows of is nobody's fault.
    return sighting !== undefined && (seenByPages.has(sighting.name) || isMirrored(destination, String(m)))
      ? [sighting]
      : [];
  });
  return { browser, server };
}

function parsed(json: unknown): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(String(json));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function pixelSightings({ context, sentAt, anonymousId }: JsonObject, receivedAt: number): Sighting[] {
  const pixel = isObject(context) ? context['pixel'] : undefined;
  if (!Array.isArray(pixel)) return [];
  const skew = receivedAt - Date.parse(String(sentAt));
  const shift = Math.abs(skew) > mostSkewMs ? skew : 0;
  return pixel.flatMap((each): Sighting[] => {
    if (!Array.isArray(each)) return [];
    const [name, id, at] = each as unknown[];
    if (typeof name !== 'string' || typeof at !== 'number') return [];
    // The Pixel sends a number as its digits.
    const eventId = typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
    return [{ name, id: eventId, at: at + shift, visitor: String(anonymousId) }];
  });
}

function serverSighting(
  { mappings }: CompiledDestination,
  name: string,
  event: JsonObject,
  at: number,
): Sighting | undefined {
  const built = mappings.find((mapping) => mapping.name === name)?.build(event, new Date(at));
  if (built === undefined || !('json' in built)) return undefined;
  const { eventName, eventId: id, partition: testCode } = built;
  return { name: String(eventName), id, at, testCode, visitor: String(event['anonymousId']) };
}

function isMirrored({ config }: CompiledDestination, name: string): boolean {
  const { pixel } = config;
  return pixel !== undefined && (pixel.mirror === true || (Array.isArray(pixel.mirror) && pixel.mirror.includes(name)));
}
