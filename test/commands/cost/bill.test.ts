import { describe, expect, it } from 'vitest';
import { billOf } from '../../../commands/cost/bill.ts';
import { type Deployment, oneByOne } from '../../../commands/cost/deployment.ts';
import type { PriceName } from '../../../commands/cost/prices.ts';
import { heldTrafficOf, trafficOf } from '../../../commands/cost/traffic.ts';
import type { Workload } from '../../../commands/cost/workload.ts';

/** Round numbers, so that every expectation can be worked out by hand. */
const workload: Workload = {
  eventsPerMonth: 20e6,
  eventsPerRequest: 20,
  eventBytes: 2_000,
  serverEventBytes: 999,
  destinations: 1,
  ingestEventMs: 0.5,
  ingestRequestMs: 5,
  deliverEventMs: 0.5,
  deliverInvocationMs: 10,
  sqsCallMs: 10,
  graphCallMs: 500,
  retriedShare: 0,
  rejectedShare: 0,
};

const deployment: Deployment = {
  // One vCPU, and twice that: more than one thread can use.
  ingest: { memoryMb: 1_769 },
  deliver: { memoryMb: 3_538, batchSize: 10, batchingWindowSeconds: 0, maxConcurrency: 10 },
  packing: 'full',
  fairQueue: true,
  ingestReportBytes: 500,
  deliverReportBytes: 2_000,
  logsEveryId: false,
  logRetentionDays: 30,
  ratePerSecond: 100,
  secrets: 2,
  customMetrics: 10,
  alarmMetrics: 12,
  dashboards: 1,
  customerManagedKey: false,
  tracing: false,
  record: undefined,
  comparesCounts: false,
  firewall: 'none',
};

const usdOf = (price: PriceName, of = billOf(workload, deployment)): number =>
  of.lines.filter((line) => line.price === price).reduce((sum, { usd }) => sum + usd, 0);

describe('trafficOf', () => {
  it('counts requests, messages and invocations', () => {
    // A message holds 65,536 / 2,001 = 32 events, so 20 make one message of 40,000 bytes. Without a window, each is an
    // invocation.
    expect(trafficOf(workload, deployment)).toMatchObject({
      requests: 1e6,
      gatewayUnits: 1e6,
      messages: 1e6,
      messageBytes: 40_000,
      invocations: 1e6,
      eventsPerInvocation: 20,
      graphRequests: 1e6,
      sqsSends: 1e6,
      sqsReceives: 1e6,
      sqsDeletes: 1e6,
    });
  });

  it('counts time by the vCPU that the memory brings, rounded up to the millisecond', () => {
    const { ingestGbSeconds, deliverGbSeconds } = trafficOf(workload, deployment);

    // Ingest: 10 + 5 + 20 × 0.5 = 25 ms. Deliver: 500 + 10 + 20 × 0.5 = 520 ms, no faster for two vCPUs.
    expect(ingestGbSeconds).toBeCloseTo(1e6 * 0.025 * (1_769 / 1_024), 3);
    expect(deliverGbSeconds).toBeCloseTo(1e6 * 0.52 * (3_538 / 1_024), 3);
  });

  it('gives half a vCPU for half the memory', () => {
    const { ingestGbSeconds } = trafficOf(workload, { ...deployment, ingest: { memoryMb: 884.5 } });

    // 10 ms of waiting stay, 15 ms of work become 30.
    expect(ingestGbSeconds).toBeCloseTo(1e6 * 0.04 * (884.5 / 1_024), 3);
  });

  it.each([
    {
      title: 'what arrives in the window of one of five pollers',
      // 2,628,000 messages a month are one a second: 1 + 1 / 5 × 25 s.
      given: { eventsPerMonth: 20 * 2_628_000 },
      deliver: { batchSize: 100, batchingWindowSeconds: 25 },
      messages: 6,
    },
    {
      title: 'the batch size',
      given: { eventsPerMonth: 1e12 },
      deliver: { batchSize: 50, batchingWindowSeconds: 25 },
      messages: 50,
    },
    {
      title: 'six megabytes',
      given: { eventsPerMonth: 1e12 },
      // 6,291,456 / (40,000 × 1.15 + 700) = 134.7
      deliver: { batchSize: 500, batchingWindowSeconds: 25 },
      messages: 134,
    },
  ])('fills an invocation up to $title', ({ given, deliver, messages }) => {
    const traffic = trafficOf(
      { ...workload, ...given },
      { ...deployment, deliver: { ...deployment.deliver, ...deliver } },
    );

    expect(traffic.eventsPerInvocation).toBeCloseTo(20 * messages, 6);
  });

  it('cuts a large request into messages of 64 KB', () => {
    // 100 events of 2,000 bytes: 32 a message, 4 messages, and 200,000 bytes are four units to send.
    expect(trafficOf({ ...workload, eventsPerRequest: 100 }, deployment)).toMatchObject({
      requests: 200_000,
      messages: 800_000,
      sqsSends: 800_000,
    });
  });

  it('cuts calls to Meta at a thousand events, and at 4 MB', () => {
    const one = { ...workload, eventsPerRequest: 50, eventBytes: 1_000, eventsPerMonth: 1e12 };
    const full = { ...deployment, deliver: { ...deployment.deliver, batchSize: 60, batchingWindowSeconds: 1 } };

    // 3,000 events an invocation: three calls of 1,000, or five of 600 when a server event has 6,500 bytes.
    const short = trafficOf(one, full);
    const long = trafficOf({ ...one, serverEventBytes: 6_500 }, full);

    expect(short.graphRequests / short.invocations).toBeCloseTo(3, 6);
    expect(long.graphRequests / long.invocations).toBeCloseTo(5, 6);
  });

  it('counts the polls of a quiet queue', () => {
    // Five polls every 20 s for 2,628,000 s.
    expect(trafficOf({ ...workload, eventsPerMonth: 100 }, deployment).sqsReceives).toBe(657_000);
  });
});

