import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { SQSEvent } from 'aws-lambda';
import { environments } from '../../config/environments.ts';
import type { Config } from '../../shared/config/config.ts';
import { recordNames } from '../../shared/config/record-names.ts';
import { embeddedQueue, type EmbeddedQueue, startAwsServer } from '../emulators/aws/aws-server.ts';
import type { Intercept } from '../emulators/aws/request-listener.ts';
import type { OnSent } from '../emulators/sqs/message-operations.ts';
import { type BatchLine, readReport } from './batch-line.ts';
import { type RefusalLine, readRefusal } from './refusal-line.ts';
import { startEventSourceMapping } from '../emulators/event-source-mapping/event-source-mapping.ts';
import { type ReceivedRequest, startGraphApi } from '../graph-stand-in/graph-api.ts';
import { type Dataset, worldOf } from '../graph-stand-in/world.ts';
import { createLambdaFunction, type InvokeResult, type LambdaFunction } from '../emulators/lambda/lambda-function.ts';
import type { LocalSettings } from './local-settings.ts';
import { openLocalRecord } from './local-record.ts';
import { ensureQueues, type QueueUrls, queueNames } from './queues.ts';

export interface RuntimeOutput {
  onBatch(line: BatchLine): void;
  /** The ingest function refused a request, or several. */
  onRefusal?(line: RefusalLine): void;
  /** Any other line that a function printed. */
  onLog(line: string): void;
  onError(error: Error): void;
}

/** Everything behind the HTTP endpoint. */
export interface Backend {
  readonly ingest: LambdaFunction;
  readonly deliver: LambdaFunction;
  readonly endpoints: { readonly sqs: string; readonly secretsManager: string; readonly graph: string };
  readonly queues: QueueUrls;
  readonly region: string;
  readonly batches: readonly BatchLine[];
  /** Requests that the embedded stand-in got; none when an outside Graph API is used. */
  received(): readonly ReceivedRequest[];
  /** About as many bytes as all messages on the queues take. */
  queuedBytes(): number;
  /** The dead letter queue, without going through HTTP. */
  readonly deadLetters: EmbeddedQueue;
  counts(queue: keyof typeof queueNames): { visible: number; inFlight: number; delayed: number };
  /**
   * Has both functions take up the configuration that lies beside their bundles. Running invocations finish with the one
   * before. Rejects when a function can no longer be loaded; it then goes on with what it had.
   */
  configure(config: Config): Promise<void>;
  /** Bodies of all messages on a queue by their id, also of those that nobody can receive now. */
  messages(queue: keyof typeof queueNames): Readonly<Record<string, string>>;
  /** Takes messages off the events queue, wherever they are. */
  forget(ids: readonly string[]): void;
  /** Closes the files of the record, and writes the queues' journal anew, so that nothing stands in it that is gone. */
  settle(): void;
  /** Hands nothing more to the deliver function, once what it has is done. */
  stopDelivering(): Promise<void>;
}

/** Faults that a fault harness or the console puts in the way. */
export interface BackendFaults {
  readonly intercept?: Intercept;
  /** Told of every message that was put on a queue. */
  readonly onSent?: OnSent;
  /** Variables of the functions besides those that they always get. */
  readonly env?: Readonly<Record<string, string>>;
  /** Stands between the queue and the deliver function, which it is given as `invoke`. */
  readonly handOver?: (event: SQSEvent, invoke: (event: SQSEvent) => Promise<InvokeResult>) => Promise<InvokeResult>;
}

const region = 'us-east-1';
const record = recordNames('local');
const rememberedBatches = 50;

/**
 * Starts queues, secrets, the Graph API stand-in, both functions and the mapping between queue and function.
 *
 * @param bundles folder with a bundle per function
 * @param stack gets what is to be stopped, in the order of starting
 */
