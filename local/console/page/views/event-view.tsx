import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ExplainedMapping, Explanation } from '../../../../shared/explain/explanation.ts';
import type { EventLine, EventDetails, LetterFacts, WaitAdvice } from '../../server/wire.ts';
import { CommandLine } from '../parts/command-line.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { pretty, reasonText, shortTime } from '../parts/format.ts';
import { Icon } from '../parts/icons.tsx';
import { JsonTree } from '../parts/json-tree.tsx';
import { type Fate, MappingDetails } from '../parts/mapping-details.tsx';
import { MetaSays } from '../parts/meta-says.tsx';
import { Rail, StageTag } from '../parts/stage-tag.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { ask } from '../state/api.ts';
import { configuration } from '../state/configuration.ts';
import { marked } from '../state/marked.ts';
import { eventCurl } from '../state/as-curl.ts';
import { eventPath, pathOf } from '../state/router.ts';
import { lineOf, setup } from '../state/store.ts';
import { streamPath } from '../state/stream-filter.ts';

/** One event from its coming to its end, and why every field has its value. */
export function EventView({ id, at }: { readonly id: string; readonly at: number | undefined }): JSX.Element {
  const details = useSignal<EventDetails | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const line = lineOf(id, at);
  const progress = line === undefined ? '' : `${line.stage} ${line.settledAt} ${line.outcomes.length}`;
  const version = configuration.value?.version;
  // Asked again when the event got further, or would be mapped otherwise
  useEffect(() => {
    let isOver = false;
    ask<EventDetails>(detailsPath(id, at)).then(
      (answer) => {
        if (!isOver) details.value = answer;
      },
      (error: Error) => {
        if (!isOver) problem.value = error.message;
      },
    );
    return () => {
      isOver = true;
      marked.value = undefined;
    };
  }, [id, at, progress, version]);

  const known = details.value;
  if (known === undefined) {
    return (
      <div class="event-view">
        <BackLink />
        <h1 class="visually-hidden">Event</h1>
        {problem.value === undefined ? <p class="loading">Loading the event…</p> : <Unknown problem={problem.value} />}
        {problem.value === undefined || line === undefined ? undefined : <WhatIsLeft line={line} />}
      </div>
    );
  }
  return <Details details={known} line={line ?? known.line} />;
}

const detailsPath = (id: string, at: number | undefined): string =>
  `event?${new URLSearchParams({ id, ...(at !== undefined && { at: String(at) }) })}`;

const Unknown = ({ problem }: { readonly problem: string }) => (
  <div class="empty">
    <h2>Not known here</h2>
    <p>{problem}</p>
  </div>
);

/** An event that the held list still shows, though nobody keeps the rest of it. */
const WhatIsLeft = ({ line }: { readonly line: EventLine }) => (
  <section class="card what-is-left">
    <header>
      <h2>{line.name}</h2>
      <StageTag stage={line.stage} />
    </header>
    <p class="hint">The list still has this of it:</p>
    <Timeline line={line} graph={[]} />
  </section>
);

const BackLink = () => (
  <a class="back" href={`#/${streamPath.value}`}>
    <Icon name="back" />
    Stream
  </a>
);

