import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Bundle } from '../../build/bundles.ts';
import { writeBundles } from '../../build/write-bundles.ts';
import { startHttpApi } from '../../local/emulators/http-api/http-api.ts';
import { type Backend, startBackend } from '../../local/runtime/backend.ts';
import { jsonOrNothing } from '../../shared/lib/json/json-or-nothing.ts';
import { chaosConfig, writeKey } from './chaos-config.ts';
import type { Evidence } from './evidence.ts';
import { faultDeck } from './fault-deck.ts';
import { type GraphFaultName, graphFaults } from './graph-faults.ts';
import { startGraphServer } from './graph-server.ts';
import { handOverFaults } from './hand-over.ts';
import { type PlannedEvent, refusalsOf } from './plan-events.ts';
import { queueFaults } from './queue-faults.ts';
import { readDeadLetters, readWaiting } from './read-leftovers.ts';
import { readQueue } from './read-queue.ts';
import type { Scenario } from './scenario.ts';

/** The pipeline on this machine, with everything that can go wrong in the hands of whoever holds this. */
export interface ChaosPipeline {
  /** Origin of the Segment endpoint. */
  readonly url: string;
  readonly writeKey: string;
  /** Faults that the next requests to the Graph API meet, before any by chance. */
  readonly armed: GraphFaultName[];
  /** The Graph API breaks off every connection for so long. */
  readonly failGraph: (ms: number) => void;
  /** The queue takes no messages for so long. */
  readonly failQueue: (ms: number) => void;
  /** The Graph API refuses the token that the secret of a destination holds. */
  readonly killToken: (destination: string) => void;
  /** Puts the token that the Graph API takes into the secret. */
  readonly rotateToken: (destination: string) => Promise<void>;
  /** Whether the events queue is empty, with nothing in flight or delayed. */
  readonly isQuiet: () => boolean;
  /** Resolves when no message is being handled a second time. */
  readonly settled: () => Promise<void>;
  readonly graphRequests: () => number;
  /** Stops delivering, and enters what is left on both queues into the evidence. */
  readonly readLeftovers: () => Promise<void>;
}

export interface ChaosPipelineOptions {
  readonly scenario: Scenario;
  readonly events: readonly PlannedEvent[];
  readonly evidence: Evidence;
  readonly random: () => number;
  /** An event to lose between the queue and the deliver function. */
  readonly leak: string | undefined;
  readonly bundles: readonly Bundle[];
  /** For the queue's journal and the functions' bundles. */
  readonly directory: string;
}

const maxRetryDelaySeconds = 2;
/** Instead of the visibility timeout, which is minutes. */
const comesBackAfterSeconds = 1;
const firstToken = 'chaos-token';

/** @param stack gets what is to be stopped. @throws Error when a part cannot be started */
export async function startChaosPipeline(
  { scenario, events, evidence, random, leak, bundles, directory }: ChaosPipelineOptions,
  stack: AsyncDisposableStack,
): Promise<ChaosPipeline> {
  const config = chaosConfig(scenario.destinations);
  const names = new Map(Object.entries(config.destinations).map(([name, { datasetId }]) => [datasetId, name]));
  const nameOf = (datasetId: string): string => names.get(datasetId) ?? datasetId;
  const armed: GraphFaultName[] = [];
  const deal = faultDeck<GraphFaultName>(scenario.graph ?? {}, random);

  const graph = await startGraphServer({
    refusals: refusalsOf(events),
    nextFault(isGood) {
      const at = armed.findIndex((name) => isGood || !graphFaults[name].stores);
      return armed.splice(at, at < 0 ? 0 : 1)[0] ?? deal();
    },
    onFault: (name) => evidence.count(name),
    onStored: (datasetId, ids) => evidence.arrived(nameOf(datasetId), ids, Date.now()),
    onAnswerLost: (datasetId, ids) => evidence.excuse('answer lost', ids, nameOf(datasetId)),
    kill: () => backend.deliver.killOne(),
  });
  stack.defer(() => graph.close());
  for (const datasetId of names.keys()) graph.accept(datasetId, firstToken);

  const comeBackSoon = (receiptHandle: string): void => {
    // A message that is gone, or was received again, needs no help.
    sqs.send(visibleSoon(backend, receiptHandle)).catch(() => {});
  };
  const onQueue = queueFaults(scenario.queue ?? {}, random, (name) => evidence.count(name), comeBackSoon);
  const between = handOverFaults({ rates: scenario.handOver ?? {}, random, evidence, comeBackSoon, leak });

  const bundleDirectory = resolve(directory, 'bundles');
  writeBundles(bundleDirectory, bundles, config);
  const backend = await startBackend(
    {
      port: 0,
      writeKey,
      writeKeyHash: '',
      graphApiUrl: graph.url,
      accessToken: firstToken,
      datasetId: '',
      configFile: undefined,
      maxRetryDelaySeconds,
      stateDirectory: directory,
      recordLevel: 'events',
      endpointUrl: undefined,
    },
    config,
    bundleDirectory,
    {
      onBatch({ delivered, skipped, dead, undecodable }) {
        evidence.reported(skipped);
        evidence.measured({ delivered, skipped, dead: dead + undecodable });
      },
      onLog: (line) => evidence.measured({ accepted: acceptedIn(line) }),
      onError: () => {},
    },
    stack,
    { intercept: onQueue.intercept, handOver: between.handOver },
  );
  const client = { region: backend.region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const sqs = new SQSClient({ ...client, endpoint: backend.endpoints.sqs });
  stack.defer(() => sqs.destroy());
  const secrets = new SecretsManagerClient({ ...client, endpoint: backend.endpoints.secretsManager });
  stack.defer(() => secrets.destroy());
  const http = await startHttpApi({ port: 0, invoke: backend.ingest.invoke });
  stack.defer(() => http.close());

  const isQuiet = (): boolean => {
    const { visible, inFlight, delayed } = backend.counts('events');
    return visible + inFlight + delayed === 0;
  };
  let token = firstToken;

  return {
    url: http.url,
    writeKey,
    armed,
    failGraph: graph.fail,
    failQueue: onQueue.fail,
    killToken(destination) {
      token = `${token}-rotated`;
      graph.accept(config.destinations[destination]?.datasetId ?? '', token);
    },
    async rotateToken(destination) {
      const SecretId = config.destinations[destination]?.accessTokenSecret;
      await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: token }));
    },
    isQuiet,
    settled: between.settled,
    graphRequests: graph.requests,
    async readLeftovers() {
      await backend.stopDelivering();
      await between.settled();
      if (!isQuiet()) await sleep(2_000 * comesBackAfterSeconds);
      const read = (queue: keyof Backend['queues']) =>
        readQueue(sqs, backend.queues[queue], () => backend.counts(queue));
      readWaiting(await read('events'), evidence);
      readDeadLetters(await read('deadLetters'), evidence);
    },
  };
}

const visibleSoon = ({ queues }: Backend, receiptHandle: string): ChangeMessageVisibilityCommand =>
  new ChangeMessageVisibilityCommand({
    QueueUrl: queues.events,
    ReceiptHandle: receiptHandle,
    VisibilityTimeout: comesBackAfterSeconds,
  });

/** Events that a line of ingest's log counts as accepted, in its metrics. */
export function acceptedIn(line: string): number {
  const { EventsAccepted: accepted } = (jsonOrNothing(line) ?? {}) as { readonly EventsAccepted?: unknown };
  return typeof accepted === 'number' ? accepted : 0;
}
