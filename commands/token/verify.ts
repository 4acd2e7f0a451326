import type { DestinationConfig } from '../../shared/config/config.ts';
import type { DestinationToken } from '../../shared/queue/ports.ts';
import { type CheckResult, runChecks } from '../common/check.ts';
import { tokenChecks } from '../common/token-checks.ts';
import { readTokenFacts } from '../common/token-facts.ts';

/** Destinations that a token is tried on, and the way to Meta. */
export interface Trial {
  readonly fetch: typeof globalThis.fetch;
  readonly graphApiUrl: string;
  readonly now: Date;
  readonly testEventCode: string | undefined;
  /** Every destination whose secret the token goes into. */
  readonly destinations: readonly DestinationConfig[];
}

/**
 * Tries a token on Meta, for every destination that would use it.
 *
 * @param tell is told each finding
 * @returns whether no check failed; a warning is no failure
 */
export async function verifyToken(
  { accessToken: token, appSecret }: DestinationToken,
  { fetch, graphApiUrl, now, testEventCode, destinations }: Trial,
  tell: (result: CheckResult) => void,
): Promise<boolean> {
  let good = true;
  for (const { graphVersion, datasetId } of destinations) {
    const access = { fetch, graphApiUrl, graphVersion, token, appSecret };
    const facts = await readTokenFacts(access);
    await runChecks(tokenChecks, { access, facts, datasetId, now, testEventCode }, (result) => {
      if (result.finding.status === 'failed') good = false;
      tell(result);
    });
  }
  return good;
}
