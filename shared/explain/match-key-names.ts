import type { MatchKey } from '../meta/user-data/match-keys.ts';
import { hashed, plain } from '../meta/user-data/user-data-names.ts';

/** Meta's hashed match key of each member of a mapping's `user_data`. */
export const hashedKeys: Readonly<Record<string, MatchKey>> = Object.fromEntries(
  hashed.flatMap(([key, names]) => names.map((name) => [name, key])),
);

/** Meta's name of each member that is sent as it is. */
export const plainKeys: Readonly<Record<string, string>> = {
  client_ip_address: 'client_ip_address',
  fbc: 'fbc',
  clickUrl: 'fbc',
  clickReferrer: 'fbc',
  fbp: 'fbp',
  ...Object.fromEntries(plain.map(([key, name]) => [name, key])),
};
