import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Balance, DatasetsView, Outcome } from '../../server/wire.ts';
import { count, dateTime, plural, reasonText } from '../parts/format.ts';
import { Icon } from '../parts/icons.tsx';
import { StageGlyph } from '../parts/stage-tag.tsx';
import { ask } from '../state/api.ts';
import { configuration } from '../state/configuration.ts';
import { pathOf } from '../state/router.ts';
import { status } from '../state/store.ts';

const outcomes: readonly (readonly [Outcome, string])[] = [
  ['delivered', 'delivered'],
  ['skipped', 'skipped'],
  ['dead', 'dead'],
  ['waiting', 'waiting'],
];

/** Whether every event is accounted for. */
export function BalanceView(): JSX.Element {
  const balance = status.value?.balance;
  return (
    <div class="balance-view">
      <header class="view-head">
        <h1>Balance</h1>
        <p>Every accepted event has exactly one outcome at each destination of its source, or is still on its way.</p>
      </header>
      {balance === undefined ? <p class="loading">Loading…</p> : <Equation balance={balance} />}
      {balance === undefined ? undefined : <Reasons balance={balance} />}
      <Queues />
      <Datasets />
    </div>
  );
}

function Equation({ balance }: { readonly balance: Balance }): JSX.Element {
  const { accepted, owed, rejected, acceptedByIngest } = balance;
  const destinations = accepted === 0 ? '1' : (owed / accepted).toFixed(owed % accepted === 0 ? 0 : 2);
  return (
    <section class={`card equation ${balance.state}`} aria-label="Balance equation">
      <Verdict balance={balance} />
      <div class="terms">
        <Term value={count(accepted)} title="accepted" />
        <span class="sign">×</span>
        <Term value={destinations} title={destinations === '1' ? 'destination' : 'destinations'} />
        <span class="sign">=</span>
        {outcomes.map(([outcome, title], index) => (
          <>
            {index > 0 ? <span class="sign">+</span> : undefined}
            <Term key={outcome} value={count(balance[outcome])} title={title} outcome={outcome} />
          </>
        ))}
      </div>
      <div class="share" aria-hidden="true">
        {outcomes.map(([outcome]) =>
          balance[outcome] > 0 ? <i key={outcome} class={outcome} style={{ flexGrow: balance[outcome] }} /> : undefined,
        )}
      </div>
      <p class="hint">
        {`Since the start. Ingest says it accepted ${count(acceptedByIngest)} and rejected ${count(rejected)}; rejected events are dead letters of their own and owed to nobody.`}
      </p>
    </section>
  );
}

function Verdict({ balance }: { readonly balance: Balance }): JSX.Element {
  const { state, waiting, missing } = balance;
  if (state === 'balanced') {
    return (
      <p class="verdict">
        <Icon name="check" />
        <b>Balanced.</b> Nothing is on its way and nothing is missing.
      </p>
    );
  }
  const holds = (status.value?.health ?? []).filter(({ kind }) => kind === 'held' || kind === 'token_refused');
  const held = holds.reduce((sum, { events = 0 }) => sum + events, 0);
  if (state === 'settling' && held > 0) {
    const names = holds.map(({ destination }) => destination).join(', ');
    return (
      <p class="verdict" role="alert">
        <Icon name="warning" />
        <b>Held.</b> {plural(held, 'event')} wait for {names}, until a person mends it. Nothing is lost.
      </p>
    );
  }
  if (state === 'settling') {
    return (
      <p class="verdict">
        <StageGlyph stage="waiting" />
        <b>Settling.</b> {plural(waiting, 'event')} on the queue or being delivered.
      </p>
    );
  }
  return (
    <p class="verdict" role="alert">
      <Icon name="warning" />
      <b>Gap.</b> {plural(missing, 'event')} without an outcome, though the queue is empty. Look for an error in the
      output of npm start.
    </p>
  );
}

const Term = ({
  value,
  title,
  outcome,
}: {
  readonly value: string;
  readonly title: string;
  readonly outcome?: Outcome;
}) => (
  <span class={`term ${outcome ?? ''}`}>
    <strong>{value}</strong>
    <span>{title}</span>
  </span>
);

