import { metaLimits } from '../../shared/meta/limits.ts';
import type { Deployment } from './deployment.ts';
import type { Workload } from './workload.ts';

/** Load that a month of events puts on each part, in numbers a month unless said otherwise. */
export interface Traffic {
  readonly requests: number;
  readonly gatewayUnits: number;
  readonly messages: number;
  readonly messageBytes: number;
  readonly invocations: number;
  readonly eventsPerInvocation: number;
  readonly graphRequests: number;
  readonly ingestGbSeconds: number;
  readonly deliverGbSeconds: number;
  readonly sqsSends: number;
  readonly sqsReceives: number;
  readonly sqsDeletes: number;
  /** Of these, requests for what was put back. */
  readonly retryRequests: number;
  /** Server events sent, again included. */
  readonly serverEvents: number;
  /** Deliver invocations that run at the same time, on average. */
  readonly deliverConcurrency: number;
}

export const secondsPerMonth = 730 * 3_600;

const gatewayUnitBytes = 512 * 1024;
const sqsUnitBytes = 64 * 1024;
const sqsBatchEntries = 10;
/** Long polls of 20 s that Lambda keeps open on a queue, each gathering a batch of its own. */
const pollers = 5;
const pollSeconds = 20;
/** How often what is held comes by: in the first hour sooner, so that what a person mends at once is over at once. */
const heldSeconds = 900;
const roundsOfFirstHour = 26;
/** Looks at events that wait. */
const readsPerDay = 4;
/** How much smaller events are as they wait, in base64: random ids, names and digests do not compress. A test measures it. */
const heldCompression = 2.3;
const mostHeldBytes = 512 * 1024;
/**
 * Bytes that one invocation may be handed: each body is JSON text within JSON, so its quotes grow, and each record has
 * a frame.
 */
const payloadBytes = 6 * 1024 * 1024;
const escaping = 1.15;
const recordFrameBytes = 700;
/** Meta's and our own bounds of one request, and how many deliver has on the way at once. */
const graphEvents = metaLimits.eventsPerRequest;
const graphBytes = metaLimits.requestBytes;
const graphParallel = 8;
/** Memory at which Lambda gives one whole vCPU. */
const vcpuMb = 1_769;

export function trafficOf(workload: Workload, deployment: Deployment): Traffic {
  const { eventsPerMonth, eventsPerRequest, eventBytes } = workload;
  const { ingest, deliver, packing } = deployment;
  const requests = eventsPerMonth / eventsPerRequest;
  const requestBytes = eventsPerRequest * eventBytes;
  const eventsPerMessage = packing === 'one event' ? 1 : Math.max(1, Math.floor(sqsUnitBytes / (eventBytes + 1)));
  const messagesPerRequest = Math.ceil(eventsPerRequest / eventsPerMessage);
  const messages = requests * messagesPerRequest;
  const messageBytes = requestBytes / messagesPerRequest;

  const messagesPerInvocation = Math.max(
    1,
    Math.min(
      deliver.batchSize,
      Math.floor(payloadBytes / (messageBytes * escaping + recordFrameBytes)),
      1 + (messages / secondsPerMonth / pollers) * deliver.batchingWindowSeconds,
    ),
  );
  const invocations = messages / messagesPerInvocation;
  const eventsPerInvocation = eventsPerMonth / invocations;
  const eventsPerGraphRequest = Math.min(graphEvents, Math.floor(graphBytes / (workload.serverEventBytes + 1)));
  const graphPerInvocation =
    workload.destinations * Math.max(1, Math.ceil(eventsPerInvocation / eventsPerGraphRequest));

  const sendsPerRequest = Math.max(
    Math.ceil(messagesPerRequest / sqsBatchEntries),
    Math.ceil(requestBytes / sqsUnitBytes),
  );
  const ingestMs =
    workload.sqsCallMs +
    (workload.ingestRequestMs + eventsPerRequest * workload.ingestEventMs) / vcpuShare(ingest.memoryMb);
  const deliverMs =
    Math.ceil(graphPerInvocation / graphParallel) * workload.graphCallMs +
    (workload.deliverInvocationMs + eventsPerInvocation * workload.destinations * workload.deliverEventMs) /
      vcpuShare(deliver.memoryMb);

  const retried = eventsPerMonth * workload.destinations * workload.retriedShare;
  const retries = retried / eventsPerMessage;
  const rejections = (eventsPerMonth * workload.rejectedShare) / eventsPerMessage;

  return {
    requests,
    gatewayUnits: requests * Math.ceil(requestBytes / gatewayUnitBytes),
    messages,
    messageBytes,
    invocations,
    eventsPerInvocation,
    // What comes again shares the requests of what is new.
    graphRequests: invocations * graphPerInvocation + retried / Math.min(eventsPerGraphRequest, eventsPerInvocation),
    serverEvents: eventsPerMonth * workload.destinations + retried,
    ingestGbSeconds: gbSeconds(requests, ingestMs, ingest.memoryMb),
    deliverGbSeconds: gbSeconds(invocations, deliverMs, deliver.memoryMb),
    sqsSends: requests * sendsPerRequest + retries + rejections,
    // At worst each message is received by itself; at best, never fewer than a quiet queue's empty polls.
    sqsReceives: Math.max(
      messages * Math.ceil(messageBytes / sqsUnitBytes) + retries,
      (pollers * secondsPerMonth) / pollSeconds,
    ),
    sqsDeletes: invocations * Math.ceil(messagesPerInvocation / sqsBatchEntries) + retries / sqsBatchEntries,
    retryRequests: retries * (2 + 1 / sqsBatchEntries),
    deliverConcurrency: (invocations * deliverMs) / 1_000 / secondsPerMonth,
  };
}

