import type { Config } from '../shared/config/config.ts';

/** The secrets a configuration reads tokens from, each once and in a stable order; destinations may share one. */
export const tokenSecretNames = ({ destinations }: Pick<Config, 'destinations'>): readonly string[] =>
  [...new Set(Object.values(destinations).map(({ accessTokenSecret }) => accessTokenSecret))].sort();
