import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { SentAnswer } from '../../server/wire.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { EventList } from '../parts/event-list.tsx';
import { count, plural } from '../parts/format.ts';
import { Icon } from '../parts/icons.tsx';
import { Overview } from '../parts/overview.tsx';
import { announce } from '../state/announce.ts';
import { ask } from '../state/api.ts';
import { freshExample } from '../state/fresh-example.ts';
import {
  filter,
  heldBack,
  isFiltered,
  isPaused,
  lines,
  names,
  noFilter,
  release,
  setup,
  shown,
  sources,
  togglePause,
} from '../state/store.ts';
import type { StreamFilter } from '../state/matches-filter.ts';

/** Every event as it passes, newest first. */
export function StreamView(): JSX.Element {
  const total = lines.value.length;
  return (
    <div class="stream">
      <h1 class="visually-hidden">Stream of events</h1>
      <Overview />
      <FilterBar />
      {shown.value.length > 0 ? <EventList lines={shown.value} /> : total > 0 ? <NothingMatches /> : <FirstEvent />}
    </div>
  );
}

function change(part: Partial<StreamFilter>): void {
  const next = { ...filter.value, ...part };
  const isEmpty = next.text === '' && next.stages.length === 0 && next.source === '' && next.name === '';
  filter.value = isEmpty ? noFilter : next;
}

function FilterBar(): JSX.Element {
  const { text, name, source } = filter.value;
  const matches = shown.value.length;
  useEffect(() => {
    if (!isFiltered.value) return;
    const timer = setTimeout(() => announce(`${plural(matches, 'event')} shown.`), 600);
    return () => clearTimeout(timer);
  }, [matches]);
  return (
    <search class="filter-bar" aria-label="Filter the stream">
      <label class="search-field">
        <Icon name="search" />
        <input
          data-filter
          type="text"
          aria-label="Message id, name, mapping or reason"
          placeholder="Filter by message id, name, mapping, reason"
          spellcheck={false}
          autocomplete="off"
          value={text}
          onInput={({ currentTarget }) => change({ text: currentTarget.value })}
        />
        <kbd>/</kbd>
      </label>
      <Choice
        label="Event name"
        all="All names"
        value={name}
        options={names.value}
        onChange={(one) => change({ name: one })}
      />
      <Choice
        label="Source"
        all="All sources"
        value={source}
        options={sources.value}
        onChange={(one) => change({ source: one })}
      />
      <button
        type="button"
        class="clear"
        disabled={!isFiltered.value}
        onClick={() => {
          filter.value = noFilter;
        }}
      >
        Clear
      </button>
      <span class="spacer" />
      <span class="shown-count">
        {isFiltered.value ? `${count(matches)} of ${count(lines.value.length)}` : plural(matches, 'event')}
      </span>
      {heldBack.value > 0 ? (
        <button
          type="button"
          class="new-events"
          onClick={() => {
            release();
            document.querySelector('main')?.scrollTo(0, 0);
          }}
        >
          {`${count(heldBack.value)} new`}
        </button>
      ) : undefined}
      <button
        type="button"
        class="pause"
        aria-label={isPaused.value ? 'Resume' : 'Pause'}
        aria-pressed={isPaused.value}
        onClick={togglePause}
      >
        <Icon name={isPaused.value ? 'play' : 'pause'} />
        <span>{isPaused.value ? 'Resume' : 'Pause'}</span>
      </button>
    </search>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
}

const Choice = ({ label, all, value, options, onChange }: ChoiceProps) => (
  <select aria-label={label} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
    <option value="">{all}</option>
    {[...new Set(value === '' ? options : [...options, value])].map((option) => (
      <option key={option} value={option}>
        {option}
      </option>
    ))}
  </select>
);

const NothingMatches = () => (
  <div class="empty">
    <h2>No event matches</h2>
    <p>None of the latest {count(lines.value.length)} events fits the filter.</p>
    <button
      type="button"
      onClick={() => {
        filter.value = noFilter;
      }}
    >
      Clear the filter
    </button>
  </div>
);

function FirstEvent(): JSX.Element {
  const { curl, endpoint, writeKey } = setup.value ?? { curl: '', endpoint: '', writeKey: '' };
  return (
    <div class="empty">
      <h2>Waiting for the first event</h2>
      <p>Begin with an example, send one from a terminal, or point your own library here.</p>
      <ExampleButton />
      <dl class="facts">
        <div>
          <dt>Endpoint</dt>
          <dd>
            <code>{endpoint}</code>
          </dd>
        </div>
        <div>
          <dt>Write key</dt>
          <dd>
            <code>{writeKey}</code>
          </dd>
        </div>
      </dl>
      <div class="curl">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region */}
        <pre tabIndex={0}>{curl}</pre>
        <CopyButton text={curl} label="command" />
      </div>
      <p>
        To try a mapping before anything is sent, <a href="#/tester">open the tester</a>.
      </p>
    </div>
  );
}

/** Sends the first example the way of every event, so that a new reader sees one pass. */
function ExampleButton(): JSX.Element {
  const isSending = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);
  const example = setup.value?.examples[0];
  const send = async () => {
    if (example === undefined) return;
    isSending.value = true;
    try {
      const { status } = await ask<SentAnswer>('send', { event: freshExample(example.event, new Date()) });
      problem.value = status === 200 ? undefined : `The endpoint answered ${status}.`;
      announce(problem.value ?? 'The example is sent.');
    } catch (error) {
      problem.value = (error as Error).message;
    } finally {
      isSending.value = false;
    }
  };
  return (
    <>
      <button
        type="button"
        class="primary"
        disabled={isSending.value || example === undefined}
        onClick={() => void send()}
      >
        Send an example order
      </button>
      {problem.value === undefined ? undefined : <p class="callout dead">{problem.value}</p>}
    </>
  );
}
