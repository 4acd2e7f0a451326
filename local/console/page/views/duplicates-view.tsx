import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { DedupCounts, DedupFinding, DedupReport } from '../../../../shared/dedup/compare-sides.ts';
import type { DuplicatesAnswer } from '../../server/wire.ts';
import { DaysSelect } from '../parts/days-select.tsx';
import { count, dateTime, plural } from '../parts/format.ts';
import { Icon } from '../parts/icons.tsx';
import { ProblemCallout } from '../parts/problem-callout.tsx';
import { pathOf, type Query, replacePath } from '../state/router.ts';
import { setup } from '../state/store.ts';
import { useAnswer } from '../state/use-answer.ts';

const dayMs = 86_400_000;

/** Page of `npm run dedup`: faults that keep Meta from counting browser and server once, per event name. */
export function DuplicatesView({ query }: { readonly query: Query }): JSX.Element {
  const days = Number(query['days']) || 7;
  // Times are those of the moment at which it is asked.
  const question = useMemo(() => {
    const now = Date.now();
    return `duplicates?from=${now - days * dayMs}&to=${now}`;
  }, [days]);
  const { answer, problem, isAsking } = useAnswer<DuplicatesAnswer>(question);
  const known = isAsking.value ? undefined : answer.value;
  return (
    <div class="insight-view">
      <header class="view-head">
        <h1>Duplicates</h1>
        <p>
          Whether Meta counts as one what the Pixel in the pages and the server told it: events of both sides by name
          and id, as the record has them. <code>{commandOf(days)}</code> says the same.
        </p>
      </header>
      <div class="insight-bar">
        <DaysSelect days={days} onChange={(next) => replacePath(pathOf('duplicates', { days: String(next) }))} />
        <span class="shown-count" role="status">
          {isAsking.value ? 'Comparing both sides…' : known?.report && verdictOf(known.report)}
        </span>
      </div>
      {problem.value === undefined || isAsking.value ? undefined : (
        <ProblemCallout problem={{ reason: problem.value, fix: '' }} />
      )}
      {known?.problem === undefined ? undefined : <ProblemCallout problem={known.problem} />}
      {known?.report === undefined ? undefined : <Report report={known.report} from={known.from} to={known.to} />}
    </div>
  );
}

/** As it has to be typed for what the page looks at. */
function commandOf(days: number): string {
  const deployment = setup.value?.deployment ?? 'local';
  const where = deployment === 'local' ? '' : ` --env ${deployment}`;
  return `npm run dedup -- --since ${days}d${where}`;
}

function verdictOf({ names, findings }: DedupReport): string {
  if (names.length === 0) return '';
  return findings.length === 0 ? 'No fault' : plural(findings.length, 'fault');
}

interface ReportProps {
  readonly report: DedupReport;
  readonly from: number;
  readonly to: number;
}

function Report({ report: { names, findings }, from, to }: ReportProps): JSX.Element {
  if (names.length === 0) {
    return (
      <div class="empty">
        <h2>Nothing to compare</h2>
        <p>
          {`Between ${dateTime(from)} and ${dateTime(to)} neither side gave an event to Meta that the pages could know of.`}
        </p>
        <p>
          The plugin in the pages reports what the Pixel saw (docs/browser.md); <code>pixel</code> of a destination has
          it mirrored.
        </p>
      </div>
    );
  }
  const byName = Map.groupBy(findings, ({ name }) => name);
  // Those with faults first, then by name.
  const sorted = names.toSorted((a, b) => Number(byName.has(b.name)) - Number(byName.has(a.name)));
  return (
    <>
      {findings.length === 0 ? (
        <p class="callout delivered">
          <Icon name="check" />
          Nothing keeps Meta from counting browser and server once.
        </p>
      ) : undefined}
      {sorted.map((counts) => (
        <NameCard key={counts.name} counts={counts} findings={byName.get(counts.name) ?? []} />
      ))}
    </>
  );
}

interface NameCardProps {
  readonly counts: DedupCounts;
  readonly findings: readonly DedupFinding[];
}

const NameCard = ({ counts: { name, both, browserOnly, serverOnly }, findings }: NameCardProps): JSX.Element => (
  <section class="card insight" aria-label={name}>
    <header>
      <h2>{name}</h2>
      <dl class="sides">
        <Side title="both" number={both} />
        <Side title="browser only" number={browserOnly} />
        <Side title="server only" number={serverOnly} />
      </dl>
    </header>
    {findings.map((finding) => (
      <Finding key={finding.fault} finding={finding} />
    ))}
    {findings.length === 0 ? <p class="hint">Counted once.</p> : undefined}
  </section>
);

const Side = ({ title, number }: { readonly title: string; readonly number: number }): JSX.Element => (
  <div>
    <dt>{title}</dt>
    <dd>{count(number)}</dd>
  </div>
);

function Finding({ finding }: { readonly finding: DedupFinding }): JSX.Element {
  const { fault, count: times, share, samples, what, cause, fix } = finding;
  return (
    <article class="finding">
      <h3>{what}</h3>
      <p class="muted">
        <code>{fault}</code> {`${plural(times, 'time')}, ${percentOf(share)} of the events`}
      </p>
      <p>
        <b>Cause</b> {cause.replaceAll('`', '')}
      </p>
      <p>
        <b>Fix</b> {fix.replaceAll('`', '')}
      </p>
      <p class="samples">
        <span class="muted">Such as</span>{' '}
        {samples.map((sample) => (
          <Sample key={sample} sample={sample} />
        ))}
      </p>
    </article>
  );
}

/** Ids of one event as both sides have it: `browser / server` where they differ. The record is asked for the server's. */
function Sample({ sample }: { readonly sample: string }): JSX.Element {
  const id = sample.split(' / ').at(-1) ?? '';
  if (id === '' || id === '(none)' || setup.value?.hasHistory !== true) return <code>{sample}</code>;
  return (
    <a href={`#/${pathOf('history', { q: id, span: '30d' })}`}>
      <code>{sample}</code>
    </a>
  );
}

const percentOf = (share: number): string => (share < 0.01 ? 'less than 1 %' : `${Math.round(share * 100)} %`);
