import * as z from 'zod';
import { readGraphError } from '../../shared/meta/graph/graph-error.ts';
import { type GraphAccess, type GraphProblem, problemOf, readGraph, unreadable } from './graph-reader.ts';

/** Meta's facts about a token. */
export interface TokenFacts {
  /** `SYSTEM_USER`, `USER`, `PAGE`, `APP`. */
  readonly type: string;
  readonly application?: string | undefined;
  /** Left out when it never expires. */
  readonly expiresAt?: Date | undefined;
  readonly dataAccessExpiresAt?: Date | undefined;
  /** Permissions. */
  readonly scopes: readonly string[];
}

export type TokenFactsReading =
  | { readonly ok: true; readonly facts: TokenFacts }
  /** `valid`: Meta takes the token, but does not tell what it is. */
  | { readonly ok: false; readonly valid: boolean; readonly problem: GraphProblem };

/** Seconds since 1970; 0 is never. */
const Moment = z
  .int()
  .nonnegative()
  .optional()
  .transform((seconds) => (seconds ? new Date(seconds * 1_000) : undefined));

const Debugged = z.object({
  data: z.object({
    is_valid: z.boolean(),
    error: z.unknown().optional(),
    type: z.string().default('unknown'),
    application: z.string().optional(),
    expires_at: Moment,
    data_access_expires_at: Moment,
    scopes: z.array(z.string()).default([]),
  }),
});

/**
 * Lets a token inspect itself. Meta promises that only to tokens of an app's developers, so a token that may not is tried
 * on `me` instead. This is the one request that carries the token in its URL: Meta takes it nowhere else.
 *
 * @see https://developers.facebook.com/docs/graph-api/reference/debug_token
 */
export async function readTokenFacts(access: GraphAccess): Promise<TokenFactsReading> {
  const answer = await readGraph(access, 'debug_token', { input_token: access.token });
  if (!answer.ok)
    return { ok: false, valid: await isRefusedOnlyThere(access, answer.problem), problem: answer.problem };
  const parsed = Debugged.safeParse(answer.body);
  if (!parsed.success) return { ok: false, valid: false, problem: unreadable };
  const { is_valid: valid, error, ...data } = parsed.data.data;
  if (!valid) {
    const refused = readGraphError(400, JSON.stringify({ error: error ?? { code: 190 } }));
    return { ok: false, valid: false, problem: problemOf(refused) };
  }
  const { type, application, expires_at: expiresAt, data_access_expires_at: dataAccessExpiresAt, scopes } = data;
  return { ok: true, facts: { type, application, expiresAt, dataAccessExpiresAt, scopes } };
}

async function isRefusedOnlyThere(access: GraphAccess, { code }: GraphProblem): Promise<boolean> {
  if (code === undefined || code === 190) return false;
  return (await readGraph(access, 'me', { fields: 'id' })).ok;
}
