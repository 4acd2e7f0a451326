import { changeText } from '../../shared/alarms/count-changes.ts';
import { readSecretToken } from '../common/read-token.ts';
import { loadDeployedConfig, withServices } from '../common/services.ts';
import { chooseDestination, destinationOption, targetOf, targetOptions } from '../common/target-options.ts';
import { withRecord } from '../events/open-record.ts';
import { defineCommand } from '../kit/define-command.ts';
import { flag, text, wholeNumberFrom } from '../kit/option.ts';
import { CommandError } from '../kit/report-errors.ts';
import { safeText } from '../kit/safe-text.ts';
import type { BestKey } from './best-key.ts';
import type { EventQuality } from './event-quality.ts';
import { examineQuality } from './examine-quality.ts';
import type { Quality } from './quality-result.ts';

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
    const destination = chooseDestination(destinations, wanted);
    const result = await withServices(target, (services) =>
      examineQuality(
        { destination, kind: offline ? 'offline' : 'web', days, now: effects.clock() },
        {
          ask: (use) => withRecord(target, use),
          fetch: effects.fetch,
          graphApiUrl: services.graphApiUrl,
          async tokenOf(secret) {
            const reading = await readSecretToken(services, secret);
            if (reading.ok) return reading.token;
            throw new CommandError(reading.problem);
          },
        },
      ),
    );
    return { result };
  },
  print(result: Quality, { out }) {
    for (const line of qualityLines(result)) out(line);
  },
});

const percent = (value: number | undefined): string => (value === undefined ? '–' : `${Math.round(value * 10) / 10} %`);

export function qualityLines(result: Quality): string[] {
  const { destination, datasetId, kind, own, changes, ownProblem, meta, metaProblem } = result;
  return [
    `${destination}, dataset ${datasetId}, ${kind} events`,
    '',
    'By our own receipts: share of the delivered events with each match key',
    ...(ownProblem === undefined ? [] : [`  ${safeText(`${ownProblem.reason} ${ownProblem.fix}`, 300)}`]),
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
    ...changes.map((change) => `  ${safeText(changeText(change), 200)}`),
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
