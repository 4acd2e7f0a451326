import { hash } from 'node:crypto';
import { defineConfig, ecommerceMappings, type Config } from 'meta-conversions-pipeline/config';

export const writeKey = 'chaos-write-key';

/** One source, and the destinations that a scenario names. */
export const chaosConfig = (destinations: readonly string[]): Config =>
  defineConfig({
    sources: { chaos: { writeKeyHashes: [hash('sha256', writeKey)], destinations: [...destinations] } },
    destinations: Object.fromEntries(
      destinations.map((name, index) => [
        name,
        {
          datasetId: datasetId(index),
          accessTokenSecret: `conversions/chaos/${name}`,
          mappings: ecommerceMappings({ actionSource: 'website' }),
        },
      ]),
    ),
  });

const datasetId = (index: number): string => String(1_000_000_000_000_001 + index);
