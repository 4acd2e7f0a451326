import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { HistoryAnswer, HistoryRow } from '../../server/wire.ts';
import { count, dateTime, reasonText, stageTitles, zoneOf } from '../parts/format.ts';
import { Icon } from '../parts/icons.tsx';
import { StageTag } from '../parts/stage-tag.tsx';
import { ask } from '../state/api.ts';
import { pathOf, type Query, replacePath } from '../state/router.ts';
import { setup } from '../state/store.ts';

const hourMs = 3_600_000;
const spans = [
  { name: 'the last hour', value: '1h', ms: hourMs },
  { name: 'the last day', value: '24h', ms: 24 * hourMs },
  { name: 'the last 7 days', value: '7d', ms: 7 * 24 * hourMs },
  { name: 'the last 30 days', value: '30d', ms: 30 * 24 * hourMs },
] as const;
const outcomes = ['delivered', 'skipped', 'dead', 'rejected', 'waiting'] as const;

/** Events of the past, by the record: it outlives restarts. */
export function HistoryView({ query }: { readonly query: Query }): JSX.Element {
  const answer = useSignal<HistoryAnswer | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const isAsking = useSignal(false);
  const key = JSON.stringify(query);
  // When there is a pause in typing: each question costs
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(async () => {
      isAsking.value = true;
      try {
        const got = await ask<HistoryAnswer>(`history?${new URLSearchParams(questionOf(query))}`);
        if (isOver) return;
        answer.value = got;
        problem.value = undefined;
      } catch (error) {
        if (!isOver) problem.value = (error as Error).message;
      } finally {
        if (!isOver) isAsking.value = false;
      }
    }, 400);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key]);
  const change = (part: Query): void => replacePath(pathOf('history', { ...query, ...part }));
  const known = answer.value;
  return (
    <div class="history-view">
      <header class="view-head">
        <h1>History</h1>
        <p>
          How events stood, by the record{setup.value?.deployment === 'local' ? ', which outlives a restart' : ''}. A
          message id, user id, anonymous id, email, phone number or order id finds all events with it.
        </p>
      </header>
      <search class="letter-bar" aria-label="Search the record">
        <label class="search-field">
          <Icon name="search" />
          <input
            data-filter
            type="text"
            aria-label="Message id, user id, email or order id, as a whole"
            placeholder="Message id, email, order id…"
            spellcheck={false}
            autocomplete="off"
            value={query['q'] ?? ''}
            onInput={({ currentTarget }) => change({ q: currentTarget.value })}
          />
        </label>
        <select
          aria-label="Time range"
          value={query['span'] ?? '24h'}
          onChange={({ currentTarget }) => change({ span: currentTarget.value })}
        >
          {spans.map(({ name, value }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
          <option value="days">chosen days</option>
        </select>
        {query['span'] === 'days' ? <Days query={query} onChange={change} /> : undefined}
        <select
          aria-label="Outcome"
          value={query['outcome'] ?? ''}
          onChange={({ currentTarget }) => change({ outcome: currentTarget.value })}
        >
          <option value="">All outcomes</option>
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {stageTitles[outcome]}
            </option>
          ))}
        </select>
        <input
          type="text"
          class="short-field"
          aria-label="Event name"
          placeholder="Event name"
          value={query['event'] ?? ''}
          onInput={({ currentTarget }) => change({ event: currentTarget.value })}
        />
        <input
          type="text"
          class="short-field"
          aria-label="Reason code"
          placeholder="Reason"
          value={query['reason'] ?? ''}
          onInput={({ currentTarget }) => change({ reason: currentTarget.value })}
        />
        <span class="shown-count" role="status">
          {isAsking.value
            ? 'Asking the record…'
            : known === undefined
              ? ''
              : `${count(known.rows.length)}${known.limitReached ? '+' : ''} lines`}
        </span>
      </search>
      {problem.value === undefined ? undefined : <p class="callout dead">{problem.value}</p>}
      {known === undefined || known.rows.length === 0 ? undefined : <Rows rows={known.rows} onFilter={change} />}
      {known?.limitReached ? (
        <p class="hint">There are more: a filter or a shorter time narrows them down.</p>
      ) : undefined}
      {known !== undefined && known.rows.length === 0 && problem.value === undefined && !isAsking.value ? (
        <div class="empty">
          <h2>Nothing in the record</h2>
          <p>{`Between ${dateTime(known.from)} and ${dateTime(known.to)} nothing fits. A receipt can take a minute to get there.`}</p>
        </div>
      ) : undefined}
    </div>
  );
}

interface PartProps {
  readonly query: Query;
  readonly onChange: (part: Query) => void;
}

/** First and last day, in the reader's time zone. */
const Days = ({ query, onChange }: PartProps): JSX.Element => (
  <>
    <input
      type="date"
      aria-label={`From, ${zoneOf(new Date())}`}
      value={query['from'] ?? ''}
      onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
    />
    <input
      type="date"
      aria-label={`Up to and with, ${zoneOf(new Date())}`}
      value={query['to'] ?? ''}
      onChange={({ currentTarget }) => onChange({ to: currentTarget.value })}
    />
  </>
);

interface RowsProps {
  readonly rows: readonly HistoryRow[];
  readonly onFilter: (part: Query) => void;
}

function Rows({ rows, onFilter }: RowsProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region
    <section class="card wide-table" aria-label="Events of the record" tabIndex={0}>
      <table class="history">
        <thead>
          <tr>
            <th scope="col">{`When (${zoneOf(new Date())})`}</th>
            <th scope="col">Outcome</th>
            <th scope="col">Event</th>
            <th scope="col">Where</th>
            <th scope="col">Reason</th>
            <th scope="col">Message id</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td>
                <time dateTime={new Date(row.at).toISOString()}>{dateTime(row.at).slice(0, 19)}</time>
              </td>
              <td>{row.outcome === 'erased' ? 'Erased' : <StageTag stage={row.outcome} />}</td>
              <td>
                <button type="button" class="link" onClick={() => onFilter({ event: row.event })}>
                  {row.event}
                </button>
              </td>
              <td>
                {[row.source, [row.destination, row.mapping].filter(Boolean).join(' / ')].filter(Boolean).join(' → ')}
              </td>
              <td>
                {row.reason === undefined ? undefined : (
                  <button type="button" class="link" onClick={() => onFilter({ reason: row.reason ?? '' })}>
                    {reasonText(row.reason)}
                  </button>
                )}
              </td>
              <td>
                <a href={`#/event/${encodeURIComponent(row.messageId)}?at=${row.at}`}>
                  <code>{row.messageId}</code>
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Question to the server; times are those of this moment unless days are chosen. */
function questionOf({ span = '24h', from, to, ...query }: Query): Record<string, string> {
  const now = Date.now();
  if (span === 'days') {
    const first = from ? new Date(`${from}T00:00:00`).getTime() : now - 24 * hourMs;
    const last = to ? new Date(`${to}T00:00:00`).getTime() + 24 * hourMs : now;
    return { ...query, from: String(first), to: String(last) };
  }
  const ms = spans.find(({ value }) => value === span)?.ms ?? 24 * hourMs;
  return { ...query, from: String(now - ms), to: String(now) };
}
