import { resolve } from 'node:path';
import { loadConfig } from '../../build/load-config.ts';
import type { Config } from '../../shared/config/config.ts';
import { exampleDatasetId } from '../../shared/config/example-values.ts';
import type { LocalSettings } from '../runtime/local-settings.ts';

/**
 * The configuration of a local run, read once.
 *
 * @throws ConfigurationError when the file is not valid
 */
export const localConfig = async (settings: LocalSettings, root: string): Promise<Config> =>
  asLocal(await loadConfig(configFile(settings, root)), settings);

/** `config/local.ts`, or the user's own file. */
export const configFile = ({ configFile: own }: LocalSettings, root: string): string =>
  resolve(own ?? `${root}/config/local.ts`);

/**
 * A configuration as it runs here: in `config/local.ts` the dataset of the settings stands for the example's, and the local
 * write key opens the first source, so that a configuration of which only hashes are known can be tried.
 */
export function asLocal(config: Config, settings: LocalSettings): Config {
  const keyed = { ...config, sources: withWriteKey(config.sources, settings.writeKeyHash) };
  if (settings.configFile !== undefined) return keyed;
  const destinations = Object.entries(config.destinations).map(
    ([name, destination]) =>
      [
        name,
        destination.datasetId === exampleDatasetId ? { ...destination, datasetId: settings.datasetId } : destination,
      ] as const,
  );
  return { ...keyed, destinations: Object.fromEntries(destinations) };
}

function withWriteKey(sources: Config['sources'], hash: string): Config['sources'] {
  const known = Object.values(sources).some(({ writeKeyHashes }) => writeKeyHashes.includes(hash));
  const [first] = Object.entries(sources);
  if (known || first === undefined) return sources;
  const [name, source] = first;
  return { ...sources, [name]: { ...source, writeKeyHashes: [...source.writeKeyHashes, hash] } };
}
