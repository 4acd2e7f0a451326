import type { ComponentChildren, JSX } from 'preact';
import type { CountChange } from '../../../../shared/alarms/count-changes.ts';
import type { OwnCoverage, Quality } from '../../../../commands/quality/quality-result.ts';
import type { QualityAnswer } from '../../server/wire.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { DaysSelect } from '../parts/days-select.tsx';
import { count, plural } from '../parts/format.ts';
import { Icon } from '../parts/icons.tsx';
import { ProblemCallout } from '../parts/problem-callout.tsx';
import { pathOf, type Query, replacePath } from '../state/router.ts';
import { setup } from '../state/store.ts';
import { useAnswer } from '../state/use-answer.ts';

/** Page of `npm run quality`: Meta's report on the events of a dataset beside our own coverage. */
export function QualityView({ query }: { readonly query: Query }): JSX.Element {
  const days = Number(query['days']) || 7;
  const kind = query['kind'] === 'offline' ? 'offline' : 'web';
  const destination = query['destination'] ?? '';
  const question = `quality?${new URLSearchParams({ days: String(days), kind, destination })}`;
  const { answer, problem, isAsking } = useAnswer<QualityAnswer>(question);
  const known = isAsking.value ? undefined : answer.value;
  const change = (part: Query): void => replacePath(pathOf('quality', { ...query, ...part }));
  const names = answer.value?.names ?? [];
  return (
    <div class="insight-view">
      <header class="view-head">
        <h1>Quality</h1>
        <p>
          What Meta says of the events of a dataset, and beside it our own coverage of each match key, by the receipts.{' '}
          <code>{commandOf({ days, kind, destination, names })}</code> says the same.
        </p>
      </header>
      <div class="insight-bar">
        {names.length > 1 ? (
          <select
            aria-label="Destination"
            value={destination || names[0]}
            onChange={({ currentTarget }) => change({ destination: currentTarget.value })}
          >
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        ) : undefined}
        <select
          aria-label="Kind of events"
          value={kind}
          onChange={({ currentTarget }) => change({ kind: currentTarget.value })}
        >
          <option value="web">events of websites</option>
          <option value="offline">events in shops</option>
        </select>
        <DaysSelect days={days} onChange={(next) => change({ days: String(next) })} />
        <span class="shown-count" role="status">
          {isAsking.value
            ? 'Asking Meta and the record…'
            : known?.quality && `${known.quality.destination}, dataset ${known.quality.datasetId}`}
        </span>
      </div>
      {problem.value === undefined || isAsking.value ? undefined : (
        <ProblemCallout problem={{ reason: problem.value, fix: '' }} />
      )}
      {known?.problem === undefined ? undefined : <ProblemCallout problem={known.problem} />}
      {known?.quality === undefined ? undefined : <Report quality={known.quality} days={days} />}
    </div>
  );
}

interface Asked {
  readonly days: number;
  readonly kind: 'web' | 'offline';
  readonly destination: string;
  readonly names: readonly string[];
}

/** As it has to be typed for what the page looks at. */
function commandOf({ days, kind, destination, names }: Asked): string {
  const deployment = setup.value?.deployment ?? 'local';
  const options = [
    deployment === 'local' ? '' : `--env ${deployment}`,
    names.length > 1 ? `--destination ${destination || names[0]}` : '',
    kind === 'offline' ? '--offline' : '',
    days === 7 ? '' : `--days ${days}`,
  ].filter(Boolean);
  return options.length === 0 ? 'npm run quality' : `npm run quality -- ${options.join(' ')}`;
}

interface ReportProps {
  readonly quality: Quality;
  readonly days: number;
}

const Report = ({ quality, days }: ReportProps): JSX.Element => {
  const { own, ownProblem, changes, meta, metaProblem } = quality;
  return (
    <>
      {changes.map((change) => (
        <Change key={change.event} change={change} />
      ))}
      <section class="card insight" aria-label="Our own coverage">
        <header>
          <h2>Our own coverage</h2>
        </header>
        <p class="hint">{`Share of the events delivered in the last ${plural(days, 'day')} that had each match key.`}</p>
        {ownProblem === undefined ? undefined : <ProblemCallout problem={ownProblem} />}
        {ownProblem === undefined && own.length === 0 ? <p>Nothing was delivered in this time.</p> : undefined}
        {own.map((coverage) => (
          <Coverage key={coverage.event} coverage={coverage} />
        ))}
      </section>
      <h2 class="insight-title">By Meta</h2>
      {metaProblem === undefined ? undefined : <ProblemCallout problem={metaProblem} />}
      {metaProblem === undefined && meta.length === 0 ? (
        <p>Meta has nothing to say yet: it needs some days of events.</p>
      ) : undefined}
      {meta.map((event) => (
        <ByMeta key={event.event_name} event={event} />
      ))}
    </>
  );
};

