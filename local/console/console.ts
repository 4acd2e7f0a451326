import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { type BatchLine, describeBatch } from '../batch-line.ts';
import type { ReceivedRequest } from '../graph-api/received-requests.ts';
import type { LocalRoute } from '../http-api.ts';
import { arrivals } from './arrivals.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { type DeadLetterLine, deadLetterLine } from './dead-letter-line.ts';
import { sampleCurl } from './sample-curl.ts';

export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** What the console looks at. Each is asked anew for every state. */
export interface ConsoleSource {
  status(): {
    /** Origin of the Segment endpoint. */
    readonly endpoint: string;
    readonly writeKey: string;
    readonly graph: string;
    readonly queues: { readonly events: QueueDepth; readonly deadLetters: QueueDepth };
  };
  /** Oldest first. */
  batches(): readonly BatchLine[];
  /** Oldest first; empty when an outside Graph API is used. */
  requests(): readonly ReceivedRequest[];
  /** Up to 20, left where they are. */
  deadLetters(): Promise<readonly unknown[]>;
}

const mostBatches = 20;
const mostDeadLetters = 20;

/**
 * `GET /console`, one page that needs nothing else, and `GET /console/state`, the JSON that it asks for each second.
 *
 * @throws Error when the page cannot be read
 */
export function consoleRoutes(source: ConsoleSource): Record<'/console' | '/console/state', LocalRoute> {
  const page = readFileSync(new URL('page.html', import.meta.url), 'utf8');
  const policy = contentSecurityPolicy(page);
  return {
    '/console': (_, response) =>
      send(response, 'text/html; charset=utf-8', page, { 'content-security-policy': policy }),
    '/console/state': async (_, response) =>
      send(response, 'application/json', JSON.stringify(await consoleState(source))),
  };
}

async function consoleState(source: ConsoleSource) {
  const status = source.status();
  const letters = await source.deadLetters();
  return {
    ...status,
    curl: sampleCurl(status.endpoint, status.writeKey),
    batches: source
      .batches()
      .slice(-mostBatches)
      .toReversed()
      .map((batch) => ({ at: batch.at, text: describeBatch(batch), requests: batch.requests })),
    arrivals: arrivals(source.requests()),
    deadLetters: letters.slice(0, mostDeadLetters).map(deadLetterLine).toSorted(latestFirst),
  };
}

/** A queue gives its messages in any order; the page's rows are to stay where they are. */
const latestFirst = (a: DeadLetterLine, b: DeadLetterLine): number =>
  b.failedAt.localeCompare(a.failedAt) || a.json.localeCompare(b.json);

function send(response: ServerResponse, contentType: string, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(200, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // It shows a write key and personal data: to this origin only.
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    ...headers,
  });
  response.end(body);
}
