import type { JSX } from 'preact';
import type { LetterView } from '../../server/wire.ts';
import { gone, isReadOnly, isRemote, working } from '../state/letters.ts';
import { dateTime, duration } from './format.ts';
import { Icon } from './icons.tsx';
import { isObject } from './is-object.ts';
import { JsonTree } from './json-tree.tsx';
import { MetaSays } from './meta-says.tsx';

export interface LetterCardProps {
  readonly letter: LetterView;
  readonly onRedrive: () => void;
  readonly onPurge: () => void;
}

const wentTexts = { redrive: 'Went back on the events queue', purge: 'Purged' } as const;

/** Neither is there a whole event to edit, nor would it go alone. */
const notEditable = new Set(['received_too_often', 'message_undecodable']);

export const isEditable = ({ code, event }: Pick<LetterView, 'code' | 'event'>): boolean =>
  !notEditable.has(code) && isObject(event);

/** One dead letter: why, what to do, the event, and the way back. It keeps its place after it went. */
export function LetterCard({ letter, onRedrive, onPurge }: LetterCardProps): JSX.Element {
  const { key, code, reason, fix, eventName, messageId, source, destination, mapping, attempts, graph, event } = letter;
  const route = [source, [destination, mapping].filter(Boolean).join(' / ')].filter(Boolean).join(' → ');
  const failedAt = Date.parse(letter.lastFailedAt);
  const went = gone.value.get(key);
  const isWorking = working.value.has(key);
  const title = letter.events > 1 ? `${letter.events} events, not kept` : eventName;
  return (
    <li class={`letter card ${went === undefined ? '' : 'gone'}`} data-key={key}>
      <header>
        <h3>
          {messageId === undefined ? (
            title
          ) : (
            <a href={`#/event/${encodeURIComponent(messageId)}`} title="Everything about the event">
              {title} <code>{messageId}</code>
            </a>
          )}
        </h3>
        <p class="hint">
          {route === '' ? undefined : `${route} · `}
          {letter.stage === 'ingest' ? 'at the endpoint' : 'while delivering'}
          {' · '}
          <time dateTime={letter.lastFailedAt} title={dateTime(failedAt)}>
            {`${duration(Date.now() - failedAt)} ago`}
          </time>
          {attempts > 0 ? ` · tried ${attempts === 1 ? 'once' : `${attempts} times`}` : ''}
        </p>
      </header>
      <div>
        <p class="letter-reason">
          {reason} <small>{code}</small>
        </p>
        <MetaSays graph={graph} />
        <p class="fix">{fix}</p>
        {graph?.code === undefined ? undefined : (
          <p class="hint">
            {`Graph error ${graph.code}${graph.subcode === undefined ? '' : `/${graph.subcode}`}`}
            {graph.traceId === undefined ? '' : ` · fbtrace_id ${graph.traceId}`}
          </p>
        )}
      </div>
      <div class="letter-actions">
        {isReadOnly.value ? undefined : went === undefined ? (
          <>
            <button
              type="button"
              class="danger-quiet"
              aria-label={`Purge ${eventName} ${messageId ?? ''}`}
              disabled={isWorking}
              onClick={onPurge}
            >
              <Icon name="trash" />
              Purge…
            </button>
            {isEditable(letter) && !isRemote.value ? (
              <a
                class="button"
                href={`#/tester?letter=${encodeURIComponent(key)}`}
                aria-label={`Edit and redrive ${eventName} ${messageId ?? ''}`}
              >
                <Icon name="edit" />
                Edit and redrive
              </a>
            ) : undefined}
            <button
              type="button"
              aria-label={`Redrive ${eventName} ${messageId ?? ''}`}
              disabled={isWorking}
              onClick={onRedrive}
            >
              <Icon name="redrive" />
              Redrive
            </button>
          </>
        ) : (
          <p class="went">
            <Icon name="check" />
            {wentTexts[went]}
          </p>
        )}
      </div>
      <details>
        <summary>Event</summary>
        <JsonTree value={event} root="$" label="Event" view="dead-letters" />
      </details>
    </li>
  );
}
