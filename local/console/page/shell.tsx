import { useSignal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ConfigurationNotice } from './parts/configuration-notice.tsx';
import { count } from './parts/format.ts';
import { HealthStrip } from './parts/health-strip.tsx';
import { HelpDialog } from './parts/help-dialog.tsx';
import { Icon } from './parts/icons.tsx';
import { Overview } from './parts/overview.tsx';
import { announcement } from './state/announce.ts';
import { isHelpOpen, onShortcut } from './state/shortcuts.ts';
import { type Query, type Route, route, type ViewName, viewNames } from './state/router.ts';
import { streamPath } from './state/stream-filter.ts';
import { connection, setup, status } from './state/store.ts';
import { nextTheme, theme } from './state/theme.ts';
import { BalanceView } from './views/balance-view.tsx';
import { DeadLettersView } from './views/dead-letters-view.tsx';
import { DuplicatesView } from './views/duplicates-view.tsx';
import { EventView } from './views/event-view.tsx';
import { HistoryView } from './views/history-view.tsx';
import { QualityView } from './views/quality-view.tsx';
import { StreamView } from './views/stream-view.tsx';

const titles: Readonly<Record<ViewName, string>> = {
  stream: 'Stream',
  tester: 'Tester',
  'dead-letters': 'Dead letters',
  balance: 'Balance',
  history: 'History',
  duplicates: 'Duplicates',
  quality: 'Quality',
};

const connectionTitles = { connecting: 'Connecting', live: 'Live', lost: 'Offline' } as const;
const themeTitles = { system: 'System colours', light: 'Light colours', dark: 'Dark colours' } as const;

/** The frame around every view. */
export function Shell(): JSX.Element {
  useEffect(() => {
    addEventListener('keydown', onShortcut);
    return () => removeEventListener('keydown', onShortcut);
  }, []);
  const at = route.value;
  const scroller = useRef<HTMLElement>(null);
  const place = at.view === 'event' ? `event/${at.id} ${at.at}` : at.view;
  // A new place is read from its top
  useEffect(() => scroller.current?.scrollTo(0, 0), [place]);
  useEffect(() => {
    document.title = `${titleOf(at)} · Conversions console`;
  }, [titleOf(at)]);
  return (
    <>
      <button type="button" class="skip-link" onClick={() => scroller.current?.focus()}>
        Skip to content
      </button>
      <header class="topbar">
        <a class="brand" href="#/stream" aria-label="Conversions console, stream">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="9" />
            <path d="M8 16h16" />
            <circle cx="8" cy="16" r="3" />
            <circle cx="16" cy="16" r="3" />
            <circle class="end" cx="24" cy="16" r="4" />
          </svg>
          <span>{remoteName() ?? 'Conversions'}</span>
        </a>
        <nav aria-label="Views">
          {viewNames.filter(isThere).map((name) => (
            <NavLink key={name} name={name} current={at} />
          ))}
        </nav>
        <div class="tools">
          <span class={`connection ${connection.value}`}>
            <i aria-hidden="true" />
            <span>{connectionTitles[connection.value]}</span>
          </span>
          <button
            type="button"
            class="icon-button"
            aria-label={`${themeTitles[theme.value]}; change`}
            onClick={nextTheme}
          >
            <Icon name={theme.value} />
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label="Help and keyboard shortcuts"
            onClick={() => {
              isHelpOpen.value = true;
            }}
          >
            <span aria-hidden="true">?</span>
          </button>
        </div>
      </header>
      <HealthStrip />
      <ConfigurationNotice />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also where it holds no link */}
      <main id="main" ref={scroller} tabIndex={0}>
        <View at={at} />
      </main>
      <p class="visually-hidden" role="status">
        {announcement.value}
      </p>
      {isHelpOpen.value ? <HelpDialog /> : undefined}
    </>
  );
}

