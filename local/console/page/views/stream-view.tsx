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
import { found, search } from '../state/search.ts';
import {
  heldBack,
  isFromBefore,
  isMoreHeldBack,
  isPaused,
  lines,
  listed,
  names,
  noLongerKept,
  release,
  setup,
  shown,
  sources,
  togglePause,
} from '../state/store.ts';
import { changeFilter as change, clearFilter, filter, isFiltered } from '../state/stream-filter.ts';

/** Every event as it passes, newest first. */
export function StreamView(): JSX.Element {
  const total = listed.value.length;
  useSearch();
  return (
    <div class="stream">
      <h1 class="visually-hidden">Stream of events</h1>
      <Overview />
      <FilterBar />
      <HeldNotice />
      {shown.value.length > 0 ? <EventList lines={shown.value} /> : total > 0 ? <NothingMatches /> : <FirstEvent />}
    </div>
  );
}

/** Looks in whole events for what is typed, and again whenever others come. */
function useSearch(): void {
  const { text } = filter.value;
  const latest = lines.value[0]?.seq ?? 0;
  const lookedAt = found.value;
  const isDue = text.trim() !== lookedAt.text || latest > lookedAt.upTo;
  // While one types or events pour in, twice a second at most
  useEffect(() => {
    if (!isDue) return;
    const timer = setTimeout(() => void search(filter.peek().text, lines.peek()[0]?.seq ?? 0), 200);
    return () => clearTimeout(timer);
  }, [text, isDue, lookedAt]);
}

/** Says what stands still, and what of it is gone meanwhile. */
function HeldNotice(): JSX.Element | undefined {
  const gone = noLongerKept.value;
  if (isFromBefore.value) {
    return (
      <p class="held-notice" role="status">
        npm start was started anew. These events are from before it.
        <button type="button" class="quiet" onClick={release}>
          Load what is there now
        </button>
      </p>
    );
  }
  if (gone === 0) return undefined;
  return (
    <p class="held-notice" role="status">
      {`The list stands still. ${plural(gone, 'event')} of it ${gone === 1 ? 'is' : 'are'} no longer kept whole, since newer ones took their place; what the list shows of them stays until you resume.`}
    </p>
  );
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
          aria-label="Anything in the event, its mappings or reasons"
          placeholder="Search ids, email, order, reason…"
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
      <button type="button" class="clear" disabled={!isFiltered.value} onClick={clearFilter}>
        Clear
      </button>
      <span class="spacer" />
      <span class="shown-count">
        {isFiltered.value ? `${count(matches)} of ${count(listed.value.length)}` : plural(matches, 'event')}
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
          {`${count(heldBack.value)}${isMoreHeldBack.value ? '+' : ''} new`}
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
    <p>
      None of the latest {count(listed.value.length)} events fits the filter.
      {found.value.unread > 0
        ? ` ${count(found.value.unread)} of them are no longer kept whole: only their ids, names and reasons were looked at.`
        : ''}
    </p>
    <button type="button" onClick={clearFilter}>
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
