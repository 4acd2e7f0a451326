import type { Config, DestinationConfig } from '../../../shared/config/config.ts';
import type { DestinationToken } from '../../../shared/queue/ports.ts';
import { listDatasets } from '../../../commands/datasets/list-datasets.ts';
import { readToken, type TokenPlace } from './read-token.ts';
import type { DatasetsView } from './wire.ts';

type DestinationDatasets = DatasetsView['destinations'][number];

/** Every destination with the datasets that its token reaches. */
export const datasetsView = (config: Config, place: TokenPlace): Promise<DatasetsView> =>
  datasetsOf(config, place.graphApiUrl, (secret) => readToken(secret, place));

/** The same with tokens from anywhere. @param tokenOf reads a secret, or throws what to do */
export async function datasetsOf(
  { destinations }: Config,
  graphApiUrl: string,
  tokenOf: (secret: string) => Promise<DestinationToken>,
): Promise<DatasetsView> {
  const views = Object.entries(destinations).map(
    async ([name, destination]): Promise<DestinationDatasets> => ({
      name,
      datasetId: destination.datasetId,
      ...(await reachable(destination, graphApiUrl, tokenOf)),
    }),
  );
  return { destinations: await Promise.all(views) };
}

async function reachable(
  { accessTokenSecret, graphVersion }: DestinationConfig,
  graphApiUrl: string,
  tokenOf: (secret: string) => Promise<DestinationToken>,
): Promise<Pick<DestinationDatasets, 'datasets' | 'problem'>> {
  try {
    const { accessToken: token, appSecret } = await tokenOf(accessTokenSecret);
    const list = await listDatasets({ fetch, graphApiUrl, graphVersion, token, appSecret });
    if (!list.ok) return { datasets: [], problem: `${list.problem.reason} ${list.problem.fix}` };
    const datasets = list.datasets.map(({ id, name, business, lastFiredAt }) => ({
      id,
      ...(name && { name }),
      ...(business && { business: business.name }),
      ...(lastFiredAt && { lastFiredAt: lastFiredAt.toISOString() }),
    }));
    return { datasets };
  } catch (error) {
    return { datasets: [], problem: (error as Error).message };
  }
}
