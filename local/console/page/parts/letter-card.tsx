import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import type { LetterView } from '../../server/wire.ts';
import { duration, pretty } from './format.ts';
import { Icon } from './icons.tsx';
import { isObject } from './is-object.ts';
import { MetaSays } from './meta-says.tsx';
import { JsonTree } from './json-tree.tsx';

export interface LetterCardProps {
  readonly letter: LetterView;
  /** @param event takes the place of the one that failed */
  readonly onRedrive: (event?: unknown) => void;
  readonly onPurge: () => void;
}

/** Neither is there a whole event to edit, nor would it go alone. */
const shared = new Set(['received_too_often', 'message_undecodable']);

/** One dead letter: why, what to do, the event, and the way back. */
export function LetterCard({ letter, onRedrive, onPurge }: LetterCardProps): JSX.Element {
  const edited = useSignal<string | undefined>(undefined);
  const { code, reason, fix, eventName, messageId, source, destination, mapping, attempts, graph, event } = letter;
  const route = [source, [destination, mapping].filter(Boolean).join(' / ')].filter(Boolean).join(' → ');
  const age = duration(Date.now() - Date.parse(letter.firstFailedAt));
  return (
    <li class="letter card">
      <header>
        <h2>
          {eventName} <code>{messageId ?? 'no message id'}</code>
        </h2>
        <p class="hint">{`${route} · ${letter.stage === 'ingest' ? 'at the endpoint' : 'while delivering'} · ${age} ago${attempts > 0 ? ` · tried ${attempts === 1 ? 'once' : `${attempts} times`}` : ''}`}</p>
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
        <button
          type="button"
          class="danger-quiet"
          aria-label={`Purge ${eventName} ${messageId ?? ''}`}
          onClick={onPurge}
        >
          <Icon name="trash" />
          Purge…
        </button>
        <button type="button" aria-label={`Redrive ${eventName} ${messageId ?? ''}`} onClick={() => onRedrive()}>
          <Icon name="redrive" />
          Redrive
        </button>
      </div>
      <details>
        <summary>Event</summary>
        {edited.value === undefined ? (
          <JsonTree value={event} root="$" label="Event" />
        ) : (
          <textarea
            aria-label="Event to redrive instead"
            spellcheck={false}
            rows={16}
            value={edited.value}
            onInput={({ currentTarget }) => {
              edited.value = currentTarget.value;
            }}
          />
        )}
        <EditActions letter={letter} edited={edited} onRedrive={onRedrive} />
      </details>
    </li>
  );
}

interface EditActionsProps extends Pick<LetterCardProps, 'letter' | 'onRedrive'> {
  readonly edited: { value: string | undefined };
}

function EditActions({ letter, edited, onRedrive }: EditActionsProps): JSX.Element | undefined {
  if (shared.has(letter.code) || !isObject(letter.event)) return undefined;
  const text = edited.value;
  if (text === undefined) {
    return (
      <button
        type="button"
        class="quiet"
        onClick={() => {
          edited.value = pretty(letter.event);
        }}
      >
        <Icon name="edit" />
        Edit and redrive
      </button>
    );
  }
  const event = parse(text);
  return (
    <div class="edit-actions">
      {event === undefined ? <p class="fix">This is not a JSON object yet.</p> : undefined}
      <button
        type="button"
        class="quiet"
        onClick={() => {
          edited.value = undefined;
        }}
      >
        Leave as it was
      </button>
      <button type="button" class="primary" disabled={event === undefined} onClick={() => onRedrive(event)}>
        Redrive the edited event
      </button>
    </div>
  );
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
