import type { Config } from '../shared/config/config.ts';

/** The secret that each destination reads its token from, by the destination's name; destinations may share one. */
export const tokenSecrets = ({ destinations }: Pick<Config, 'destinations'>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(destinations).map(([name, { accessTokenSecret }]) => [name, accessTokenSecret]));
