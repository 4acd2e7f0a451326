import type { GraphFaultName } from './graph-faults.ts';
import type { EventMix } from './plan-events.ts';
import type { Scenario, Step } from './scenario.ts';

const one = ['main'];
const perRequest = 200;
const send = (share: number): Step => ({ do: 'send', share });
const drain: Step = { do: 'drain' };

/** One in a hundred is refused by the Graph API, which does not say which. */
const onePercentPoison: EventMix = {
  poison: 0.007,
  otherPoison: 0.003,
  unmatched: 0.01,
  badCurrency: 0.005,
  nameless: 0.005,
};

/** Five of a hundred requests to the Graph API. */
const fivePercentTransient = {
  serverError: 0.015,
  throttled: 0.01,
  resetBefore: 0.01,
  resetAfter: 0.005,
  badGateway: 0.005,
  htmlPage: 0.005,
} as const;

const hit = (fault: GraphFaultName, share: number): Step[] => [
  { do: 'arm', fault },
  send(share),
  { do: 'awaitFault', fault },
];

const outage = (share: number): Step[] => [{ do: 'beginOutage' }, send(share), { do: 'awaitOutageEnd' }];

const tokenDiesAndIsRotated = (share: number): Step[] => [
  { do: 'killToken', destination: 'main' },
  send(share),
  { do: 'awaitFault', fault: 'deadToken' },
  { do: 'rotateToken', destination: 'main' },
];

const queueFaults = { unsent: 0.1, undeleted: 0.05 } as const;
const repeatedMessages = { twiceAtOnce: 0.015, redelivered: 0.015 } as const;

/** A thousand events in one request, so that they reach the deliver function together. */
const isolation = (title: string, poison: number, mostGraphRequests: number): Scenario => ({
  title,
  events: 1_000,
  perRequest: 1_000,
  mix: { poison: poison / 1_000 },
  destinations: one,
  steps: [send(1), drain],
  expect: { mostGraphRequests },
});

/** Scenarios that `--scenario` chooses from. A name may stand for several runs. */
export const scenarios = {
  all: [
    {
      title: 'everything goes wrong',
      perRequest,
      mix: onePercentPoison,
      destinations: one,
      graph: fivePercentTransient,
      queue: queueFaults,
      handOver: repeatedMessages,
      steps: [
        send(0.1),
        ...hit('killAfter', 0.1),
        ...outage(0.2),
        ...hit('silence', 0.1),
        ...tokenDiesAndIsRotated(0.2),
        ...hit('killBefore', 0.1),
        { do: 'stopQueue' },
        send(0.2),
        drain,
      ],
    },
  ],
  outage: [
    {
      title: 'the Graph API is out of reach',
      perRequest,
      mix: {},
      destinations: one,
      steps: [send(0.3), ...outage(0.4), send(0.3), drain],
    },
  ],
  token: [
    {
      title: 'the token dies and is rotated',
      perRequest,
      mix: {},
      destinations: one,
      steps: [send(0.3), ...tokenDiesAndIsRotated(0.4), send(0.3), drain],
    },
  ],
  poison: [
    {
      title: 'events that the Graph API refuses, between transient faults',
      perRequest,
      mix: onePercentPoison,
      destinations: one,
      graph: fivePercentTransient,
      steps: [send(1), drain],
    },
  ],
  kill: [
    {
      title: 'the deliver function is killed in the middle',
      perRequest,
      mix: {},
      destinations: one,
      steps: [
        ...hit('killBefore', 0.25),
        ...hit('killAfter', 0.25),
        ...hit('killBefore', 0.25),
        ...hit('killAfter', 0.25),
        drain,
      ],
    },
  ],
  sqs: [
    {
      title: 'the queue fails in part and repeats itself',
      perRequest: 50,
      mix: onePercentPoison,
      destinations: one,
      graph: { serverError: 0.2 },
      queue: { unsent: 0.3, undeleted: 0.3 },
      handOver: { twiceAtOnce: 0.1, redelivered: 0.1 },
      steps: [send(0.5), { do: 'stopQueue' }, send(0.5), drain],
    },
  ],
  isolation: [
    isolation('no bad event among a thousand', 0, 1),
    isolation('one bad event among a thousand', 1, 21),
    isolation('ten bad events among a thousand', 10, 150),
  ],
  'two-destinations': [
    {
      title: 'one of two destinations has a dead token',
      perRequest,
      mix: {},
      destinations: ['main', 'second'],
      steps: [
        send(0.5),
        drain,
        { do: 'killToken', destination: 'second' },
        send(0.5),
        { do: 'awaitFault', fault: 'deadToken' },
        { do: 'awaitArrivals', destination: 'main' },
        { do: 'rotateToken', destination: 'second' },
        drain,
      ],
      expect: { undelayed: 'main' },
    },
  ],
} as const satisfies Readonly<Record<string, readonly Scenario[]>>;

export type ScenarioName = keyof typeof scenarios;
export const scenarioNames = Object.keys(scenarios) as ScenarioName[];