/** Code on one thread gets no faster beyond one vCPU. */
const vcpuShare = (memoryMb: number): number => Math.min(1, memoryMb / vcpuMb);

const gbSeconds = (times: number, ms: number, memoryMb: number): number =>
  times * (Math.ceil(ms) / 1_000) * (memoryMb / 1_024);

/** Traffic of events that wait for a person, in numbers of the first day: each comes by, unread, and is put back. */
export interface HeldTraffic {
  readonly messages: number;
  readonly rounds: number;
  readonly sqsRequests: number;
  readonly invocations: number;
  readonly deliverGbSeconds: number;
}

/** Work for a held message as it comes by, ms of one vCPU; and for an event that is looked at: read, mapped and written. */
const heldMessageMs = 0.3;
const heldEventMs = 0.15;

export function heldTrafficOf(
  heldEvents: number,
  { eventBytes, sqsCallMs, deliverInvocationMs }: Omit<Workload, 'eventsPerMonth'>,
  { deliver }: Deployment,
): HeldTraffic {
  const bytesPerMessage = Math.min(sqsUnitBytes * heldCompression, mostHeldBytes);
  const eventsPerMessage = Math.max(1, Math.floor(bytesPerMessage / (eventBytes + 1)));
  const messages = Math.ceil(heldEvents / eventsPerMessage);
  const units = Math.ceil((eventsPerMessage * eventBytes) / heldCompression / sqsUnitBytes);
  const messagesPerInvocation = Math.min(
    deliver.batchSize,
    Math.max(1, Math.floor(payloadBytes / (units * sqsUnitBytes + recordFrameBytes))),
    messages,
  );
  const rounds = roundsOfFirstHour + (86_400 - 3_600) / heldSeconds;
  const invocations = rounds * Math.ceil(messages / messagesPerInvocation);
  const share = vcpuShare(deliver.memoryMb);
  const ms = 2 * sqsCallMs + (deliverInvocationMs + messagesPerInvocation * heldMessageMs) / share;
  const readMs = (readsPerDay * heldEvents * heldEventMs) / share;
  return {
    messages,
    rounds,
    sqsRequests: rounds * messages * (2 * units + 1 / sqsBatchEntries),
    invocations,
    deliverGbSeconds: gbSeconds(invocations, ms, deliver.memoryMb) + gbSeconds(1, readMs, deliver.memoryMb),
  };
}
