import type { JSX } from 'preact';
import type { EventLine, GraphAnswer, Stage } from '../../server/wire.ts';
import { dateTime, duration, plural, reasonText, shortTime, stageTitles } from './format.ts';
import { StageGlyph } from './stage-tag.tsx';

interface Moment {
  readonly at: number;
  readonly stage: Stage;
  readonly title: string;
  readonly detail?: string;
}

export interface TimelineProps {
  readonly line: EventLine;
  readonly graph: readonly GraphAnswer[];
}

/** When what happened to the event, each with the time since it came. */
export function Timeline({ line, graph }: TimelineProps): JSX.Element {
  const start = line.receivedAt;
  return (
    <ol class="timeline">
      {momentsOf(line, graph).map(({ at, stage, title, detail }, index) => (
        <li key={index} class={stage}>
          <StageGlyph stage={stage} />
          <div>
            <b>{title}</b>
            {detail === undefined ? undefined : <p>{detail}</p>}
          </div>
          <time dateTime={new Date(at).toISOString()} title={dateTime(at)}>
            {shortTime(at)}
            <small>{at === start ? '' : `+${duration(at - start)}`}</small>
          </time>
        </li>
      ))}
    </ol>
  );
}

function momentsOf(
  { receivedAt, queuedAt, takenAt, settledAt, outcomes, stage, source, retries, notes = [] }: EventLine,
  graph: readonly GraphAnswer[],
): Moment[] {
  const moments: (Moment | undefined)[] = [
    { at: receivedAt, stage: 'queued', title: 'Received', detail: `from ${source || 'an unknown source'}` },
    queuedAt === undefined ? undefined : { at: queuedAt, stage: 'queued', title: 'On the queue' },
    takenAt === undefined ? undefined : { at: takenAt, stage: 'mapping', title: 'Handed to deliver' },
    ...graph.map(
      (answer): Moment => ({
        at: answer.at,
        stage: answer.error === undefined ? 'delivered' : 'dead',
        title: answer.error === undefined ? 'Graph API took it' : 'Graph API refused the request',
        detail: graphText(answer),
      }),
    ),
    ...outcomes.map(
      ({ at, outcome, destination, mapping, reason }): Moment => ({
        at,
        stage: outcome,
        title: stageTitles[outcome],
        detail: [
          [destination, mapping].filter(Boolean).join(' / '),
          reason && reasonText(reason),
          outcome === 'waiting' && retries > 0 && `try ${retries + 1} comes`,
        ]
          .filter(Boolean)
          .join(', '),
      }),
    ),
    stage === 'rejected'
      ? { at: settledAt ?? receivedAt, stage, title: 'Rejected at the endpoint', detail: notes.join(', ') }
      : undefined,
    stage !== 'rejected' && notes.length > 0
      ? { at: receivedAt, stage: 'queued', title: 'Read otherwise than it was sent', detail: notes.join(', ') }
      : undefined,
  ];
  return moments.filter((moment) => moment !== undefined).toSorted((a, b) => a.at - b.at);
}

function graphText({ status, events, datasetId, traceId, testEventCode, messages = [], error }: GraphAnswer): string {
  const parts = [
    error === undefined
      ? `HTTP ${status}`
      : `${error.code}${error.subcode === undefined ? '' : `/${error.subcode}`}: ${error.message.replace(/\.$/, '')}`,
    `${plural(events, 'event')} to dataset ${datasetId}`,
    testEventCode && `test code ${testEventCode}`,
    traceId && `fbtrace_id ${traceId}`,
    messages.length > 0 && `Meta says: ${messages.join(' ')}`,
  ];
  return parts.filter(Boolean).join(', ');
}