function Details({ details, line }: { readonly details: EventDetails; readonly line: EventLine }): JSX.Element {
  const { event, letters, explanations, graph } = details;
  // Where nothing else is to be told, the event gets the room.
  const isOnlyTheEvent = details.receipts === undefined && explanations.length === 0;
  const segmentEvent = (
    <section class="card">
      <header>
        <h2>Segment event</h2>
        {event === undefined ? undefined : (
          <span class="copies">
            <CopyButton text={pretty(event)} label="Segment event" />
            {setup.value?.deployment === 'local' ? (
              <CopyButton text={eventCurl(event, setup.value)} label="event" title="as curl" />
            ) : undefined}
          </span>
        )}
      </header>
      {event === undefined ? (
        <p class="hint">
          {details.from === 'record'
            ? "The record keeps what happened to it, not the event itself: that takes record.level 'events'."
            : 'It is too long ago: only the latest events are kept whole.'}
        </p>
      ) : (
        <JsonTree value={event} root="$" label="Segment event" view="stream" marked={marked.value?.event} />
      )}
    </section>
  );
  return (
    <div class="event-view">
      <BackLink />
      <header class="event-head">
        <div>
          <h1>{line.name}</h1>
          <p class="ids">
            <span class="type">{line.type || 'no type'}</span>
            <code>{line.messageId || 'no message id'}</code>
            <a href={`#/${pathOf('stream', { source: line.source })}`}>{line.source}</a>
          </p>
          <Namesakes line={line} others={details.others} />
        </div>
        <div class="event-state">
          <Rail line={line} />
          <StageTag stage={line.stage} />
          <CopyButton text={linkTo(line)} label="link" />
          {setup.value?.deployment === 'local' && event !== undefined ? (
            <a class="button" href={`#/${pathOf('tester', { event: line.id, at: String(line.receivedAt) })}`}>
              <Icon name="tester" />
              Open in tester
            </a>
          ) : undefined}
        </div>
      </header>
      {letters.length > 0 ? (
        <Letters letters={letters} explained={problemsIn(explanations)} messageId={line.messageId} />
      ) : undefined}
      {details.waiting.length > 0 ? <Waits waits={details.waiting} /> : undefined}
      <div class="event-columns">
        <div class="event-main">
          {details.receipts === undefined ? undefined : (
            <section class="card">
              <h2>In the record</h2>
              <JsonTree value={details.receipts} label="Receipts of the event" />
            </section>
          )}
          {isOnlyTheEvent ? segmentEvent : undefined}
          {explanations.length === 0 ? undefined : <ExplainedBy from={details.from} />}
          {explanations.map((explanation) => (
            <DestinationDetails key={explanation.destination} explanation={explanation} line={line} />
          ))}
        </div>
        <aside class="event-side">
          <section class="card">
            <h2>Timeline</h2>
            <Timeline line={line} graph={graph} />
          </section>
          {isOnlyTheEvent ? undefined : segmentEvent}
        </aside>
      </div>
    </div>
  );
}

/** Which configuration an explanation is by, where it may be another than the event went by. */
function ExplainedBy({ from }: { readonly from: EventDetails['from'] }): JSX.Element | undefined {
  const { explainedBy } = setup.value ?? {};
  if (explainedBy === undefined && from === 'stream') return undefined;
  return (
    <p class="hint explained-by">
      {explainedBy === undefined
        ? 'Explained by the configuration that runs now; the event may have gone by another.'
        : `Explained by ${explainedBy}; the event may have gone by an earlier one.`}
    </p>
  );
}

const linkTo = (line: EventLine): string => `${location.href.split('#')[0]}#/${eventPath(line)}`;

/** Senders use an id twice: each event under it has a page of its own. */
function Namesakes({ line, others }: { readonly line: EventLine; readonly others: readonly number[] }) {
  if (others.length === 0) return undefined;
  return (
    <p class="hint">
      {`${others.length === 1 ? 'Another event' : `${others.length} other events`} came under this id: `}
      {others.slice(0, 5).map((receivedAt, index) => (
        <>
          {index > 0 ? ', ' : ''}
          <a key={receivedAt} href={`#/${eventPath({ id: line.id, receivedAt })}`}>
            {shortTime(receivedAt)}
          </a>
        </>
      ))}
    </p>
  );
}

const Waits = ({ waits }: { readonly waits: readonly WaitAdvice[] }) => (
  <section class="letters-of-event" aria-label="Why the event waits">
    {waits.map(({ destination, mapping, code, message, fix, command }) => (
      <article key={`${destination} ${mapping}`} class="callout waiting">
        <Icon name="warning" />
        <div>
          <h2>
            {message} <small>{code}</small>
          </h2>
          <p class="fix">{fix}</p>
          {command === undefined ? undefined : <CommandLine command={command} />}
          <p class="hint">{[destination, mapping].filter(Boolean).join(' / ')}</p>
        </div>
      </article>
    ))}
  </section>
);

/** Codes of problems that stand, with their place and fix, at the mapping. */
const problemsIn = (explanations: readonly Explanation[]): ReadonlySet<string | undefined> =>
  new Set(
    explanations.flatMap(({ mappings }) =>
      mappings.flatMap(({ outcome }) => (outcome?.status === 'dead' ? outcome.problems.map(({ code }) => code) : [])),
    ),
  );

