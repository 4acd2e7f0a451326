import type { RemoteStatus } from '../../local/console/server/remote-console.ts';
import type { HealthNotice, QueueDepth, Second } from '../../local/console/server/wire.ts';
import type { Config } from '../../shared/config/config.ts';
import { graphVersionDaysLeft } from '../../shared/meta/graph/graph-versions.ts';
import type { MetricName, Metrics } from './read-metrics.ts';

export interface RemoteFacts {
  readonly environment: string;
  readonly config: Config;
  readonly metrics: Metrics;
  readonly queues: { readonly events: QueueDepth; readonly deadLetters: QueueDepth };
  readonly now: Date;
}

/** Span that counts as now, in the metrics. */
const recentSeconds = 15 * 60;
const versionWarningDays = 90;

/** Status of a deployment by its metrics: counts of the time that they cover, and what is wrong in the last 15 minutes. */
export function remoteStatus(facts: RemoteFacts): RemoteStatus {
  const { metrics, queues } = facts;
  const total = (name: MetricName): number => metrics[name].reduce((sum, { value }) => sum + value, 0);
  const waiting = queues.events.visible + queues.events.inFlight + queues.events.delayed;
  const missing = recent(facts, 'BalanceGap');
  return {
    health: noticesOf(facts),
    balance: {
      ...{ accepted: total('EventsAccepted'), acceptedByIngest: total('EventsAccepted') },
      ...{ rejected: total('EventsRejected'), owed: total('EventsOwed'), delivered: total('EventsDelivered') },
      ...{ skipped: total('EventsSkipped'), dead: total('EventsDead'), waiting, missing },
      state: missing > 0 ? 'gap' : waiting > 0 ? 'settling' : 'balanced',
      reasons: {},
    },
    queues,
    seconds: secondsOf(metrics),
  };
}

function recent({ metrics, now }: RemoteFacts, name: MetricName): number {
  const since = now.getTime() / 1_000 - recentSeconds;
  return metrics[name].reduce((sum, { at, value }) => (at >= since ? sum + value : sum), 0);
}

function noticesOf(facts: RemoteFacts): HealthNotice[] {
  const { environment, config, queues, now } = facts;
  const names = Object.keys(config.destinations);
  const only = names.length === 1 ? names[0] : undefined;
  const which = only ?? 'a destination';
  const at = `--env ${environment}`;
  const waiting = queues.events.visible + queues.events.delayed;
  const token = recent(facts, 'TokensRefused') > 0;
  const refused = recent(facts, 'RequestsRefused');
  const throttled = recent(facts, 'RequestsThrottled');
  const missed = recent(facts, 'ReceiptsMissed');
  const detail = `About ${waiting.toLocaleString('en')} messages wait on the events queue. None is lost: they go out by themselves once it is mended.`;
  const notices: (HealthNotice | false)[] = [
    token && {
      ...{
        kind: 'token_refused',
        tone: 'dead',
        detail,
        fix: 'Generate a new token for the system user in Business settings.',
      },
      title: `Meta refuses the token of ${which}: nothing is delivered to it.`,
      command: `npm run token:set -- ${at} --destination ${only ?? '<name>'}`,
    },
    !token &&
      recent(facts, 'DestinationsHeld') > 0 && {
        ...{
          kind: 'held',
          tone: 'dead',
          detail,
          fix: 'The doctor says what is wrong.',
          command: `npm run doctor -- ${at}`,
        },
        title: `Nothing is delivered to ${which}: a token, a permission or a setting is wrong.`,
      },
    recent(facts, 'BalanceGap') > 0 && {
      ...{ kind: 'gap', tone: 'dead', title: 'Events are without an outcome.', detail: 'That is a bug.' },
      fix: 'Look for an error in the log of the deliver function.',
    },
    refused > 0 && {
      ...{ kind: 'requests_refused', tone: 'waiting', detail: 'Their events are with the sender only.' },
      title: `${refused.toLocaleString('en')} requests refused at the door in the last 15 minutes.`,
      fix: 'The metric RequestsRefused tells them by code; so does the log of the ingest function.',
    },
    throttled > 0 && {
      ...{ kind: 'throttled', tone: 'waiting', detail: 'Their events wait and go out more slowly by themselves.' },
      title: `Meta throttles: ${throttled.toLocaleString('en')} requests answered with a rate limit.`,
      fix: 'Nothing, unless it stays.',
    },
    missed > 0 && {
      ...{
        kind: 'record_missing',
        tone: 'waiting',
        title: `The record misses ${missed.toLocaleString('en')} receipts.`,
      },
      ...{ detail: 'Delivery goes on: only its history has a gap.', fix: 'Look at the delivery stream in Firehose.' },
    },
    ...countsChanged(facts),
    ...Object.entries(config.destinations).map(([name, { graphVersion }]): HealthNotice | false => {
      const days = graphVersionDaysLeft(graphVersion, now);
      return (
        days !== undefined &&
        days <= versionWarningDays && {
          ...{ kind: 'version_warned', tone: 'waiting', detail: '' },
          title: `Graph API ${graphVersion} of ${name} ${days > 0 ? `can end in ${days} days` : 'has ended'}.`,
          fix: 'Set graphVersion of the destination to a newer version.',
        }
      );
    }),
  ];
  return notices.filter((notice) => notice !== false);
}

/** The function that compares counts runs once an hour. */
const comparedSeconds = 70 * 60;

/** Event names that fell or grew, as far as a metric can tell: the page about quality names them. */
function countsChanged({ metrics, now, environment }: RemoteFacts): HealthNotice[] {
  const since = now.getTime() / 1_000 - comparedSeconds;
  const latest = (name: MetricName): number => metrics[name].findLast(({ at }) => at >= since)?.value ?? 0;
  const notice = (names: number, did: string, tone: HealthNotice['tone']): HealthNotice[] =>
    names === 0
      ? []
      : [
          {
            ...{ kind: 'counts_changed', tone, link: 'quality', command: `npm run quality -- --env ${environment}` },
            title: `${names === 1 ? 'One event name' : `${names} event names`} ${did} against the same weekday and hours of the weeks before.`,
            detail: 'In the last three closed hours.',
            fix: 'The page Quality names it, and so does the command.',
          },
        ];
  return [...notice(latest('EventNamesFell'), 'fell', 'dead'), ...notice(latest('EventNamesGrew'), 'grew', 'waiting')];
}

function secondsOf(metrics: Metrics): Second[] {
  const delivered = new Map(metrics.EventsDelivered.map(({ at, value }) => [at, value]));
  const median = new Map(metrics.DeliveryLatency.map(({ at, value }) => [at, value]));
  const late = new Map(metrics.DeliveryLatency95.map(({ at, value }) => [at, value]));
  const accepted = new Map(metrics.EventsAccepted.map(({ at, value }) => [at, value]));
  const times = [...new Set([...delivered.keys(), ...accepted.keys()])].sort((a, b) => a - b);
  return times.map((at) => {
    const [p50Ms, p95Ms] = [median.get(at), late.get(at)];
    return {
      ...{ at, received: accepted.get(at) ?? 0, delivered: delivered.get(at) ?? 0 },
      ...(p50Ms !== undefined && { p50Ms }),
      ...(p95Ms !== undefined && { p95Ms }),
    };
  });
}
