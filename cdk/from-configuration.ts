import type { Config } from '../shared/config/config.ts';
import type { ConversionsPipelineProps } from './constructs/conversions-pipeline.ts';

/** Properties of a pipeline that follow from its configuration; destinations may share a secret. */
export const fromConfiguration = ({
  sources,
  destinations,
}: Pick<Config, 'sources' | 'destinations'>): Required<
  Pick<ConversionsPipelineProps, 'tokenSecrets' | 'sources' | 'deliverAfterSeconds'>
> => ({
  tokenSecrets: Object.fromEntries(
    Object.entries(destinations).map(([name, { accessTokenSecret }]) => [name, accessTokenSecret]),
  ),
  sources,
  deliverAfterSeconds: Math.max(0, ...Object.values(destinations).map((each) => each.deliverAfterSeconds)),
});
