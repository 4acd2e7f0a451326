import { examples } from '../../../examples/examples.ts';
import { presetExamples } from '../../../examples/presets/preset-examples.ts';
import type { Config } from '../../../shared/config/config.ts';
import { sampleCurl } from './sample-curl.ts';
import type { Setup } from './wire.ts';

export interface SetupSource {
  readonly deployment: string;
  readonly mayChange: boolean;
  readonly hasHistory: boolean;
  readonly explainedBy?: string;
  readonly version: number;
  readonly configFile: string;
  readonly config: Config;
  readonly endpoint: string;
  readonly writeKey: string;
  readonly graph: string;
  readonly isStandIn: boolean;
}

/** Setup that the page needs to know: never a secret's name, nor the digest of a write key. */
export function setupOf({ config, endpoint, writeKey, ...facts }: SetupSource): Setup {
  return {
    ...facts,
    ...{ endpoint, writeKey },
    curl: sampleCurl(endpoint, writeKey),
    sources: Object.entries(config.sources).map(([name, { destinations }]) => ({ name, destinations })),
    destinations: Object.entries(config.destinations).map(
      ([name, { datasetId, graphVersion, testEventCode, personalData, mappings }]) => ({
        ...{ name, datasetId, graphVersion, personalData, mappings },
        ...(testEventCode !== undefined && { testEventCode }),
      }),
    ),
    examples: [...examples, ...presetExamples].map(({ title, in: event }) => ({ title, event })),
  };
}
