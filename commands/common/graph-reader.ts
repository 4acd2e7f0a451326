import { jsonOrNothing } from '../../shared/lib/json/json-or-nothing.ts';
import { appSecretProof } from '../../shared/meta/graph/graph-client.ts';
import { type GraphError, readGraphError, reasonOfGraphError } from '../../shared/meta/graph/graph-error.ts';
import { graphFixes, graphReads } from '../../shared/reasons/graph-errors.ts';
import { fill } from '../../shared/reasons/reason.ts';

/** A token, and where it is used. */
export interface GraphAccess {
  readonly fetch: typeof globalThis.fetch;
  /** Origin, e.g. `https://graph.facebook.com`. */
  readonly graphApiUrl: string;
  /** E.g. `v25.0`. */
  readonly graphVersion: string;
  readonly token: string;
  /** Signs every request with `appsecret_proof`. */
  readonly appSecret?: string | undefined;
}

/** Why Graph did not answer as wished, without Meta's own texts, and what to do next. */
export interface GraphProblem {
  readonly reason: string;
  readonly fix: string;
  readonly code?: number;
  readonly subcode?: number;
  /** For Meta's support. */
  readonly traceId?: string;
}

export type GraphAnswer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly problem: GraphProblem };

const timeoutMs = 10_000;

/**
 * Reads one object or edge. Never throws for what Meta or the network does.
 *
 * @param path after the version, e.g. `me/businesses`
 * @param parameters of the query; never the token, which goes into a header
 */
export async function readGraph(
  { fetch, graphApiUrl, graphVersion, token, appSecret }: GraphAccess,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<GraphAnswer> {
  const url = new URL(`${graphApiUrl.replace(/\/+$/, '')}/${graphVersion}/${path}`);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const proof = appSecretProof({ accessToken: token, appSecret });
  if (proof !== undefined) url.searchParams.set('appsecret_proof', proof);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await response.text();
  } catch {
    return { ok: false, problem: unreachable(url.origin) };
  }
  const body = jsonOrNothing(text);
  if (response.ok && typeof body === 'object' && body !== null && !('error' in body)) return { ok: true, body };
  return { ok: false, problem: problemOf(readGraphError(response.status, text)) };
}

/** A Graph error with its fix. */
export function problemOf(error: GraphError): GraphProblem {
  const { reason, code, subcode, traceId } = error;
  return {
    reason: code === undefined ? reason : `${reason} (Graph error ${[code, subcode].filter(Boolean).join('/')})`,
    // What Meta calls transient is worth another try, whatever the code says.
    fix: error.transient ? graphFixes.graph_unknown : graphFixes[reasonOfGraphError(error)],
    ...(code !== undefined && { code }),
    ...(subcode !== undefined && { subcode }),
    ...(traceId !== undefined && { traceId }),
  };
}

/** An answer without what was asked for. */
export const unreadable: GraphProblem = {
  reason: graphReads.graph_unreadable,
  fix: graphFixes.graph_unreadable,
};

const unreachable = (origin: string): GraphProblem => ({
  reason: fill(graphReads['unreachable.origin'], { origin }),
  fix: graphFixes.unreachable,
});
