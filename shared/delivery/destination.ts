import type { CompiledMapping } from '../meta/actions/compile-mapping-config.ts';
import type { DestinationConfig } from '../config/config.ts';
import type { Sha256 } from '../lib/sha256/sha256.ts';
import type { Guard } from '../meta/privacy/personal-data.ts';
import { type DataProcessing, readDataProcessing } from '../segment/destination-options.ts';
import type { JsonObject } from '../segment/event.ts';
import { indexMappings } from './mapping-index.ts';

export interface NamedMapping extends CompiledMapping {
  readonly name: string;
}

/** A destination with everything worked out that does not depend on an event. */
export interface Destination {
  readonly name: string;
  readonly config: DestinationConfig;
  readonly mappings: readonly NamedMapping[];
  /** The mappings whose triggers can match an event. */
  readonly candidates: (event: JsonObject) => readonly NamedMapping[];
  /** How an event's `integrations` object may call it. */
  readonly names: readonly string[];
  readonly sha256: Sha256;
  readonly personalData: Guard;
  /** Limited Data Use for events that say nothing of it. */
  readonly dataProcessing: DataProcessing | undefined;
}

export const createDestination = (
  name: string,
  config: DestinationConfig,
  mappings: readonly NamedMapping[],
  sha256: Sha256,
): Destination => ({
  name,
  config,
  mappings,
  candidates: indexMappings(mappings),
  names: [name, ...config.integrationNames],
  sha256,
  personalData: config.personalData === 'hash' ? sha256 : config.personalData,
  dataProcessing: readDataProcessing(config.dataProcessingOptions),
});
