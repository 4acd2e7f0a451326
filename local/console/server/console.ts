import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import * as z from 'zod';
import { DeadLetter } from '../../../shared/queue/dead-letter.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import { rulesOfSources } from '../../../shared/segment/source-rules.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import type { Config } from '../../../shared/config/config.ts';
import type { Backend } from '../../runtime/backend.ts';
import { describeConfig } from '../../configuration/describe-config.ts';
import type { ConfigurationProblem } from '../../configuration/reading.ts';
import type { LocalRoute } from '../../emulators/http-api/http-api.ts';
import type { LocalSettings } from '../../runtime/local-settings.ts';
import { datasetsView } from './datasets-view.ts';
import { deadLetterService } from './dead-letter-service.ts';
import type { EventLog } from './event-log.ts';
import { eventDetails } from './event-details.ts';
import { eventStream } from './event-stream.ts';
import { guarded } from './guard.ts';
import { buildPage, type PageFile } from './page-files.ts';
import { contentSecurityPolicy, iconSvg, pageHtml } from './page-html.ts';
import { jsonRoute, send, sendJson, sendProblem } from './respond.ts';
import { readAnswer, sendTestEvent } from './send-test-event.ts';
import { setupOf } from './setup.ts';
import type { SentAnswer, Status } from './wire.ts';

export interface ConsoleOptions {
  readonly log: EventLog;
  /** Whether the deliver function is running. */
  readonly isBusy: () => boolean;
  /** Configuration that runs at first. */
  readonly config: Config;
  readonly settings: Pick<LocalSettings, 'writeKey' | 'graphApiUrl' | 'configFile'>;
  readonly backend: Pick<Backend, 'counts' | 'endpoints' | 'queues' | 'received' | 'region'>;
  /** Origin of the Segment endpoint. */
  readonly endpoint: string;
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

const Change = z.object({
  ids: z.array(z.string().min(1)).min(1).max(1_000),
  event: z.record(z.string(), z.unknown()).optional(),
  confirmed: z.boolean().default(false),
});
const PipelineEvent = z.object({ event: z.record(z.string(), z.unknown()) });
const TestEvent = z.object({
  destination: z.string(),
  testEventCode: z.string().trim().min(1, 'Give the test event code that Events Manager shows.').max(100),
  json: z.string().min(2),
});

/** The page at `/console` and what it asks for. */
export async function createConsole(options: ConsoleOptions): Promise<Console> {
  const { log, isBusy, backend, settings, endpoint } = options;
  const { endpoints, region, queues, counts } = backend;
  const isStandIn = settings.graphApiUrl === undefined;
  let config = options.config;
  let destinations = await compileDestinations(config, sha256Hex);
  let version = 0;
  let problem: ConfigurationProblem | undefined;
  const target = { graphApiUrl: endpoints.graph, secretsManager: endpoints.secretsManager, region };
  const deadLetters = deadLetterService({
    endpoint: endpoints.sqs,
    region,
    queues,
    rules: () => rulesOfSources(config),
  });
  const { writeKey, configFile = 'config/local.ts' } = settings;
  const setup = { configFile, endpoint, writeKey, graph: endpoints.graph, isStandIn };
  let page: Promise<ReadonlyMap<string, PageFile>> | undefined;
  let reconciledAt = 0;

  function status(): Status {
    const now = Date.now();
    const balance = log.ledger.balance(counts('events'), isBusy(), now);
    if (balance.missing > 0 && now - reconciledAt > reconcileEveryMs) {
      reconciledAt = now;
      void reconcile();
    }
    return {
      balance,
      queues: { events: counts('events'), deadLetters: counts('deadLetters') },
      seconds: log.rates.seconds(now),
    };
  }

  /**
   * Finds the messages that the queue itself moved to the dead letters after too many receives: no function reports
   * them.
   */
  async function reconcile(): Promise<void> {
    const { letters } = await deadLetters.list();
    for (const letter of letters) {
      if (letter.code !== 'received_too_often') continue;
      const { id: _, messageId: __, eventName: ___, ...facts } = letter;
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
    '/console': (_, response) => {
      const nonce = randomBytes(16).toString('base64');
      send(response, 200, 'text/html; charset=utf-8', pageHtml(nonce), {
        'content-security-policy': contentSecurityPolicy(nonce),
      });
    },
    '/console/assets/*': async (request, response) => {
      const name = request.url?.split('?', 1)[0]?.split('/').at(-1) ?? '';
      if (name === 'icon.svg') return send(response, 200, 'image/svg+xml', iconSvg);
      page ??= buildPage();
      try {
        sendFile(response, (await page).get(name));
      } catch (error) {
        page = undefined;
        sendProblem(response, 500, `The page could not be bundled: ${(error as Error).message}`);
      }
    },
    '/console/api/setup': (_, response) => sendJson(response, setupOf({ ...setup, version, config })),
    '/console/api/stream': (request, response) => stream.connect(request, response),
    '/console/api/event': (request, response) => {
      const seq = Number(new URLSearchParams(request.url?.split('?')[1]).get('seq'));
      const entry = log.entry(seq);
      if (entry === undefined) return sendProblem(response, 404, 'The event is too long ago, or from another run.');
      const source = { destinations, isStandIn, requests: backend.received };
      sendJson(response, eventDetails(entry, source, new Date()));
    },
    '/console/api/dead-letters': async (_, response) => sendJson(response, await deadLetters.list()),
    '/console/api/datasets': async (_, response) => sendJson(response, await datasetsView(config, target)),
    'POST /console/api/redrive': jsonRoute(Change, (change) => deadLetters.redrive(change)),
    'POST /console/api/purge': jsonRoute(Change, (change) => deadLetters.purge(change)),
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
    },
  };
}

const reconcileEveryMs = 5_000;

function sendFile(response: ServerResponse, file: PageFile | undefined): void {
  if (file === undefined) sendProblem(response, 404, 'The page has no such file.');
  else send(response, 200, file.contentType, file.contents);
}

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
