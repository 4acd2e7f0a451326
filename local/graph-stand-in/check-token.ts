import { createHmac, timingSafeEqual } from 'node:crypto';
import { type StandInError, standInErrors } from './stand-in-error.ts';
import type { TokenFacts } from './world.ts';

export interface TokenCheck {
  readonly accepts: (token: string) => boolean;
  readonly factsOf: (token: string) => TokenFacts;
  /** The app requires a proof by this secret. */
  readonly appSecret: string | undefined;
  readonly now: Date;
}

const tokenForm = /^[\w|.~+/=-]+$/;

/** Error of a token or of the proof that came along, if there is one. The first that holds is answered. */
export function checkToken(token: unknown, proof: unknown, check: TokenCheck): StandInError | undefined {
  if (typeof token !== 'string' || token === '') return standInErrors.noToken;
  if (!check.accepts(token)) return tokenForm.test(token) ? standInErrors.wrongToken : standInErrors.malformedToken;
  if (isExpired(check.factsOf(token), check.now)) return standInErrors.expiredToken;
  if (check.appSecret === undefined) return undefined;
  if (typeof proof !== 'string' || proof === '') return standInErrors.proofMissing;
  return isProof(proof, token, check.appSecret) ? undefined : standInErrors.proofWrong;
}

export const isExpired = ({ expiresAt }: TokenFacts, now: Date): boolean =>
  expiresAt !== undefined && expiresAt.getTime() <= now.getTime();

/** @see https://developers.facebook.com/docs/graph-api/securing-requests */
function isProof(proof: string, token: string, appSecret: string): boolean {
  const expected = createHmac('sha256', appSecret).update(token).digest('hex');
  return proof.length === expected.length && timingSafeEqual(Buffer.from(proof), Buffer.from(expected));
}
