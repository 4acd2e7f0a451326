import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { actions } from '../../../../shared/meta/actions/actions.ts';
import type { Advice } from '../../../../shared/explain/explanation.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import type { EventDetails, LetterView, Setup } from '../../server/wire.ts';
import { AdviceList } from '../parts/advice-list.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { pretty } from '../parts/format.ts';
import { JsonEditor } from '../parts/json-editor.tsx';
import { MappingDetails } from '../parts/mapping-details.tsx';
import { RedrivePanel } from '../parts/redrive-panel.tsx';
import { SendPanel } from '../parts/send-panel.tsx';
import { StageTag } from '../parts/stage-tag.tsx';
import { ask } from '../state/api.ts';
import {
  action,
  eventText,
  fieldsText,
  loadLiquidFor,
  preview,
  takeEvent,
  mappingName,
  takeMapping,
  takenSubscription,
  takeSuggestion,
  trigger,
  withDefaults,
} from '../state/draft.ts';
import { freshExample } from '../state/fresh-example.ts';
import type { Query } from '../state/router.ts';
import { setup } from '../state/store.ts';

/** An event, a mapping, and what the one makes of the other, worked out in the page while one types. */
export function TesterView({ query }: { readonly query: Query }): JSX.Element {
  const { event: eventId, at = '', letter, make } = query;
  const known = setup.value;
  const problem = useSignal<string | undefined>(undefined);
  const editing = useSignal<LetterView | undefined>(undefined);
  // When the setup is there, and for another event: a change of the configuration leaves what was typed
  useEffect(() => {
    if (known === undefined) return;
    const failed = (error: Error): void => {
      problem.value = error.message;
    };
    if (letter !== undefined) {
      ask<LetterView>(`letter?key=${encodeURIComponent(letter)}`).then((answer) => {
        editing.value = answer;
        takeEvent(answer.event as JsonObject, known.destinations, answer);
      }, failed);
    } else if (eventId !== undefined) {
      ask<EventDetails>(`event?${new URLSearchParams({ id: eventId, at })}`).then(({ event }) => {
        if (make === undefined) takeEvent(event as JsonObject, known.destinations);
        else takeSuggestion(event as JsonObject, known.destinations, make);
      }, failed);
    } else if (eventText.peek() === '') takeExample(known, 0);
  }, [known !== undefined, letter, eventId, at]);
  useEffect(() => void loadLiquidFor(fieldsText.value), [fieldsText.value]);
  if (known === undefined) return <p class="loading">Loading…</p>;
  return (
    <div class="tester-view">
      <header class="view-head">
        <h1>Tester</h1>
        <p>Change the event or the mapping: the mapper runs in this page, and nothing leaves it until you send.</p>
      </header>
      {problem.value === undefined ? undefined : <p class="callout dead">{problem.value}</p>}
      {editing.value === undefined ? undefined : <RedrivePanel letter={editing.value} />}
      <div class="tester-columns">
        <EventPane setup={known} />
        <div class="pane-stack">
          <MappingPane setup={known} query={query} />
          <SendPanel />
        </div>
        <ResultPane />
      </div>
    </div>
  );
}

const takeExample = ({ examples, destinations }: Setup, index: number): void => {
  const example = examples[index];
  if (example !== undefined) takeEvent(freshExample(example.event, new Date()), destinations);
};

const issuesUnder = (place: string): Advice[] => {
  const now = preview.value;
  if (!('issues' in now)) return [];
  return now.issues.filter(
    ({ path = '' }) => path === place || path.startsWith(`${place}/`) || path.startsWith(`${place}.`),
  );
};

function EventPane({ setup: { examples } }: { readonly setup: Setup }): JSX.Element {
  return (
    <section class="pane" aria-label="Segment event">
      <header>
        <h2>Segment event</h2>
        <select
          aria-label="Example"
          value=""
          onChange={({ currentTarget }) => {
            if (setup.value) takeExample(setup.value, Number(currentTarget.value));
            currentTarget.value = '';
          }}
        >
          <option value="" disabled>
            Take an example…
          </option>
          {examples.map(({ title }, index) => (
            <option key={title} value={index}>
              {title}
            </option>
          ))}
        </select>
      </header>
      <JsonEditor label="Segment event as JSON" text={eventText} />
    </section>
  );
}