interface LettersProps {
  readonly letters: readonly LetterFacts[];
  readonly explained: ReadonlySet<string | undefined>;
  readonly messageId: string;
}

const Letters = ({ letters, explained, messageId }: LettersProps) => (
  <section class="letters-of-event" aria-label="Dead letters of the event">
    {letters.map((letter, index) => (
      <article key={index} class="callout dead">
        <Icon name="dead-letters" />
        <div>
          <h2>
            {letter.reason} <small>{letter.code}</small>
          </h2>
          <MetaSays graph={letter.graph} />
          {explained.has(letter.code) ? undefined : <p class="fix">{letter.fix}</p>}
          <p class="hint">
            {[
              [letter.destination, letter.mapping].filter(Boolean).join(' / '),
              graphCode(letter),
              letter.graph?.traceId && `fbtrace_id ${letter.graph.traceId}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <a class="button" href={`#/${pathOf('dead-letters', { q: messageId })}`}>
          Redrive…
        </a>
      </article>
    ))}
  </section>
);

function graphCode({ graph }: LetterFacts): string {
  if (graph?.code === undefined) return '';
  return `Graph error ${graph.code}${graph.subcode === undefined ? '' : `/${graph.subcode}`}, HTTP ${graph.status ?? '?'}`;
}

function DestinationDetails({
  explanation,
  line,
}: {
  readonly explanation: Explanation;
  readonly line: EventLine;
}): JSX.Element {
  const { destination, skipped, mappings } = explanation;
  const matching = mappings.filter(({ matches }) => matches);
  const others = mappings.filter(({ matches }) => !matches);
  return (
    <section class="destination" aria-label={`Destination ${destination}`}>
      <h2>
        <Icon name="arrow" />
        {destination}
      </h2>
      {skipped === undefined ? undefined : (
        <article class="callout skipped">
          <div>
            <h3>
              {skipped.message} <small>{skipped.reason}</small>
            </h3>
            {skipped.fix === undefined ? undefined : <p class="fix">{skipped.fix}</p>}
          </div>
          {skipped.reason === 'no_mapping_matches' ? (
            <a
              class="button"
              href={`#/${pathOf('tester', { event: line.id, at: String(line.receivedAt), make: destination })}`}
            >
              <Icon name="edit" />
              Make a mapping for it
            </a>
          ) : undefined}
        </article>
      )}
      {matching.map((mapping) => (
        <article key={mapping.name} class="card mapping">
          <header>
            <h3>{mapping.name}</h3>
            <MappingFate mapping={mapping} line={line} destination={destination} />
          </header>
          <p class="trigger">
            <span>{mapping.title}</span>
            <code>{mapping.trigger ?? 'every event'}</code>
          </p>
          <MappingDetails mapping={mapping} fate={fateOf(line, destination, mapping.name)} destination={destination} />
        </article>
      ))}
      {others.length > 0 ? (
        <details class="card unmatched">
          <summary>{`${others.length} ${others.length === 1 ? 'mapping does' : 'mappings do'} not match`}</summary>
          <ul>
            {others.map(({ name, trigger }) => (
              <li key={name}>
                <b>{name}</b>
                <code>{trigger ?? 'every event'}</code>
              </li>
            ))}
          </ul>
        </details>
      ) : undefined}
    </section>
  );
}

/** Outcome of the server event as far as it is known: nothing is called sent that Meta did not take. */
function fateOf(line: EventLine, destination: string, mapping: string): Fate {
  const outcome = line.outcomes.find((one) => one.mapping === mapping && one.destination === destination)?.outcome;
  return outcome === 'delivered' || outcome === 'dead' || outcome === 'waiting' ? outcome : 'draft';
}

interface MappingFateProps {
  readonly mapping: ExplainedMapping;
  readonly line: EventLine;
  readonly destination: string;
}

function MappingFate({ mapping, line, destination }: MappingFateProps): JSX.Element {
  const known = line.outcomes.find((one) => one.mapping === mapping.name && one.destination === destination);
  if (known === undefined) return <StageTag stage={line.stage} />;
  const { outcome, reason } = known;
  return (
    <span class="outcome">
      {reason === undefined ? undefined : <small>{reasonText(reason)}</small>}
      <StageTag stage={outcome} />
    </span>
  );
}
