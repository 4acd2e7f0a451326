import { hash } from 'node:crypto';
import type { Issue } from '../errors.ts';
import type { Config } from './config.ts';

/** The dataset of every example. It is nobody's. */
export const exampleDatasetId = '1234567890123456';

/** Write keys that everybody can read in the files of this project. */
const exampleWriteKeys = ['local-write-key', 'replace-me-development', 'replace-me-staging', 'replace-me-production'];

/** Names of the sources that one of the examples' keys opens. */
export function sourcesWithExampleKeys({ sources }: Config): string[] {
  const known = new Set(exampleWriteKeys.map((key) => hash('sha256', key)));
  return Object.entries(sources)
    .filter(([, { writeKeyHashes }]) => writeKeyHashes.some((each) => known.has(each)))
    .map(([name]) => name);
}

/** Values of the examples that must not be deployed, each with its path and what to do. */
export function exampleValueIssues(config: Config): Issue[] {
  const keys = sourcesWithExampleKeys(config).map((source) => ({
    path: `sources.${source}.writeKeyHashes`,
    message: "holds an example's write key, which everybody knows: make one with `npm run write-key`",
  }));
  const datasets = Object.entries(config.destinations)
    .filter(([, { datasetId }]) => datasetId === exampleDatasetId)
    .map(([destination]) => ({
      path: `destinations.${destination}.datasetId`,
      message: `${exampleDatasetId} is the example's: copy the id of yours from Events Manager`,
    }));
  return [...keys, ...datasets];
}
