import { Config, type ConfigInput } from '../../../../shared/config/config.ts';
import { ServerEvent } from '../../../../shared/meta/event/server-event.ts';
import { compileDestinations } from '../../../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../../../shared/meta/destination.ts';
import { planEvent } from '../../../../shared/delivery/plan.ts';
import type { DestinationInput } from '../../../../shared/meta/presets/destination-input.ts';
import type { MappingInput } from '../../../../shared/meta/presets/mapping-input.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { now } from '../../../support/factories.ts';
import { messagesOf } from '../../../support/messages.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';

/** Compiled as a configuration file would be. */
export async function compiled(destinations: ConfigInput['destinations']): Promise<CompiledDestination[]> {
  return [...(await compileDestinations(Config.parse({ sources: {}, destinations }), sha256Hex)).values()];
}

export const main = (mappings: MappingInput[]): Record<string, DestinationInput> => ({
  main: { datasetId: '1', accessTokenSecret: 'token', mappings },
});

/** A strict server event, and where it goes. */
export interface Planned {
  readonly destination: string;
  readonly mapping: string;
  readonly event: ServerEvent;
  readonly warnings: readonly string[];
}

/** Every server event that a call becomes, each checked to be a strict one. */
export const plannedAt = (destinations: readonly CompiledDestination[], call: JsonObject): Planned[] =>
  destinations.flatMap((destination) =>
    planEvent(call, destination, now).flatMap((verdict) => {
      if (verdict.status === 'dead') throw new Error(`${verdict.mapping}: ${JSON.stringify(verdict.problems)}`);
      if (verdict.status === 'skipped') return [];
      const { mapping, json, warnings } = verdict;
      const event = ServerEvent.parse(JSON.parse(json));
      return [{ destination: destination.name, mapping, event, warnings: messagesOf(warnings) }];
    }),
  );
