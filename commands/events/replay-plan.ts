import type { Config } from '../../shared/config/config.ts';
import { planEvent } from '../../shared/delivery/plan.ts';
import type { DestinationPlan } from '../../shared/queue/destination.ts';
import type { Timeline } from '../../shared/record/timeline.ts';
import type { SegmentEvent } from '../../shared/segment/event.ts';

/** A past event that is to be sent once more, for one destination and some of its mappings. */
export interface Replayed {
  readonly source: string;
  readonly destination: string;
  readonly mappings: readonly string[];
  readonly event: SegmentEvent;
}

export interface ReplayRules {
  readonly config: Pick<Config, 'sources'>;
  readonly destinations: ReadonlyMap<string, DestinationPlan>;
  /** Destinations that are meant; undefined for all. */
  readonly only: readonly string[] | undefined;
  /** Ends that are meant, `none` for events that a destination has never seen; undefined for all. */
  readonly outcomes: readonly string[] | undefined;
  /** Send again what Meta took already. */
  readonly acceptDuplicates: boolean;
  readonly now: Date;
}

/** Forecast of a replay, in events × destinations × mappings. */
export interface Forecast {
  /** Events that were looked at. */
  events: number;
  /** Events of which the record has no body: it kept receipts only. */
  withoutBody: number;
  send: number;
  /** Delivered already, and left out. */
  taken: number;
  /** Delivered already, and sent again all the same. */
  again: number;
  /** Of those, so long ago that Meta does not recognise them any more: these count twice. */
  countTwice: number;
  /** On their way already. */
  waiting: number;
  /** Ends that were not asked for. */
  notAsked: number;
  /** Events that the configuration leaves out or cannot send, by reason: `event_too_old`, `no_mapping_matches`. */
  leftOut: Record<string, number>;
}

export const newForecast = (): Forecast => ({
  ...{ events: 0, withoutBody: 0, send: 0, taken: 0, again: 0, countTwice: 0, waiting: 0, notAsked: 0 },
  leftOut: {},
});

const hourMs = 3_600_000;
/** How long Meta tells an event by its name and id. @see https://developers.facebook.com/docs/marketing-api/conversions-api/deduplicate-pixel-and-server-events */
const recognisedMs = 48 * hourMs;
/** The same for sales in a shop. */
const shopRecognisedMs = 7 * 24 * hourMs;

/** Decides what of a past event is to be sent again, by today's configuration and by what the record says of it. */
export function planReplay(
  {
    event,
    source,
    timeline,
  }: { readonly event: SegmentEvent; readonly source: string; readonly timeline: Timeline | undefined },
  rules: ReplayRules,
  forecast: Forecast,
): Replayed[] {
  const { config, destinations, only, outcomes, acceptDuplicates, now } = rules;
  forecast.events++;
  const names = (config.sources[source]?.destinations ?? []).filter((name) => only?.includes(name) ?? true);
  return names.flatMap((name) => {
    const destination = destinations.get(name);
    if (destination === undefined) return [];
    const known = new Set(destination.mappings.map((mapping) => mapping.name));
    const mappings = planEvent(event, destination, now).flatMap((verdict) => {
      if (verdict.status !== 'ready') {
        const reason = verdict.status === 'skipped' ? verdict.reason : verdict.problems[0].code;
        forecast.leftOut[reason] = (forecast.leftOut[reason] ?? 0) + 1;
        return [];
      }
      const { mapping, json } = verdict;
      const ends = timeline?.final.filter((end) => end.destination === name) ?? [];
      // A mapping that was renamed since has sent the very same event.
      const taken = ends.find(
        (end) => end.outcome === 'delivered' && (end.mapping === mapping || !known.has(end.mapping ?? '')),
      );
      const end = taken ?? ends.find((each) => each.mapping === mapping || each.mapping === null);
      if (outcomes !== undefined && !outcomes.includes(end?.outcome ?? 'none')) forecast.notAsked++;
      else if (timeline?.open.some((open) => open.destination === name && open.mapping === mapping)) forecast.waiting++;
      else if (taken === undefined) {
        forecast.send++;
        return [mapping];
      } else if (!acceptDuplicates) forecast.taken++;
      else {
        forecast.send++;
        forecast.again++;
        const isShop = json.includes('"action_source":"physical_store"');
        if (now.getTime() - taken.at > (isShop ? shopRecognisedMs : recognisedMs)) forecast.countTwice++;
        return [mapping];
      }
      return [];
    });
    return mappings.length === 0 ? [] : [{ source, destination: name, mappings, event }];
  });
}

/** Lines of a forecast for a terminal. */
export function forecastLines(forecast: Forecast): string[] {
  const { events, withoutBody, send, taken, again, countTwice, waiting, notAsked, leftOut } = forecast;
  const line = (count: number, text: string): string[] =>
    count === 0 ? [] : [`${count.toLocaleString('en-US').padStart(9)}  ${text}`];
  return [
    ...line(events, 'events of this time'),
    ...line(withoutBody, 'of them without a body: the level of the record was receipts'),
    ...line(send, 'to be sent, by destination and mapping'),
    ...line(again, 'of them taken by Meta already, and sent again as you wish'),
    ...line(countTwice, 'of these so long ago that Meta will count them twice'),
    ...line(taken, 'left out: Meta took them already (--accept-duplicates sends them again)'),
    ...line(waiting, 'left out: on their way already'),
    ...line(notAsked, 'left out: not the outcome that was asked for'),
    ...Object.entries(leftOut).flatMap(([reason, count]) => line(count, `left out: ${reason}`)),
  ];
}
