import type { Config, DestinationConfig } from '../../../shared/config/config.ts';
import { listDatasets } from '../../../commands/datasets/list-datasets.ts';
import { readToken, type TokenPlace } from './read-token.ts';
import type { DatasetsView } from './wire.ts';

type DestinationDatasets = DatasetsView['destinations'][number];

/** Every destination with the datasets that its token reaches. */
export async function datasetsView({ destinations }: Config, place: TokenPlace): Promise<DatasetsView> {
  const views = Object.entries(destinations).map(
    async ([name, destination]): Promise<DestinationDatasets> => ({
      name,
      datasetId: destination.datasetId,
      ...(await reachable(destination, place)),
    }),
  );
  return { destinations: await Promise.all(views) };
}

async function reachable(
  { accessTokenSecret, graphVersion }: DestinationConfig,
  place: TokenPlace,
): Promise<Pick<DestinationDatasets, 'datasets' | 'problem'>> {
  try {
    const { accessToken: token, appSecret } = await readToken(accessTokenSecret, place);
    const list = await listDatasets({ fetch, graphApiUrl: place.graphApiUrl, graphVersion, token, appSecret });
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
