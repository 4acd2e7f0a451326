import { type CountChange, countChanges, type HourlyCount } from '../../shared/alarms/count-changes.ts';
import { readSecretToken } from '../common/read-token.ts';
import { loadDeployedConfig, withServices } from '../common/services.ts';
import { chooseDestination, destinationOption, targetOf, targetOptions } from '../common/target-options.ts';
import { withRecord } from '../events/open-record.ts';
import { readStats } from '../events/read-stats.ts';
import { defineCommand } from '../kit/define-command.ts';
import { flag, text, wholeNumberFrom } from '../kit/option.ts';
import type { Problem } from '../kit/report-errors.ts';
import { safeText } from '../kit/safe-text.ts';
import { type BestKey, bestKey } from './best-key.ts';
import { type EventQuality, readQuality } from './read-quality.ts';

/** Share of the delivered events of one name with each match key, 0 to 1, by our own receipts. */
export interface OwnCoverage {
  readonly event: string;
  readonly delivered: number;
  readonly matchKeys: Readonly<Record<string, number>>;
}

export interface Quality {
  readonly destination: string;
  readonly datasetId: string;
  readonly kind: 'web' | 'offline';
  readonly own: readonly OwnCoverage[];
  /** Event names that came less or more often in the last three closed hours than they do at this weekday and time. */
  readonly changes: readonly CountChange[];
  /** Why there is none of our own. */
  readonly ownProblem?: string;
  readonly meta: readonly (EventQuality & { readonly best?: BestKey })[];
  /** Why Meta's are not there: a token that may not read them is no failure. */
  readonly metaProblem?: Problem;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Four weeks, and the hours that are compared. */
const comparedMs = 29 * dayMs;

export const quality = defineCommand({
  name: 'quality',
  summary:
    "What Meta says of a dataset's events (match quality, coverage, deduplication, freshness, what more would gain), beside our own coverage of each match key.",
  page: 'docs/quality.md',
  examples: [
    'npm run quality',
    'npm run quality -- --env production --destination main',
    'npm run quality -- --offline',
  ],
  options: {
    ...targetOptions,
    destination: destinationOption,
    offline: flag('of events in shops, which Meta answers in a beta to those whom it gave access'),
    days: text('<n>', 'of our own receipts; 7 if left out', wholeNumberFrom(1, 90).default(7)),
  },
  async run({ destination: wanted, offline, days, ...where }, effects) {
    const target = targetOf(where, effects);
    const { destinations } = await loadDeployedConfig(target);
    const [name, { accessTokenSecret, graphVersion, datasetId }] = chooseDestination(destinations, wanted);
    const kind = offline ? 'offline' : 'web';
    const reading = await withServices(target, async (services) => {
      const secret = await readSecretToken(services, accessTokenSecret);
      if (!secret.ok) return secret;
      const { accessToken: token, appSecret } = secret.token;
      const { graphApiUrl } = services;
      return readQuality({ fetch: effects.fetch, graphApiUrl, graphVersion, token, appSecret }, datasetId, kind);
    });
    const now = effects.clock().getTime();
    const own = await withRecord(target, ({ store }) =>
      readStats(store, { from: now - days * dayMs, to: now }, 'day'),
    ).then(
      ({ rows }) => ({ own: coverageOf(rows.filter(({ destination }) => destination === name)) }),
      (error: unknown) => ({ own: [], ownProblem: error instanceof Error ? error.message : String(error) }),
    );
    const changes = await withRecord(target, ({ store }) =>
      readStats(store, { from: now - comparedMs, to: now }, 'hour'),
    ).then(
      ({ rows }) => countChanges(hourlyCounts(rows), Math.floor(now / hourMs) * hourMs),
      () => [],
    );
    const result: Quality = {
      ...{ destination: name, datasetId, kind, ...own, changes },
      meta: reading.ok
        ? reading.events.map((event) => {
            const best = bestKey(event);
            return { ...event, ...(best !== undefined && { best }) };
          })
        : [],
      ...(!reading.ok && { metaProblem: { reason: reading.problem.reason, fix: reading.problem.fix } }),
    };
    return { result };
  },
  print(result: Quality, { out }) {
    for (const line of qualityLines(result)) out(line);
  },
});

interface AcceptedRow {
  readonly unit: string;
  readonly event: string | null;
  readonly accepted: number;
}

/** Rows of hours as counts of what was taken in. */
export const hourlyCounts = (rows: readonly AcceptedRow[]): HourlyCount[] =>
  rows.flatMap(({ unit, event, accepted }) =>
    accepted === 0
      ? []
      : [{ event: event ?? '(no name)', hour: Date.parse(`${unit.replace(' ', 'T')}:00Z`), count: accepted }],
  );

interface DeliveredRow {
  readonly event: string | null;
  readonly delivered: number;
  readonly matchKeys: Readonly<Record<string, number>>;
}

/** Rows of days as one by event name. */
export function coverageOf(rows: readonly DeliveredRow[]): OwnCoverage[] {
  return [...Map.groupBy(rows, ({ event }) => event ?? '(no name)')]
    .map(([event, group]) => {
      const delivered = group.reduce((sum, row) => sum + row.delivered, 0);
      const keys = new Map<string, number>();
      for (const row of group) {
        for (const [key, share] of Object.entries(row.matchKeys))
          keys.set(key, (keys.get(key) ?? 0) + share * row.delivered);
      }
      const shares = [...keys].map(([key, events]) => [key, delivered === 0 ? 0 : events / delivered] as const);
      return { event, delivered, matchKeys: Object.fromEntries(shares.toSorted(([, a], [, b]) => b - a)) };
    })
    .filter(({ delivered }) => delivered > 0)
    .toSorted((a, b) => b.delivered - a.delivered);
}

const percent = (value: number | undefined): string => (value === undefined ? '–' : `${Math.round(value * 10) / 10} %`);

/** `Purchase fell by 80 % (41, usually 205)` */
const changeText = ({ event, count, usual, changePercent }: CountChange): string =>
  `  ${safeText(event, 60)} ${changePercent < 0 ? 'fell' : 'grew'} by ${Math.abs(changePercent)} % (${count.toLocaleString('en')}, usually ${usual.toLocaleString('en')})`;

export function qualityLines(result: Quality): string[] {
  const { destination, datasetId, kind, own, changes, ownProblem, meta, metaProblem } = result;
  return [
    `${destination}, dataset ${datasetId}, ${kind} events`,
    '',
    'By our own receipts: share of the delivered events with each match key',
    ...(ownProblem === undefined ? [] : [`  ${safeText(ownProblem, 300)}`]),
    ...(ownProblem === undefined && own.length === 0 ? ['  Nothing was delivered.'] : []),
    ...own.map(
      ({ event, delivered, matchKeys }) =>
        `  ${safeText(event, 60)} (${delivered.toLocaleString('en')}): ${
          Object.entries(matchKeys)
            .map(([key, share]) => `${key} ${percent(share * 100)}`)
            .join(', ') || 'none'
        }`,
    ),
    ...(changes.length === 0
      ? []
      : ['', 'In the last three closed hours, against the same weekday and hours of the weeks before']),
    ...changes.map(changeText),
    '',
    'By Meta',
    ...(metaProblem === undefined ? [] : [`  ${metaProblem.reason} ${metaProblem.fix}`]),
    ...(metaProblem === undefined && meta.length === 0
      ? ['  Meta has nothing to say yet: it needs some days of events.']
      : []),
    ...meta.flatMap(eventLines),
  ];
}

function eventLines(event: EventQuality & { readonly best?: BestKey }): string[] {
  const { event_match_quality: match, event_coverage: coverage, data_freshness: freshness, best } = event;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['match quality', match?.composite_score === undefined ? undefined : `${match.composite_score} of 10`],
    [
      'match keys',
      match?.match_key_feedback.map((key) => `${key.identifier} ${percent(key.coverage?.percentage)}`).join(', ') ||
        undefined,
    ],
    [
      'coverage',
      coverage &&
        `${percent(coverage.percentage)}${coverage.goal_percentage === undefined ? '' : `, goal ${percent(coverage.goal_percentage)}`}`,
    ],
    [
      'deduplication',
      event.dedupe_key_feedback
        .map(
          (key) =>
            `${key.dedupe_key}: browser ${percent(key.browser_events_with_dedupe_key?.percentage)}, server ${percent(key.server_events_with_dedupe_key?.percentage)}, both ${percent(key.overall_browser_coverage_from_dedupe_key?.percentage)}`,
        )
        .join('; ') || undefined,
    ],
    ['freshness', freshness?.description ?? freshness?.upload_frequency],
    ['reported more', event.acr && percent(event.acr.percentage)],
    [
      'could gain',
      event.event_potential_aly_acr_increase && percent(event.event_potential_aly_acr_increase.percentage),
    ],
    ...(match?.diagnostics ?? []).map(
      ({ name, percentage, solution }) =>
        [
          'diagnosis',
          `${name}${percentage === undefined ? '' : ` (${percent(percentage)})`}${solution === undefined ? '' : `: ${solution}`}`,
        ] as const,
    ),
    [
      'most to gain',
      best &&
        `${best.identifier}, now in ${percent(best.coveragePercent)} of the events: Meta would report ${percent(best.gainPercent)} more conversions`,
    ],
    ['mapping', best?.line],
  ];
  return [
    `  ${safeText(event.event_name, 60)}`,
    ...facts.flatMap(([title, value]) =>
      value === undefined ? [] : [`    ${title.padEnd(14)} ${safeText(value, 400)}`],
    ),
  ];
}
