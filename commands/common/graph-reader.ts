import { appSecretProof } from '../../shared/meta/graph/graph-client.ts';
import { type GraphError, readGraphError, retryAction } from '../../shared/meta/graph/graph-error.ts';

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
  const body = parseJson(text);
  if (response.ok && typeof body === 'object' && body !== null && !('error' in body)) return { ok: true, body };
  return { ok: false, problem: problemOf(readGraphError(response.status, text)) };
}

/** A Graph error with its fix. */
export function problemOf(error: GraphError): GraphProblem {
  const { reason, code, subcode, traceId } = error;
  return {
    reason: code === undefined ? reason : `${reason} (Graph error ${[code, subcode].filter(Boolean).join('/')})`,
    fix: fixes.find(({ when }) => when(error))?.fix ?? 'Try again in a few minutes.',
    ...(code !== undefined && { code }),
    ...(subcode !== undefined && { subcode }),
    ...(traceId !== undefined && { traceId }),
  };
}

const unreachable = (origin: string): GraphProblem => ({
  reason: `${origin} could not be reached.`,
  fix: 'Check the network and a proxy between here and Meta, then try again.',
});

/** The first that fits counts. @see https://developers.facebook.com/docs/graph-api/guides/error-handling */
const fixes: readonly { readonly when: (error: GraphError) => boolean; readonly fix: string }[] = [
  {
    when: ({ code, reason }) => code === 104 || reason.includes('app secret proof'),
    fix: 'Put {"accessToken": "…", "appSecret": "…"} in place with `npm run token:set`; the app secret is that of the app which made the token.',
  },
  {
    when: ({ code }) => code === 190 || code === 102,
    fix: 'Generate a new token for the system user in Business settings, and put it in place with `npm run token:set`.',
  },
  {
    when: ({ code, subcode }) => (code === 100 && subcode === 33) || code === 803,
    fix: 'Correct datasetId, or assign the dataset to the system user in Business settings; `npm run datasets` lists what the token reaches.',
  },
  {
    when: (error) => retryAction(error) === 'hold' && isPermission(error.code),
    fix: 'Generate a token with the permissions ads_management and business_management, and put it in place with `npm run token:set`.',
  },
  {
    when: ({ code }) => code === 100 || code === 2635,
    fix: 'Set graphVersion of the destination to a version that Meta supports.',
  },
];

const isPermission = (code = 0): boolean => code === 3 || code === 10 || (code >= 200 && code <= 299);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
