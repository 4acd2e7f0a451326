import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { DeadLetter } from '../../../shared/queue/dead-letter.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import { eventHistory } from '../../../commands/events/event-history.ts';
import type { AskRecord } from '../../../commands/events/open-record.ts';
import { requestHandler } from '../../../commands/common/read-health.ts';
import { userHere } from '../../../commands/common/who-am-i.ts';
import { leaveReceipts } from '../../../commands/dead-letters/leave-receipts.ts';
import { shopSalesOf } from '../../../commands/dead-letters/shop-sales.ts';
import { rulesOfSources } from '../../../shared/segment/source-rules.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import type { Config } from '../../../shared/config/config.ts';
import type { Backend } from '../../runtime/backend.ts';
import { describeConfig } from '../../configuration/describe-config.ts';
import type { ConfigurationProblem } from '../../configuration/reading.ts';
import type { LocalRoute } from '../../emulators/http-api/http-api.ts';
import type { LocalSettings } from '../../runtime/local-settings.ts';
import { countNotices, countWatch } from './count-notices.ts';
import { datasetsView } from './datasets-view.ts';
import { deadLetterService } from './dead-letter-service.ts';
import { embeddedLetters } from './embedded-letters.ts';
import type { EventLog } from './event-log.ts';
import { eventDetails } from './event-details.ts';
import type { Health } from './health.ts';
import { historyRoute, pastEvent } from './history-routes.ts';
import { eventStream } from './event-stream.ts';
import { guarded } from './guard.ts';
import { pageRoutes } from './page-routes.ts';
import { deadLetterRoutes } from './dead-letter-routes.ts';
import { numberOf, paramsOf } from './request-params.ts';
import { insightRoutes } from './insight-routes.ts';
import { readToken } from './read-token.ts';
import { jsonRoute, sendJson, sendProblem } from './respond.ts';
import { readAnswer, sendTestEvent } from './send-test-event.ts';
import { searchEvents } from './search-events.ts';
import { setupOf } from './setup.ts';
import type { SentAnswer, Status } from './wire.ts';

export interface ConsoleOptions {
  readonly log: EventLog;
  readonly health: Health;
  /** Whether the deliver function is running. */
  readonly isBusy: () => boolean;
  /** Configuration that runs at first. */
  readonly config: Config;
  readonly settings: Pick<LocalSettings, 'writeKey' | 'graphApiUrl' | 'configFile'>;
  readonly backend: Pick<Backend, 'counts' | 'deadLetters' | 'endpoints' | 'queues' | 'received' | 'region'>;
  /** Origin of the Segment endpoint. */
  readonly endpoint: string;
  /** Opens the record; undefined where nothing is recorded. */
  readonly ask?: AskRecord | undefined;
}

export interface Console {
  /** By path; those that change something by method and path. */
  readonly routes: Readonly<Record<string, LocalRoute>>;
  /** Explains, tests and lists by another configuration from now on, and tells every page. */
  configure(config: Config): Promise<void>;
  /** Tells every page why the file on disk does not run; undefined when it is what runs. */
  tellProblem(problem: ConfigurationProblem | undefined): void;
  close(): void;
}

const PipelineEvent = z.object({ event: z.record(z.string(), z.unknown()) });
const TestEvent = z.object({
  destination: z.string(),
  testEventCode: z.string().trim().min(1, 'Give the test event code that Events Manager shows.').max(100),
  json: z.string().min(2),
});