describe('heldTrafficOf', () => {
  it('moves every message every 15 minutes, and more often in the first hour', () => {
    // 65,536 × 2.3 / 2,001 = 75 events a message; with a batch size of ten, ten invocations, 26 + 92 times a day.
    expect(heldTrafficOf(7_500, workload, deployment)).toMatchObject({
      messages: 100,
      rounds: 118,
      sqsRequests: 118 * 210,
      invocations: 118 * 10,
    });
  });
});

describe('billOf', () => {
  it.each<{ price: PriceName; usd: number; by: string }>([
    { price: 'httpApiRequest', usd: 1, by: '1 million at 1.00' },
    { price: 'lambdaRequest', usd: 0.4, by: '2 million at 0.20' },
    { price: 'sqsRequest', usd: 1.2, by: '3 million at 0.40' },
    { price: 'sqsFairQueueRequest', usd: 0.3, by: '3 million at 0.10' },
    { price: 'customMetric', usd: 3, by: '10 at 0.30' },
    { price: 'alarmMetric', usd: 1.2, by: '12 at 0.10' },
    { price: 'dashboard', usd: 3, by: '1 at 3.00' },
    { price: 'secret', usd: 0.8, by: '2 at 0.40' },
    { price: 'gbIn', usd: 0, by: 'nothing' },
  ])('charges $usd for $price: $by', ({ price, usd }) => {
    expect(usdOf(price)).toBeCloseTo(usd, 9);
  });

  it('charges the bytes to Meta and to clients by the GB', () => {
    // 20 million × 999, a frame of 1,000 for each of a million calls, and a million answers of 400.
    expect(usdOf('gbOut')).toBeCloseTo((0.09 * (20e6 * 999 + 1e6 * 1_000 + 1e6 * 400)) / 1024 ** 3, 9);
  });

  it('charges log lines of every request and invocation, and their storage', () => {
    // Access log 376; the functions' own lines 526 and 2,026. Thirty days of 30.42 are kept, at 15 %.
    const gb = (1e6 * (376 + 526 + 2_026)) / 1024 ** 3;

    expect(usdOf('logGb')).toBeCloseTo(gb * 0.5, 9);
    expect(usdOf('logGbStored')).toBeCloseTo(((gb * 0.15 * 30) / (730 / 24)) * 0.03, 9);
  });

  it('charges the ids of all events where they are logged', () => {
    const all = billOf(workload, { ...deployment, logsEveryId: true });

    expect(usdOf('logGb', all) - usdOf('logGb')).toBeCloseTo((20e6 * 78 * 0.5) / 1024 ** 3, 9);
  });

  it('charges what a setting switches on, and only then', () => {
    const plain = billOf(workload, deployment);
    const all = billOf(workload, {
      ...deployment,
      customerManagedKey: true,
      tracing: true,
      firewall: 'made by the stack',
    });

    expect(usdOf('kmsKey', all)).toBe(1);
    // Both functions run a million times a month, less than once a second: all are sampled.
    expect(usdOf('trace', all)).toBeCloseTo(10, 9);
    expect(usdOf('webAcl', all) + usdOf('webAclRule', all)).toBe(7);
    expect(usdOf('webAclRequest', all)).toBeCloseTo(0.6, 9);
    expect(usdOf('cloudFrontRequest', all)).toBeCloseTo(1, 9);
    expect(plain.lines.map(({ price }) => price)).not.toEqual(expect.arrayContaining(['kmsKey']));
    expect(plain.lines).toHaveLength(14);
  });

  it('charges for CloudFront what it moves, and the answers once', () => {
    const behind = billOf(workload, { ...deployment, firewall: 'own web ACL' });

    // 20 million events of 2,000 bytes and a million times 600 of headers to the API; a million answers of 400.
    expect(usdOf('cloudFrontGbToOrigin', behind)).toBeCloseTo((0.02 * (20e6 * 2_000 + 1e6 * 600)) / 1024 ** 3, 9);
    expect(usdOf('cloudFrontGbOut', behind)).toBeCloseTo((0.085 * 1e6 * 400) / 1024 ** 3, 9);
    expect(usdOf('gbOut') - usdOf('gbOut', behind)).toBeCloseTo((0.09 * 1e6 * 400) / 1024 ** 3, 9);
  });

  it('charges what comes again: its messages, its bytes and its part of the requests', () => {
    const plain = trafficOf(workload, deployment);
    const again = trafficOf({ ...workload, retriedShare: 0.32 }, deployment);

    // 6.4 million events, 32 a message.
    expect(again.sqsSends - plain.sqsSends).toBeCloseTo(200_000, 6);
    expect(again.sqsReceives - plain.sqsReceives).toBeCloseTo(200_000, 6);
    expect(again.sqsDeletes - plain.sqsDeletes).toBeCloseTo(20_000, 6);
    expect(again.retryRequests).toBeCloseTo(420_000, 6);
    expect(again.serverEvents - plain.serverEvents).toBeCloseTo(6.4e6, 6);
    expect(again.graphRequests - plain.graphRequests).toBeCloseTo(6.4e6 / 20, 6);
  });

  it('charges the group of what comes again where it could keep another destination waiting', () => {
    const alone = { ...deployment, fairQueue: false };
    const [one, two] = [1, 2].map((destinations) => billOf({ ...workload, destinations, retriedShare: 0.16 }, alone));

    expect(usdOf('sqsFairQueueRequest', one)).toBe(0);
    expect(usdOf('sqsFairQueueRequest', two)).toBeCloseTo(0.042, 9);
  });

  it('charges what is refused: a dead letter, a line and an answer', () => {
    const refused = billOf({ ...workload, rejectedShare: 0.032 }, deployment);

    expect(refused.traffic.sqsSends - 1e6).toBeCloseTo(20_000, 6);
    expect(usdOf('logGb', refused) - usdOf('logGb')).toBeCloseTo((0.5 * 640_000 * 90) / 1024 ** 3, 9);
    expect(usdOf('gbOut', refused) - usdOf('gbOut')).toBeCloseTo((0.09 * 640_000 * 200) / 1024 ** 3, 9);
  });

  it('adds up', () => {
    const { lines, usd, usdPerMillion } = billOf(workload, deployment);

    expect(usd).toBeCloseTo(
      lines.reduce((sum, line) => sum + line.usd, 0),
      9,
    );
    expect(usdPerMillion).toBeCloseTo(usd / 20, 9);
  });

  it('charges a message, an invocation and a call for every event where events go one by one', () => {
    const { traffic } = billOf(workload, oneByOne(deployment));

    // Sent in batches of ten.
    expect(traffic).toMatchObject({
      messages: 20e6,
      invocations: 20e6,
      graphRequests: 20e6,
      sqsSends: 2e6,
      sqsReceives: 20e6,
      sqsDeletes: 20e6,
    });
  });
});

describe('comparing counts', () => {
  const recorded = { ...deployment, record: { level: 'receipts', keepDays: 30 } } as const;
  const readGb = (of: Deployment, eventsPerMonth = workload.eventsPerMonth) =>
    billOf({ ...workload, eventsPerMonth }, of).lines.find(({ price }) => price === 'athenaGb')?.units;

  it('costs what Athena reads, which grows with the events, and nothing where it is off', () => {
    const on = { ...recorded, comparesCounts: true };

    expect(readGb(recorded)).toBeUndefined();
    // 730 queries of at least 10 MB.
    expect(readGb(on, 1)).toBeCloseTo((730 * 10) / 1_024, 0);
    expect(readGb(on, 2e9)).toBeCloseTo(2 * (readGb(on, 1e9) ?? 0), 3);
  });
});