function Reasons({ balance }: { readonly balance: Balance }): JSX.Element | undefined {
  const groups = (['skipped', 'dead', 'waiting', 'rejected'] as const).flatMap((outcome) => {
    const reasons = Object.entries(balance.reasons[outcome] ?? {});
    return reasons.length === 0 ? [] : [{ outcome, reasons: reasons.toSorted(([, a], [, b]) => b - a) }];
  });
  if (groups.length === 0) return undefined;
  return (
    <section class="card reasons" aria-label="Reasons">
      <h2>Reasons</h2>
      <div class="reason-groups">
        {groups.map(({ outcome, reasons }) => (
          <div key={outcome}>
            <h3>
              <StageGlyph stage={outcome} />
              {outcome}
            </h3>
            <dl>
              {reasons.map(([reason, number]) => (
                <div key={reason}>
                  <dt>
                    <a href={`#/${reasonPath(outcome, reason)}`}>{reasonText(reason)}</a>
                  </dt>
                  <dd>{count(number)}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}

/** Where the events with a reason are. */
const reasonPath = (outcome: Outcome | 'rejected', reason: string): string =>
  outcome === 'dead' || outcome === 'rejected'
    ? pathOf('dead-letters', { code: reason })
    : pathOf('stream', { q: reason, outcome });

function Queues(): JSX.Element {
  const queues = status.value?.queues;
  const rows = [
    ['Events queue', queues?.events],
    ['Dead letter queue', queues?.deadLetters],
  ] as const;
  return (
    <section class="card" aria-label="Queues">
      <h2>Queues</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Queue</th>
            <th scope="col">Visible</th>
            <th scope="col">In flight</th>
            <th scope="col">Delayed</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([title, depth]) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td>{count(depth?.visible ?? 0)}</td>
              <td>{count(depth?.inFlight ?? 0)}</td>
              <td>{count(depth?.delayed ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">Counts are of messages: one message holds many events of a request.</p>
    </section>
  );
}

function Datasets(): JSX.Element {
  const view = useSignal<DatasetsView | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const version = configuration.value?.version;
  // For each configuration
  useEffect(() => {
    ask<DatasetsView>('datasets').then(
      (answer) => {
        view.value = answer;
      },
      (error: Error) => {
        problem.value = error.message;
      },
    );
  }, [version]);
  return (
    <section class="card" aria-label="Datasets">
      <h2>Datasets</h2>
      {problem.value === undefined ? undefined : <p class="hint">{problem.value}</p>}
      {view.value?.destinations.map((destination) => (
        <Reachable key={destination.name} destination={destination} />
      ))}
      {view.value === undefined && problem.value === undefined ? (
        <p class="loading">Asking the Graph API…</p>
      ) : undefined}
    </section>
  );
}

function Reachable({ destination }: { readonly destination: DatasetsView['destinations'][number] }): JSX.Element {
  const { name, datasetId, datasets, problem } = destination;
  const isReached = datasets.some(({ id }) => id === datasetId);
  return (
    <div class="reachable">
      <h3>
        {name} <code>{datasetId}</code>
      </h3>
      {problem === undefined ? undefined : <p class="callout waiting">{problem.replaceAll('`', '')}</p>}
      {problem === undefined && !isReached ? (
        <p class="callout dead">
          The token does not reach the configured dataset. Assign it to the system user in Business settings, or correct
          datasetId in the configuration.
        </p>
      ) : undefined}
      {datasets.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region
        <section class="wide-table" aria-label={`Datasets of ${name}`} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Dataset</th>
                <th scope="col">Id</th>
                <th scope="col">Business</th>
                <th scope="col">Last event</th>
              </tr>
            </thead>
            <tbody>
              {datasets.map((dataset) => (
                <tr key={dataset.id} class={dataset.id === datasetId ? 'configured' : undefined}>
                  <th scope="row">
                    {dataset.name ?? '(no name)'}{' '}
                    {dataset.id === datasetId ? <span class="chip present">configured</span> : undefined}
                  </th>
                  <td>
                    <code>{dataset.id}</code>
                  </td>
                  <td>{dataset.business ?? ''}</td>
                  <td>{dataset.lastFiredAt === undefined ? 'never' : dateTime(Date.parse(dataset.lastFiredAt))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : undefined}
    </div>
  );
}