/** The page at `/console` and what it asks for. */
export async function createConsole(options: ConsoleOptions): Promise<Console> {
  const { log, health, isBusy, backend, settings, endpoint, ask } = options;
  const history = ask && eventHistory(ask);
  const place = `--env local${portOption(endpoint)}`;
  const { endpoints, region, queues, counts } = backend;
  const isStandIn = settings.graphApiUrl === undefined;
  let config = options.config;
  let destinations = await compileDestinations(config, sha256Hex);
  let version = 0;
  let problem: ConfigurationProblem | undefined;
  const target = { graphApiUrl: endpoints.graph, secretsManager: endpoints.secretsManager, region };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const local = { endpoint: endpoints.sqs, region, credentials, requestHandler };
  const client = new SQSClient(local);
  const deadLetters = deadLetterService({
    ...{ client, eventsQueue: queues.events },
    store: embeddedLetters(backend.deadLetters, client, queues.deadLetters),
    rules: () => rulesOfSources(config),
    isShopSale: (letter) => shopSalesOf(config)(letter),
    onMoved: (action, letters) =>
      leaveReceipts(
        { action, who: userHere(), at: new Date(), letters },
        { deployment: 'local', aws: local, ask, onError: (message) => console.error(message) },
      ),
  });
  const { writeKey, configFile = 'config/local.ts' } = settings;
  const setup = {
    ...{ configFile, endpoint, writeKey, graph: endpoints.graph, isStandIn },
    ...{ deployment: 'local', mayChange: true, hasHistory: history !== undefined },
  };
  const changedCounts = countWatch(ask);
  let reconciledAt = 0;
  let lookedAt = 0;

  function status(): Status {
    const now = Date.now();
    if (now - lookedAt > lookEveryMs) {
      lookedAt = now;
      void deadLetters.refresh();
    }
    const balance = log.ledger.balance(counts('events'), isBusy(), now);
    if (balance.missing > 0 && now - reconciledAt > reconcileEveryMs) {
      reconciledAt = now;
      void reconcile();
    }
    return {
      health: [
        ...health.notices(
          {
            config,
            waiting: log.ledger.waiting,
            target: place,
            missing: balance.state === 'gap' ? balance.missing : 0,
          },
          now,
        ),
        ...countNotices(changedCounts(now), place),
      ],
      balance,
      queues: { events: counts('events'), deadLetters: counts('deadLetters') },
      deadLetters: deadLetters.known(),
      seconds: log.rates.seconds(now),
    };
  }

  /**
   * Finds the messages that the queue itself moved to the dead letters after too many receives: no function reports
   * them.
   */
  async function reconcile(): Promise<void> {
    const { letters } = await deadLetters.list({ query: { code: 'received_too_often' }, limit: mostReconciled });
    for (const letter of letters) {
      const { key: _, messageId: __, eventName: ___, events: ____, ...facts } = letter;
      const parsed = DeadLetter.safeParse({ version: 1, ...facts });
      if (parsed.success) log.movedByQueue(parsed.data);
    }
  }

  const stream = eventStream({
    lines: () => log.lines(),
    takeChanges: () => log.takeChanges(),
    status,
    configuration: () => ({ version, summary: describeConfig(config), ...(problem && { problem }) }),
  });

  const routes: Record<string, LocalRoute> = {
    ...pageRoutes(),
    '/console/api/setup': (_, response) => sendJson(response, setupOf({ ...setup, version, config })),
    '/console/api/stream': (request, response) => stream.connect(request, response),
    '/console/api/event': async (request, response) => {
      const asked = paramsOf(request);
      const id = asked.get('id') ?? '';
      const entries = log.entriesOf(id);
      const at = numberOf(asked.get('at') ?? undefined);
      const entry = entries.find(({ receivedAt }) => receivedAt === at) ?? entries[0];
      const source = { destinations, isStandIn, requests: backend.received, target: place };
      const now = new Date();
      const details =
        entry === undefined
          ? await pastEvent({ id, at, deadLetters, history, source, now })
          : eventDetails(entry, entries, source, now);
      if (details === undefined) return sendProblem(response, 404, unknownEvent(id, history !== undefined));
      sendJson(response, details);
    },
    '/console/api/history': historyRoute(history),
    '/console/api/search': async (request, response) => {
      const asked = paramsOf(request);
      sendJson(response, await searchEvents(log, asked.get('q') ?? '', Number(asked.get('since') ?? 0)));
    },
    ...deadLetterRoutes(deadLetters),
    ...insightRoutes({
      ...{ config: () => config, ask, graphApiUrl: endpoints.graph },
      tokenOf: (secret) => readToken(secret, target),
    }),
    '/console/api/datasets': async (_, response) => sendJson(response, await datasetsView(config, target)),
    'POST /console/api/send': jsonRoute(PipelineEvent, ({ event }) => sendThroughPipeline(event, endpoint, writeKey)),
    'POST /console/api/test-event': jsonRoute(TestEvent, async ({ destination, testEventCode, json }) => {
      const known = config.destinations[destination];
      if (known === undefined) throw new Error(`The configuration has no destination ${destination}.`);
      return sendTestEvent(json, testEventCode, known, target);
    }),
  };
  return {
    routes: Object.fromEntries(Object.entries(routes).map(([path, route]) => [path, guarded(route)])),
    async configure(next) {
      destinations = await compileDestinations(next, sha256Hex);
      config = next;
      version++;
      problem = undefined;
      stream.tellConfiguration();
    },
    tellProblem(next) {
      problem = next;
      stream.tellConfiguration();
    },
    close() {
      stream.close();
      deadLetters.close();
      client.destroy();
    },
  };
}

const reconcileEveryMs = 5_000;
const mostReconciled = 1_000;
/** Between two looks at the dead letters for whoever has a page open. */
const lookEveryMs = 1_000;

const unknownEvent = (id: string, isRecorded: boolean): string =>
  `No event ${JSON.stringify(id)} is known here: it is neither among the latest 5,000 since npm start nor in the dead letter queue${isRecorded ? ' nor in the record' : ''}.`;

/** Commands look at port 3000 unless they are told another. */
const portOption = (endpoint: string): string => {
  const { port } = new URL(endpoint);
  return port === '3000' ? '' : ` --port ${port}`;
};

/** The way of every event: to the endpoint, with the write key. */
async function sendThroughPipeline(
  event: Readonly<Record<string, unknown>>,
  endpoint: string,
  writeKey: string,
): Promise<SentAnswer> {
  const response = await fetch(`${endpoint}/v1/batch`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
    },
    body: JSON.stringify({ batch: [event] }),
  });
  return { status: response.status, body: readAnswer(await response.text()) };
}
