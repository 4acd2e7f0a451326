import { Config } from '../../../shared/config/config.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import type { MappingInput } from '../../../shared/meta/presets/mapping-input.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { now } from '../../support/factories.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';

/** The server event that a mapping of the documents makes of a call, or a failure that says why there is none. */
export async function serverEventOf(mapping: MappingInput, event: JsonObject): Promise<JsonObject> {
  const main = { datasetId: '1', accessTokenSecret: 'token', mappings: [mapping] };
  const destinations = await compileDestinations(Config.parse({ sources: {}, destinations: { main } }), sha256Hex);
  const [verdict] = planEvent(event, destinations.get('main') as CompiledDestination, now);
  if (verdict?.status !== 'ready') throw new Error(JSON.stringify(verdict));
  return JSON.parse(verdict.json);
}
