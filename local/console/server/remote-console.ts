import type { SQSClient } from '@aws-sdk/client-sqs';
import { eventHistory } from '../../../commands/events/event-history.ts';
import type { AskRecord } from '../../../commands/events/open-record.ts';
import type { DestinationToken } from '../../../shared/queue/ports.ts';
import type { Config } from '../../../shared/config/config.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import { rulesOfSources } from '../../../shared/segment/source-rules.ts';
import { describeConfig } from '../../configuration/describe-config.ts';
import type { LocalRoute } from '../../emulators/http-api/http-api.ts';
import { deadLetterRoutes } from './dead-letter-routes.ts';
import { deadLetterService, type DeadLetterServiceOptions } from './dead-letter-service.ts';
import { datasetsOf } from './datasets-view.ts';
import { eventStream } from './event-stream.ts';
import { guarded } from './guard.ts';
import { historyRoute, pastEvent } from './history-routes.ts';
import type { LetterStore } from './letter-store.ts';
import { pageRoutes } from './page-routes.ts';
import { numberOf, paramsOf } from './request-params.ts';
import { jsonRoute, sendJson, sendProblem } from './respond.ts';
import { setupOf } from './setup.ts';
import { insightRoutes } from './insight-routes.ts';
import type { Status } from './wire.ts';

/** Facts of a deployment elsewhere, read anew now and then while a page is open. */
export type RemoteStatus = Omit<Status, 'deadLetters'>;

export interface RemoteConsoleOptions {
  /** Name of the environment. */
  readonly deployment: string;
  readonly config: Config;
  /** Which configuration that is, in a sentence. */
  readonly explainedBy: string;
  readonly letters: LetterStore;
  readonly client: SQSClient;
  readonly eventsQueue: string;
  readonly ask: AskRecord;
  readonly readStatus: () => Promise<RemoteStatus>;
  /** Reads a secret. @throws Error that says what to do */
  readonly tokenOf: (secret: string) => Promise<DestinationToken>;
  /** Redrive and purge are offered. */
  readonly mayChange: boolean;
  /** Writes down what was changed, and by whom. */
  readonly onMoved: NonNullable<DeadLetterServiceOptions['onMoved']>;
  readonly graph: string;
  readonly onError: (error: unknown) => void;
}

const statusEveryMs = 30_000;

const readOnly =
  'This console only looks. Start it with --allow-changes to redrive and purge, or use npm run dead-letters.';

/** The console of a deployment in AWS: the same page, over its record, its metrics and its queues. Nothing is deployed for it. */
export async function createRemoteConsole(options: RemoteConsoleOptions): Promise<{
  readonly routes: Readonly<Record<string, LocalRoute>>;
  close(): void;
}> {
  const { deployment, config, explainedBy, letters, client, eventsQueue, ask, mayChange, onMoved, graph } = options;
  const { tokenOf } = options;
  const history = eventHistory(ask);
  const destinations = await compileDestinations(config, sha256Hex);
  const deadLetters = deadLetterService({
    ...{ store: letters, client, eventsQueue, onMoved },
    rules: () => rulesOfSources(config),
  });
  let latest = await options.readStatus();
  let readAt = Date.now();

  function status(): Status {
    if (Date.now() - readAt > statusEveryMs) {
      readAt = Date.now();
      options.readStatus().then((next) => {
        latest = next;
      }, options.onError);
    }
    const { lastNumber, letters: known } = deadLetters.known();
    const { visible, inFlight } = latest.queues.deadLetters;
    // Before somebody looks at them, only their messages are counted.
    return { ...latest, deadLetters: { lastNumber, letters: Math.max(known, visible + inFlight) } };
  }

  const stream = eventStream({
    lines: () => [],
    takeChanges: () => [],
    status,
    configuration: () => ({ version: 0, summary: describeConfig(config) }),
  });
  const setup = setupOf({
    ...{ deployment, mayChange, explainedBy, graph, config, version: 0, hasHistory: true },
    ...{ configFile: `config/${deployment}.ts`, endpoint: 'http://localhost', writeKey: '', isStandIn: false },
  });

  const routes: Record<string, LocalRoute> = {
    ...pageRoutes(),
    '/console/api/setup': (_, response) => sendJson(response, { ...setup, endpoint: '', curl: '' }),
    '/console/api/stream': (request, response) => stream.connect(request, response),
    '/console/api/search': (_, response) => sendJson(response, { seqs: [], upTo: 0, unread: 0 }),
    '/console/api/history': historyRoute(history),
    '/console/api/event': async (request, response) => {
      const asked = paramsOf(request);
      const id = asked.get('id') ?? '';
      const source = {
        ...{ destinations, isStandIn: false, requests: () => [], target: `--env ${deployment}` },
      };
      const at = numberOf(asked.get('at'));
      const details = await pastEvent({ id, at, deadLetters, history, source, now: new Date() });
      if (details !== undefined) return sendJson(response, details);
      const where = 'neither in the dead letter queue nor in the record';
      sendProblem(response, 404, `No event ${JSON.stringify(id)} is known: it is ${where}.`);
    },
    '/console/api/datasets': async (_, response) => sendJson(response, await datasetsOf(config, graph, tokenOf)),
    ...insightRoutes({ config: () => config, ask, graphApiUrl: graph, tokenOf }),
    ...deadLetterRoutes(deadLetters, mayChange ? undefined : readOnly),
    'POST /console/api/send': refusing,
    'POST /console/api/test-event': refusing,
  };
  return {
    routes: Object.fromEntries(Object.entries(routes).map(([path, route]) => [path, guarded(failing(route))])),
    close() {
      stream.close();
      deadLetters.close();
    },
  };
}

const refusing = jsonRoute(
  // Whatever is sent is refused.
  { safeParse: (data: unknown) => ({ success: true, data }) } as never,
  async () => {
    throw new Error('Events are sent from a local console only: npm start.');
  },
);

/** Turns refusals of AWS into an answer for the page. */
const failing =
  (route: LocalRoute): LocalRoute =>
  async (request, response) => {
    try {
      await route(request, response);
    } catch (error) {
      if (!response.headersSent) sendProblem(response, 502, error instanceof Error ? error.message : String(error));
    }
  };
