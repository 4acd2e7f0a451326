import { describe, expect, it } from 'vitest';
import { judge } from '../../../../local/graph-stand-in/judge.ts';
import { Config } from '../../../../shared/config/config.ts';
import { planEvent } from '../../../../shared/delivery/plan.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';
import { appDataFields } from '../../../../shared/meta/actions/app-data-fields.ts';
import { compileDestinationsNow } from '../../../../shared/meta/compile-destinations.ts';
import { appDataPath } from '../../../../shared/meta/event/app-data.ts';
import { keyOfName } from '../../../../shared/meta/user-data/match-key-table.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { samples } from '../../../local/graph-stand-in/samples/samples.ts';
import { now, nowSeconds } from '../../../local/graph-stand-in/server-events.ts';

/** The field that a key of `user_data` is mapped by. */
const fieldOf = new Map(
  Object.entries(keyOfName)
    .toReversed()
    .map(([field, key]) => [key, field] as const),
);

/** An address that is none; the page has it in place of a real one. */
const placeholder = '256.256.256.256';
const realAddress = '203.0.114.7';

const realOf = (value: unknown): unknown =>
  value === placeholder ? realAddress : typeof value === 'string' ? recent(value) : value;

const userData = (data: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      fieldOf.get(key as never) ?? key,
      typeof value === 'number' ? String(value) : realOf(value),
    ]),
  );

function appData({ extinfo = [], ...members }: JsonObject): JsonObject {
  const entries = Object.keys(appDataFields).flatMap((name) => {
    const [, index] = /^extinfo\[(\d+)\]$/.exec(appDataPath(name)) ?? [];
    return index === undefined ? [] : [[name, (extinfo as readonly string[])[Number(index)]]];
  });
  return { use_app_data: true, ...members, ...Object.fromEntries(entries) };
}

/** Digest of the word null, which the page has in place of a phone number. It stands for nobody. */
const digestOfNull = '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b';
/** A click of years ago, which would count for nothing: as recent here as the event is. */
const recent = (text: string): string => text.replace('fb.1.1554763741205.', `fb.1.${(nowSeconds - 3_600) * 1_000}.`);

/** A mapping that gives the event whatever it is applied to. */
function mappingOf(event: JsonObject): JsonObject {
  const { user_data, app_data, data_processing_options: limits, event_id = 'event-1', ...members } = event;
  return {
    ...members,
    event_id,
    user_data: userData(user_data as JsonObject),
    ...(app_data !== undefined && { app_data_field: appData(app_data as JsonObject) }),
    ...(Array.isArray(limits) && limits.length > 0 && { data_processing_options: true }),
  };
}

function built(event: JsonObject): JsonObject {
  const { data_processing_options: limits } = event;
  const config = Config.parse({
    sources: {},
    destinations: {
      main: {
        datasetId: '1',
        accessTokenSecret: 'token',
        // A list without an option is said for a destination as a whole.
        ...(Array.isArray(limits) && limits.length === 0 && { dataProcessingOptions: [[]] }),
        mappings: [{ name: 'sample', action: 'custom', trigger: 'type = "track"', fields: mappingOf(event) }],
      },
    },
  });
  const main = compileDestinationsNow(config, sha256Hex).get('main');
  if (main === undefined) throw new Error('There is no destination.');
  const call = { type: 'track', event: 'Any', messageId: 'm-1', context: {}, properties: {} };
  const [verdict] = planEvent(call, main, now);
  if (verdict?.status !== 'ready') throw new Error(`Expected a server event, got ${JSON.stringify(verdict)}`);
  return JSON.parse(verdict.json) as JsonObject;
}

/** The same event in one spelling: a list of one is its item, numbers are numbers, currencies stand in capitals. */
function plain(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.filter((item) => item !== digestOfNull).map((item) => plain(item));
    return items.length === 1 && name !== 'data_processing_options' && name !== 'contents' ? items[0] : items;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => [key, plain(inner, key)] as const);
    return Object.fromEntries(entries.filter(([key, inner]) => key !== 'ph' || [inner].flat().length > 0));
  }
  if (name === 'value' || name === 'lead_id') return Number(value);
  if (name === 'currency') return String(value).toUpperCase();
  if (typeof value === 'string') return realOf(value);
  return value;
}

describe('every sample on Meta’s pages', () => {
  it.each(samples)('is what a mapping makes: $title', ({ event }) => {
    const sample = { event_time: nowSeconds - 60, event_id: 'event-1', ...event };

    expect(plain(built(sample))).toEqual(plain({ custom_data: {}, ...sample }));
  });

  it.each(samples)('passes the stand-in as the mapping makes it: $title', ({ event }) => {
    expect(judge({}, [built({ event_time: nowSeconds - 60, ...event })], now)).toBeUndefined();
  });
});
