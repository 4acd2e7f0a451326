import type { Members } from './read-members.ts';

const hour = 60 * 60_000;
const mostRemembered = 500_000;

/** How Meta tells one kind of events apart. */
interface Identity {
  /** Undefined for an event that is like no other. */
  readonly keyOf: (event: Members) => unknown;
  readonly windowMs: number;
}

const memberOf = (event: Members, name: string): Members => (event[name] ?? {}) as Members;

/** By name and event id. @see https://developers.facebook.com/docs/marketing-api/conversions-api/deduplicate-pixel-and-server-events */
const usual: Identity = {
  keyOf: ({ event_name: name, event_id: id }) => (id ? [name, id] : undefined),
  windowMs: 48 * hour,
};

/**
 * A sale in a shop: by its time, name, item number and order id, or the person where it has none. Its event id says nothing.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/offline-events
 */
const shopSale: Identity = {
  keyOf(event) {
    const { order_id: order, item_number: item } = memberOf(event, 'custom_data');
    const who = order || memberOf(event, 'user_data');
    return [event['event_time'], event['event_name'], item ?? '', who];
  },
  windowMs: 7 * 24 * hour,
};

/** Memory of the events stored lately, by dataset and what Meta compares. */
export class Duplicates {
  private readonly memories = new Map([usual, shopSale].map((identity) => [identity, new Memory(identity.windowMs)]));

  /** Remembers an event. True when a copy was stored within the window before. */
  add(datasetId: string, event: Members, now: Date): boolean {
    const identity = event['action_source'] === 'physical_store' ? shopSale : usual;
    const key = identity.keyOf(event);
    if (key === undefined) return false;
    return this.memories.get(identity)?.add(JSON.stringify([datasetId, key]), now) ?? false;
  }
}

class Memory {
  private readonly windowMs: number;
  /** Epoch milliseconds of the first of its kind. A map keeps the order of insertion, so the oldest is in front. */
  private readonly firstAt = new Map<string, number>();

  constructor(windowMs: number) {
    this.windowMs = windowMs;
  }

  add(key: string, now: Date): boolean {
    this.forget(now.getTime() - this.windowMs);
    if (this.firstAt.has(key)) return true;
    this.firstAt.set(key, now.getTime());
    return false;
  }

  private forget(before: number): void {
    for (const [key, at] of this.firstAt) {
      if (at > before && this.firstAt.size < mostRemembered) return;
      this.firstAt.delete(key);
    }
  }
}