const Change = ({ change: { event, count: came, usual, changePercent } }: { readonly change: CountChange }) => (
  <p class={`callout ${changePercent < 0 ? 'dead' : 'waiting'}`}>
    <Icon name="warning" />
    <span>
      <b>{`${event} ${changePercent < 0 ? 'fell' : 'grew'} by ${Math.abs(changePercent)} %`}</b>
      {` in the last three closed hours: ${count(came)}, usually ${count(usual)} at this weekday and time.`}
    </span>
  </p>
);

const Coverage = ({ coverage: { event, delivered, matchKeys } }: { readonly coverage: OwnCoverage }): JSX.Element => (
  <div class="coverage">
    <h3>
      {event} <span class="muted">{plural(delivered, 'event')}</span>
    </h3>
    {Object.keys(matchKeys).length === 0 ? <p>None had a match key.</p> : undefined}
    <dl>
      {Object.entries(matchKeys).map(([key, share]) => (
        <div key={key}>
          <dt>
            <code>{key}</code>
          </dt>
          <dd>
            <i class="bar" aria-hidden="true">
              <i style={{ width: `${share * 100}%` }} />
            </i>
            {percent(share * 100)}
          </dd>
        </div>
      ))}
    </dl>
  </div>
);

type MetaQuality = Quality['meta'][number];

function ByMeta({ event }: { readonly event: MetaQuality }): JSX.Element {
  const { event_match_quality: match, event_coverage: coverage, data_freshness: freshness, best } = event;
  return (
    <section class="card insight" aria-label={`${event.event_name} by Meta`}>
      <header>
        <h2>{event.event_name}</h2>
      </header>
      <dl class="meta-facts">
        <Fact title="Event match quality">
          {match?.composite_score === undefined ? undefined : `${match.composite_score} of 10`}
        </Fact>
        <Fact title="Match keys">
          {match?.match_key_feedback
            .map(({ identifier, coverage: of }) => `${identifier} ${percent(of?.percentage)}`)
            .join(', ')}
        </Fact>
        <Fact title="Coverage of browser events">
          {coverage &&
            `${percent(coverage.percentage)}${coverage.goal_percentage === undefined ? '' : `, goal ${percent(coverage.goal_percentage)}`}`}
        </Fact>
        <Fact title="Deduplication">
          {event.dedupe_key_feedback
            .map(
              (key) =>
                `${key.dedupe_key}: browser ${percent(key.browser_events_with_dedupe_key?.percentage)}, server ${percent(key.server_events_with_dedupe_key?.percentage)}, both ${percent(key.overall_browser_coverage_from_dedupe_key?.percentage)}`,
            )
            .join('; ')}
        </Fact>
        <Fact title="Freshness">{freshness?.description ?? freshness?.upload_frequency}</Fact>
        <Fact title="Reported more">{event.acr && percent(event.acr.percentage)}</Fact>
        <Fact title="Could gain">
          {event.event_potential_aly_acr_increase && percent(event.event_potential_aly_acr_increase.percentage)}
        </Fact>
        {match?.diagnostics.map(({ name, percentage, solution }) => (
          <Fact key={name} title="Diagnosis">
            {`${name}${percentage === undefined ? '' : ` (${percent(percentage)})`}${solution === undefined ? '' : `: ${solution}`}`}
          </Fact>
        ))}
        <Fact title="Most to gain">
          {best &&
            `${best.identifier}, now in ${percent(best.coveragePercent)} of the events: Meta would report ${percent(best.gainPercent)} more conversions`}
        </Fact>
      </dl>
      {best?.line === undefined ? undefined : (
        <p class="command-line">
          <span>For the mapping</span>
          <code>{best.line}</code>
          <CopyButton text={best.line} label="line" />
        </p>
      )}
    </section>
  );
}

/** One thing that Meta says; what it does not say is left out. */
const Fact = ({ title, children }: { readonly title: string; readonly children: ComponentChildren }) =>
  children === undefined || children === '' ? undefined : (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );

const percent = (value: number | undefined): string => (value === undefined ? '–' : `${Math.round(value * 10) / 10} %`);