function MappingPane({
  setup: { destinations },
  query,
}: {
  readonly setup: Setup;
  readonly query: Query;
}): JSX.Element {
  const choose = (value: string) => {
    const [at, index] = value.split(' ').map(Number);
    const chosen = destinations[at ?? -1];
    const mapping = chosen?.mappings[index ?? -1];
    if (chosen && mapping) takeMapping(mapping, chosen);
  };
  const triggerIssues = issuesUnder('trigger');
  return (
    <section class="pane" aria-label="Mapping">
      <header>
        <h2>Mapping</h2>
        <select
          aria-label="Mapping of the configuration"
          value=""
          onChange={({ currentTarget }) => {
            choose(currentTarget.value);
            currentTarget.value = '';
          }}
        >
          <option value="" disabled>
            Take a mapping…
          </option>
          {destinations.map(({ name, mappings }, at) => (
            <optgroup key={name} label={name}>
              {mappings.map((mapping, index) => (
                <option key={mapping.name} value={`${at} ${index}`}>
                  {mapping.name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </header>
      <div class="mapping-form">
        <label>
          <span>Action</span>
          <select
            value={action.value}
            onChange={({ currentTarget }) => {
              action.value = currentTarget.value;
            }}
          >
            {[...new Set([...Object.keys(actions), action.value])].map((key) => (
              <option key={key} value={key}>
                {key}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={withDefaults.value}
            onChange={({ currentTarget }) => {
              withDefaults.value = currentTarget.checked;
            }}
          />
          <span>Over the action's defaults</span>
        </label>
        <label class="wide">
          <span>Trigger</span>
          <input
            type="text"
            class="code"
            spellcheck={false}
            autocomplete="off"
            placeholder="the action's own"
            aria-invalid={triggerIssues.length > 0}
            value={trigger.value}
            onInput={({ currentTarget }) => {
              trigger.value = currentTarget.value;
            }}
          />
        </label>
      </div>
      <h3 class="fields-title">Fields</h3>
      <JsonEditor label="Fields of the mapping as JSON" text={fieldsText} issues={fieldIssues()} />
      {takenSubscription.value === undefined ? undefined : (
        <p class="callout">{`Segment's subscription "${takenSubscription.value}" was taken: its trigger, action and fields.`}</p>
      )}
      <details class="as-config" open={query['make'] !== undefined}>
        <summary>As the configuration holds it</summary>
        <p class="hint">
          Put these lines among the <code>mappings</code> of the destination in{' '}
          <code>{setup.value?.configFile ?? 'config/'}</code>.
        </p>
        <CopyButton text={configText()} label="mapping" />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region */}
        <pre class="directive" tabIndex={0}>
          {configText()}
        </pre>
      </details>
    </section>
  );
}

/** Paths as the editor has them: without the member that holds the fields. */
const fieldIssues = (): Advice[] =>
  issuesUnder('fields').map((issue) => ({ ...issue, path: (issue.path ?? '').replace(/^fields\/?/, '') }));

function ResultPane(): JSX.Element {
  const now = preview.value;
  if ('issues' in now) {
    return (
      <section class="pane result" aria-label="Result">
        <header>
          <h2>Result</h2>
          <StageTag stage="rejected" title="Not valid" />
        </header>
        <AdviceList advice={now.issues} tone="dead" />
      </section>
    );
  }
  const { explained, tookMs } = now;
  const { outcome } = explained;
  const leftOut = explained.fields.filter(({ dropped }) => dropped !== undefined).length;
  const isReady = outcome?.status === 'ready';
  const stage = outcome === undefined ? 'skipped' : isReady ? (leftOut > 0 ? 'waiting' : 'delivered') : outcome.status;
  const title = outcome === undefined ? 'No match' : isReady ? readyTitle(leftOut) : undefined;
  return (
    <section class="pane result" aria-label="Result">
      <header>
        <h2>Result</h2>
        <small class="hint">{`${tookMs.toFixed(1)} ms`}</small>
        <StageTag stage={stage} {...(title && { title })} />
      </header>
      {explained.matches ? undefined : (
        <p class="callout skipped">
          The trigger does not match the event: <code>{explained.trigger ?? 'every event'}</code>
        </p>
      )}
      <MappingDetails mapping={explained} fate="draft" />
    </section>
  );
}

const readyTitle = (leftOut: number): string => (leftOut === 0 ? 'Ready to send' : `Ready, ${leftOut} left out`);

function configText(): string {
  let fields: unknown = {};
  try {
    fields = JSON.parse(fieldsText.value);
  } catch {
    // The issues say so already.
  }
  const chosen = { name: mappingName.value, action: action.value, trigger: trigger.value || undefined, fields };
  return pretty({ ...chosen, ...(!withDefaults.value && { defaults: false }) });
}
