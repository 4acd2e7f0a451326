import { jsonOrNothing } from '../../../../shared/lib/json/json-or-nothing.ts';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { LettersMoved, LetterView } from '../../server/wire.ts';
import { announce } from '../state/announce.ts';
import { ask } from '../state/api.ts';
import { eventText } from '../state/draft.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Icon } from './icons.tsx';
import { isObject } from './is-object.ts';

/** Sends the event in the editor in place of the one that a dead letter holds. */
export function RedrivePanel({ letter }: { readonly letter: LetterView }): JSX.Element {
  const result = useSignal<{ readonly text: string; readonly isDone: boolean } | undefined>(undefined);
  const warnings = useSignal<readonly string[]>([]);
  const event = jsonOrNothing(eventText.value);
  const isReady = isObject(event) && result.value?.isDone !== true;

  const redrive = async (confirmed: boolean): Promise<void> => {
    try {
      const moved = await ask<LettersMoved>('redrive', { chosen: { keys: [letter.key] }, event, confirmed });
      warnings.value = moved.warnings;
      if (moved.warnings.length > 0) return;
      const [kept] = moved.kept;
      result.value =
        kept === undefined
          ? { text: 'The edited event went back on the events queue.', isDone: true }
          : { text: `It stays: ${kept.why}`, isDone: false };
    } catch (error) {
      result.value = { text: (error as Error).message, isDone: false };
    }
    announce(result.value.text);
  };

  return (
    <section class="callout redrive-panel" aria-label="Dead letter that is edited">
      <Icon name="dead-letters" />
      <div>
        <h2>
          Editing the dead letter {letter.eventName} <code>{letter.messageId ?? ''}</code>
        </h2>
        <p>
          {letter.reason} <small>{letter.code}</small>
        </p>
        <p class="fix">{letter.fix}</p>
        {result.value === undefined ? undefined : <p class="redrive-answer">{result.value.text}</p>}
        {isObject(event) ? undefined : <p class="hint">The event is no JSON object yet.</p>}
      </div>
      <div class="redrive-actions">
        <a class="button" href="#/dead-letters">
          {result.value?.isDone ? 'To the dead letters' : 'Leave as it was'}
        </a>
        <button type="button" class="primary" disabled={!isReady} onClick={() => void redrive(false)}>
          Redrive the edited event
        </button>
      </div>
      {warnings.value.length === 0 ? undefined : (
        <ConfirmDialog
          title="Redrive 1 event?"
          action="Redrive all the same"
          onConfirm={() => void redrive(true)}
          onClose={() => {
            warnings.value = [];
          }}
        >
          {warnings.value.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </ConfirmDialog>
      )}
    </section>
  );
}