function View({ at }: { readonly at: Route }): JSX.Element {
  switch (at.view) {
    case 'event':
      return <EventView key={`${at.id} ${at.at}`} id={at.id} at={at.at} />;
    case 'tester':
      return <LazyTester query={at.query} />;
    case 'dead-letters':
      return <DeadLettersView query={at.query} />;
    case 'history':
      return <HistoryView query={at.query} />;
    case 'duplicates':
      return <DuplicatesView query={at.query} />;
    case 'quality':
      return <QualityView query={at.query} />;
    case 'unknown':
      return <UnknownView path={at.path} />;
    case 'balance':
      return <BalanceView />;
    default:
      return isThere('stream') ? <StreamView /> : <RemoteView />;
  }
}

/** A deployment elsewhere has no stream, and one without a record no history. */
function isThere(name: ViewName): boolean {
  if (name === 'stream' || name === 'tester') return (setup.value?.deployment ?? 'local') === 'local';
  return name !== 'history' || setup.value?.hasHistory === true;
}

/** First page of a deployment in AWS. */
const RemoteView = (): JSX.Element => {
  const { deployment = '', explainedBy = '', hasHistory = false, mayChange = false } = setup.value ?? {};
  return (
    <div class="remote-view">
      <header class="view-head">
        <h1>{deployment}</h1>
        <p>
          {`Events are explained by ${explainedBy}. ${mayChange ? 'Changes are written down with your name.' : 'This console only looks.'}`}
        </p>
      </header>
      <Overview />
      <p>
        <a class="button" href="#/dead-letters">
          Dead letters
        </a>{' '}
        {hasHistory ? (
          <a class="button" href="#/history">
            History
          </a>
        ) : (
          'Without a record (record.level in config/environments.ts) nobody knows what became of delivered events.'
        )}
      </p>
    </div>
  );
};

const UnknownView = ({ path }: { readonly path: string }) => (
  <div class="empty">
    <h1>There is no such page</h1>
    <p>
      The console has nothing at <code>{path}</code>.
    </p>
    <a class="button" href="#/stream">
      To the stream
    </a>
  </div>
);

function titleOf(at: Route): string {
  if (at.view === 'event') return `Event ${at.id}`;
  return at.view === 'unknown' ? 'Not found' : titles[at.view];
}

type Tester = ComponentType<{ readonly query: Query }>;

async function loadTester(): Promise<Tester> {
  // Before any schema is made.
  await import('./state/no-eval.ts');
  return (await import('./views/tester-view.tsx')).TesterView;
}

/** The mapper and the editor are half of the page: they come when the tester is opened. */
function LazyTester({ query }: { readonly query: Query }): JSX.Element {
  const loaded = useSignal<Tester | undefined>(undefined);
  // Once
  useEffect(() => {
    void loadTester().then((View) => {
      loaded.value = View;
    });
  }, []);
  const View = loaded.value;
  return View === undefined ? (
    <p class="loading">Loading the mapper…</p>
  ) : (
    <View key={JSON.stringify(query)} query={query} />
  );
}

function NavLink({ name, current }: { readonly name: ViewName; readonly current: Route }): JSX.Element {
  const isCurrent = current.view === name || (current.view === 'event' && name === 'stream');
  const dead = name === 'dead-letters' ? deadLetters() : 0;
  return (
    <a href={`#/${name === 'stream' ? streamPath.value : name}`} aria-current={isCurrent ? 'page' : undefined}>
      <Icon name={name} />
      <span>{titles[name]}</span>
      {dead > 0 ? <span class="badge">{count(dead)}</span> : undefined}
      {name === 'balance' && status.value?.balance.state === 'gap' ? <span class="badge">gap</span> : undefined}
    </a>
  );
}

const remoteName = (): string | undefined => {
  const name = setup.value?.deployment;
  return name === 'local' ? undefined : name;
};

const deadLetters = (): number => status.value?.deadLetters.letters ?? 0;
