import type { MatchKeyRow } from '../../shared/meta/user-data/match-key-table.ts';
import { matchKeyTable } from '../../shared/meta/user-data/match-key-table.ts';
import { pathsIn } from '../../shared/explain/paths-in.ts';
import type { EventQuality } from './event-quality.ts';

/** The match key of an event that Meta says would add most, and how to send it. */
export interface BestKey {
  /** As Meta calls it. */
  readonly identifier: string;
  readonly coveragePercent: number | undefined;
  /** Conversions that Meta would report more. */
  readonly gainPercent: number;
  /** Line for `user_data` of the mapping; undefined where no mapping can make it. */
  readonly line: string | undefined;
}

/** Meta's words for its own keys. */
const identifiers: Readonly<Record<string, string>> = {
  email: 'em',
  phone: 'ph',
  gender: 'ge',
  date_of_birth: 'db',
  birthday: 'db',
  first_name: 'fn',
  last_name: 'ln',
  city: 'ct',
  state: 'st',
  zip: 'zp',
  zip_code: 'zp',
  user_agent: 'client_user_agent',
  ip_address: 'client_ip_address',
  facebook_login_id: 'fb_login_id',
};

/** The key with most to gain, by Meta's own figures: none is made up here. */
export function bestKey({ event_match_quality: quality }: EventQuality): BestKey | undefined {
  const [best] = (quality?.match_key_feedback ?? [])
    .filter(({ potential_aly_acr_increase: gain }) => (gain?.percentage ?? 0) > 0)
    .toSorted(
      (a, b) => (b.potential_aly_acr_increase?.percentage ?? 0) - (a.potential_aly_acr_increase?.percentage ?? 0),
    );
  if (best === undefined) return undefined;
  return {
    identifier: best.identifier,
    coveragePercent: best.coverage?.percentage,
    gainPercent: best.potential_aly_acr_increase?.percentage ?? 0,
    line: mappingLine(best.identifier),
  };
}

/** Line that a mapping's `user_data` gets, with the place where libraries put the value. */
function mappingLine(identifier: string): string | undefined {
  const key = identifiers[identifier] ?? identifier;
  const row = (matchKeyTable as readonly MatchKeyRow[]).find((one) => one.key === key);
  const [member, field] = Object.entries(row?.from ?? {})[0] ?? [];
  if (member === undefined) return undefined;
  const [path = `$.traits.${member}`] = pathsIn(field?.default);
  return `user_data: { ${member}: { '@path': '${path}' } }`;
}