export async function startBackend(
  settings: LocalSettings,
  config: Config,
  bundles: string,
  output: RuntimeOutput,
  stack: AsyncDisposableStack,
  { intercept, onSent, env: more = {}, handOver = (event, invoke) => invoke(event) }: BackendFaults = {},
): Promise<Backend> {
  const { deliver, ingest } = environments.development;
  const journalFile = resolve(settings.stateDirectory, 'queues.jsonl');
  const kept = settings.recordLevel === 'off' ? undefined : openLocalRecord(settings.stateDirectory);
  const streams = new Map(kept ? [[record.stream, kept.files]] : []);
  const aws = await startAwsServer({ region, journalFile, streams, intercept, onSent });
  stack.defer(async () => {
    await aws.close();
    kept?.files.settle();
  });
  if (kept) aws.secrets.put(record.secret, kept.secret);
  const queues = ensureQueues(aws);
  const datasets: Dataset[] = [];
  const secrets = new Set<string>();
  /**
   * Creates the datasets and secrets that the destinations need. A secret that exists keeps its value: its token may be
   * another by now.
   */
  const provide = ({ destinations }: Config): void => {
    datasets.splice(0, Infinity, ...worldOf(Object.values(destinations).map(({ datasetId: id }) => ({ id }))).datasets);
    for (const { accessTokenSecret } of Object.values(destinations)) {
      if (!secrets.has(accessTokenSecret)) aws.secrets.put(accessTokenSecret, settings.accessToken);
      secrets.add(accessTokenSecret);
    }
  };
  provide(config);
  const standIn =
    settings.graphApiUrl === undefined
      ? await startGraphApi({
          accepts: (token: string) => token === settings.accessToken,
          world: { datasets },
        })
      : undefined;
  if (standIn) stack.defer(() => standIn.close());
  const graph = settings.graphApiUrl ?? standIn?.url ?? '';

  const batches: BatchLine[] = [];
  const onLog = (line: string): void => {
    const refusal = output.onRefusal && readRefusal(line);
    if (refusal !== undefined) {
      output.onRefusal?.(refusal);
      return;
    }
    const report = readReport(line);
    if (report === undefined) {
      output.onLog(line);
      return;
    }
    batches.push(report);
    if (batches.length > rememberedBatches) batches.shift();
    output.onBatch(report);
  };
  const env = {
    AWS_ENDPOINT_URL_SQS: aws.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
    AWS_ENDPOINT_URL_FIREHOSE: aws.url,
    EVENTS_QUEUE_URL: queues.events,
    DEAD_LETTER_QUEUE_URL: queues.deadLetters,
    ENVIRONMENT: 'local',
    GRAPH_API_URL: graph,
    MAX_RETRY_DELAY_SECONDS: String(settings.maxRetryDelaySeconds),
    RECORD_LEVEL: settings.recordLevel,
    RECORD_STREAM: record.stream,
    RECORD_SECRET: record.secret,
    ...more,
  };
  const startFunction = (
    name: string,
    limits: FunctionLimits,
    share: { readonly concurrency: number; readonly niceness?: number },
  ): LambdaFunction => {
    const started = createLambdaFunction({
      ...limits,
      name,
      directory: resolve(bundles, name),
      env,
      ...share,
      onLog,
    });
    stack.defer(() => started.close());
    return started;
  };
  const ingestFunction = startFunction('ingest', ingest, { concurrency: ingestConcurrency });
  const deliverFunction = startFunction('deliver', deliver, {
    concurrency: deliver.maxConcurrency,
    niceness: deliverNiceness,
  });
  await Promise.all([ingestFunction.ready(), deliverFunction.ready()]);
  // The first burst then finds them warm. One that cannot be started now is tried again when it is needed.
  void ingestFunction.ready(ingestConcurrency).catch(() => {});
  const mapping = startEventSourceMapping({
    ...deliver,
    queueUrl: queues.events,
    region,
    call: aws.call,
    invoke: (event, json) =>
      handOver(event, (given) => deliverFunction.invoke(given, given === event ? json : undefined)),
    // AWS polls with five at once; one gives the fullest batches on a machine with few cores.
    pollers: 1,
    // Who sends one event and watches it does not want to wait for others to come.
    windowScale: 0.3,
    onError: output.onError,
  });
  stack.defer(() => mapping.close());
  return {
    ingest: ingestFunction,
    deliver: deliverFunction,
    endpoints: { sqs: aws.url, secretsManager: aws.url, graph },
    queues,
    region,
    batches,
    received: () => standIn?.received() ?? [],
    queuedBytes: () => aws.queues.bytes(),
    deadLetters: embeddedQueue(aws.queues, queueNames.deadLetters),
    counts: (queue) => aws.queues.counts(queueNames[queue]),
    async configure(next) {
      provide(next);
      // First what gets the events: it must know the destinations of whatever ingest lets in.
      await deliverFunction.renew();
      await ingestFunction.renew();
    },
    messages: (queue) =>
      Object.fromEntries([...aws.queues.messages(queueNames[queue])].map(({ id, body }) => [id, body])),
    forget: (ids) => aws.queues.remove(queueNames.events, ids),
    settle() {
      kept?.files.settle();
      aws.queues.compact();
    },
    stopDelivering: () => mapping.close(),
  };
}

/** AWS starts as many as needed; more than there are cores would only make all of them late. */
const ingestConcurrency = Math.min(4, Math.max(2, availableParallelism()));
/** Whoever sends waits for ingest and the queue; nobody waits for deliver. */
const deliverNiceness = 5;

interface FunctionLimits {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
}
