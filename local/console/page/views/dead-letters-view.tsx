import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { LetterList, LettersMoved, LetterView } from '../../server/wire.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { count, plural, reasonText } from '../parts/format.ts';
import { Icon } from '../parts/icons.tsx';
import { LetterCard } from '../parts/letter-card.tsx';
import { announce } from '../state/announce.ts';
import { ask } from '../state/api.ts';
import { setup, status } from '../state/store.ts';

interface Asked {
  readonly action: 'redrive' | 'purge';
  readonly ids: readonly string[];
  readonly event?: unknown;
  /** Facts to know before going on. */
  readonly warnings?: readonly string[];
}

/** Events that were given up, and the way back for them. */
export function DeadLettersView(): JSX.Element {
  const list = useSignal<LetterList | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const code = useSignal('');
  const text = useSignal('');
  const asked = useSignal<Asked | undefined>(undefined);
  const result = useSignal<string | undefined>(undefined);
  const depth = useComputed(() => status.value?.queues.deadLetters.visible ?? 0).value;

  const load = () =>
    ask<LetterList>('dead-letters').then(
      (answer) => {
        list.value = answer;
        problem.value = undefined;
      },
      (error: Error) => {
        problem.value = error.message;
      },
    );
  // Again whenever the queue has more or fewer
  useEffect(() => void load(), [depth]);

  const run = async ({ action, ids, event, warnings }: Asked) => {
    const confirmed = action === 'purge' || warnings !== undefined;
    try {
      const { done, kept, warnings: against } = await ask<LettersMoved>(action, { ids, event, confirmed });
      if (against.length > 0) {
        asked.value = { action, ids, event, warnings: against };
        return;
      }
      const went = action === 'redrive' ? 'went back on the events queue' : 'purged';
      result.value = [`${plural(done, 'event')} ${went}.`, ...new Set(kept.map(({ why }) => `Stays: ${why}`))].join(
        ' ',
      );
    } catch (error) {
      result.value = (error as Error).message;
    }
    announce(result.value);
    await load();
  };

  const letters = list.value?.letters ?? [];
  const codes = [...Map.groupBy(letters, (letter) => letter.code)].toSorted(([, a], [, b]) => b.length - a.length);
  const shown = letters.filter((letter) => matches(letter, code.value, text.value));
  const ids = [...new Set(shown.map(({ id }) => id))];
  return (
    <div class="dead-letters-view">
      <header class="view-head">
        <h1>Dead letters</h1>
        <p>
          Events that were given up. Change the mapping in <code>{setup.value?.configFile ?? 'config/'}</code>, which
          needs no restart, or edit the event; then a redrive puts them back on the queue.
        </p>
      </header>
      {problem.value === undefined ? undefined : <p class="callout dead">{problem.value}</p>}
      {result.value === undefined ? undefined : <p class="callout moved">{result.value}</p>}
      {letters.length > 0 ? (
        <div class="letter-bar">
          <label class="search-field">
            <Icon name="search" />
            <input
              type="text"
              aria-label="Name, message id, source or reason"
              placeholder="Filter by name, message id, source, reason"
              spellcheck={false}
              autocomplete="off"
              value={text.value}
              onInput={({ currentTarget }) => {
                text.value = currentTarget.value;
              }}
            />
          </label>
          <fieldset class="code-filter">
            <legend class="visually-hidden">Show one code only</legend>
            {codes.map(([one, group]) => (
              <button
                key={one}
                type="button"
                aria-pressed={code.value === one}
                onClick={() => {
                  code.value = code.value === one ? '' : one;
                }}
              >
                {reasonText(one)} <b>{count(group.length)}</b>
              </button>
            ))}
          </fieldset>
          <div class="bulk">
            <button
              type="button"
              class="danger-quiet"
              disabled={shown.length === 0}
              onClick={() => {
                asked.value = { action: 'purge', ids };
              }}
            >
              <Icon name="trash" />
              {`Purge ${count(shown.length)}`}
            </button>
            <button
              type="button"
              class="primary"
              disabled={shown.length === 0}
              onClick={() => {
                asked.value = { action: 'redrive', ids };
              }}
            >
              <Icon name="redrive" />
              {`Redrive ${count(shown.length)}`}
            </button>
          </div>
        </div>
      ) : undefined}
      {list.value?.limitReached ? (
        <p class="hint">There are more than these; the first 1,000 messages are shown.</p>
      ) : undefined}
      <ul class="letter-list">
        {shown.slice(0, mostShown).map((letter) => (
          <LetterCard
            key={`${letter.id} ${letter.messageId}`}
            letter={letter}
            onRedrive={(event) =>
              void run({ action: 'redrive', ids: [letter.id], ...(event !== undefined && { event }) })
            }
            onPurge={() => {
              asked.value = { action: 'purge', ids: [letter.id] };
            }}
          />
        ))}
      </ul>
      {shown.length > mostShown ? (
        <p class="hint">{`The first ${mostShown} of ${count(shown.length)}; a filter narrows them down.`}</p>
      ) : undefined}
      {list.value !== undefined && letters.length === 0 ? (
        <div class="empty">
          <h2>No dead letters</h2>
          <p>
            Nothing was given up. What Meta refuses for good, or what no mapping can turn into a valid event, comes
            here.
          </p>
        </div>
      ) : undefined}
      {list.value === undefined && problem.value === undefined ? (
        <p class="loading">Looking through the queue…</p>
      ) : undefined}
      {asked.value === undefined ? undefined : (
        <AskAgain
          asked={asked.value}
          onConfirm={(one) => void run(one.warnings === undefined ? one : { ...one, warnings: one.warnings })}
          onClose={(one) => {
            if (asked.value === one) asked.value = undefined;
          }}
        />
      )}
    </div>
  );
}

const mostShown = 100;

function matches(letter: LetterView, code: string, text: string): boolean {
  if (code !== '' && letter.code !== code) return false;
  const { eventName, messageId = '', source = '', destination = '', mapping = '', reason } = letter;
  return [eventName, messageId, source, destination, mapping, reason].some((one) =>
    one.toLowerCase().includes(text.toLowerCase()),
  );
}

interface AskAgainProps {
  readonly asked: Asked;
  readonly onConfirm: (asked: Asked) => void;
  readonly onClose: (asked: Asked) => void;
}

function AskAgain({ asked, onConfirm, onClose }: AskAgainProps): JSX.Element {
  const { action, ids, warnings = [] } = asked;
  const what = plural(ids.length, 'dead letter');
  return (
    <ConfirmDialog
      key={`${action} ${warnings.length}`}
      title={action === 'purge' ? `Purge ${what}?` : `Redrive ${what}?`}
      action={action === 'purge' ? 'Purge' : warnings.length > 0 ? 'Redrive all the same' : 'Redrive'}
      danger={action === 'purge'}
      onConfirm={() => onConfirm(asked)}
      onClose={() => onClose(asked)}
    >
      {action === 'purge' ? (
        <p>The events are gone for good: nobody can send them again.</p>
      ) : warnings.length === 0 ? (
        <p>
          Each goes back on the events queue, for the destination and mapping that gave it up. What still fails comes
          back here.
        </p>
      ) : (
        warnings.map((warning) => <p key={warning}>{warning}</p>)
      )}
    </ConfirmDialog>
  );
}
