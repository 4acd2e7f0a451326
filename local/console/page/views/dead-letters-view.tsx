import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { count, plural } from '../parts/format.ts';
import { Icon } from '../parts/icons.tsx';
import { LetterCard } from '../parts/letter-card.tsx';
import { LetterGroups } from '../parts/letter-groups.tsx';
import {
  asked,
  type Asked,
  isReadOnly,
  isRemote,
  type LetterAction,
  list,
  load,
  loadMore,
  newer,
  problem,
  result,
  rows,
  run,
} from '../state/letters.ts';
import { pathOf, type Query, replacePath } from '../state/router.ts';
import { setup, status } from '../state/store.ts';

/** Members of a letter that the address may ask for, as the reader calls them. */
const facets = { source: 'source', destination: 'destination', mapping: 'mapping', event: 'event' } as const;

/** Events that were given up, and the way back for them. */
export function DeadLettersView({ query: given }: { readonly query: Query }): JSX.Element {
  const { q = '', ...others } = given;
  const query = { ...others, text: q };
  const key = JSON.stringify(query);
  // For each filter; while one types, when there is a pause
  useEffect(() => {
    const timer = setTimeout(() => void load(query), list.peek() === undefined ? 0 : 150);
    return () => clearTimeout(timer);
  }, [key]);
  const isEmpty = (list.value?.all ?? 0) === 0;
  const came = newer.value > 0;
  // Nothing is there that could move under the reader
  useEffect(() => {
    if (isEmpty && came) void load(query);
  }, [isEmpty, came]);

  const known = list.value;
  const change = (part: Query): void => replacePath(pathOf('dead-letters', { ...given, ...part }));
  const chosen = (more: Query = {}) => ({
    query: { ...query, ...more },
    upTo: known?.upTo ?? 0,
    run: known?.run ?? '',
  });
  const ask = (action: LetterAction, events: number, what: string, more: Query = {}): void => {
    asked.value = { action, chosen: chosen(more), events, what };
  };
  const active = Object.entries(facets).flatMap(([name, title]) =>
    given[name] ? [{ name, title, value: given[name] }] : [],
  );
  const isFiltered = q !== '' || active.length > 0 || Boolean(given['code']);
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
      <ActionResult />
      {isEmpty && !isFiltered ? undefined : (
        <search class="letter-bar" aria-label="Filter the dead letters">
          <label class="search-field">
            <Icon name="search" />
            <input
              data-filter
              type="text"
              aria-label="Anything in the letter or its event"
              placeholder="Search ids, email, order, URL, reason…"
              spellcheck={false}
              autocomplete="off"
              value={q}
              onInput={({ currentTarget }) => change({ q: currentTarget.value })}
            />
          </label>
          {active.map(({ name, title, value }) => (
            <button key={name} type="button" class="filter-chip" onClick={() => change({ [name]: '' })}>
              {`${title}: ${value}`}
              <Icon name="close" />
              <span class="visually-hidden">remove</span>
            </button>
          ))}
          <span class="shown-count">
            {isFiltered
              ? `${count(known?.matching ?? 0)} of ${count(known?.all ?? 0)}`
              : plural(known?.all ?? 0, 'letter')}
          </span>
          {newer.value > 0 ? (
            <button type="button" class="new-events" onClick={() => void load(query)}>
              {`Show ${count(newer.value)} new`}
            </button>
          ) : undefined}
          <div class="bulk" hidden={isReadOnly.value}>
            <button
              type="button"
              class="danger-quiet"
              disabled={(known?.matching ?? 0) === 0}
              onClick={() => ask('purge', known?.events ?? 0, isFiltered ? 'that match' : 'of this list')}
            >
              <Icon name="trash" />
              {`Purge all ${count(known?.events ?? 0)}…`}
            </button>
            <button
              type="button"
              class="primary"
              disabled={(known?.matching ?? 0) === 0}
              onClick={() => ask('redrive', known?.events ?? 0, isFiltered ? 'that match' : 'of this list')}
            >
              <Icon name="redrive" />
              {`Redrive all ${count(known?.events ?? 0)}…`}
            </button>
          </div>
        </search>
      )}
      {known === undefined || known.groups.length === 0 ? undefined : (
        <LetterGroups
          groups={known.groups}
          chosen={given['code'] ?? ''}
          onChoose={(group) => change({ code: group?.code ?? '', stage: group?.stage ?? '' })}
          onAct={(action, { code, stage, events }) => ask(action, events, `with the reason ${code}`, { code, stage })}
        />
      )}
      <ul class="letter-list" aria-label="Letters">
        {rows.value.map((letter) => {
          const act = (action: LetterAction): Asked => ({
            action,
            chosen: { keys: [letter.key] },
            events: letter.events,
            what: `${letter.eventName} ${letter.messageId ?? ''}`.trim(),
          });
          return (
            <LetterCard
              key={letter.key}
              letter={letter}
              onRedrive={() => {
                if (isRemote.value) asked.value = act('redrive');
                else void run(act('redrive'), query);
              }}
              onPurge={() => {
                asked.value = act('purge');
              }}
            />
          );
        })}
      </ul>
      {known?.before === undefined ? undefined : (
        <p class="more">
          <button type="button" onClick={() => void loadMore(query)}>
            Show more
          </button>
          <span class="hint">{`${count(rows.value.length)} of ${count(known.matching)}`}</span>
        </p>
      )}
      {known === undefined || rows.value.length > 0 ? undefined : (
        <div class="empty">
          <h2>{isFiltered ? 'No dead letter matches' : 'No dead letters'}</h2>
          <p>
            {isFiltered
              ? `None of ${count(known.all)} fits the filter.`
              : 'Nothing was given up. What Meta refuses for good, or what no mapping can turn into a valid event, comes here.'}
          </p>
          {isFiltered ? (
            <button type="button" onClick={() => replacePath('dead-letters')}>
              Clear the filter
            </button>
          ) : undefined}
        </div>
      )}
      {known === undefined && problem.value === undefined ? (
        <p class="loading">{`Looking through ${count(status.value?.queues.deadLetters.visible ?? 0)} messages…`}</p>
      ) : undefined}
      {asked.value === undefined ? undefined : (
        <AskFirst
          asked={asked.value}
          onConfirm={(confirmed) => {
            if (isRemote.value && confirmed.isSure !== true) asked.value = { ...confirmed, isSure: true };
            else void run(confirmed, query);
          }}
          onClose={(closed) => {
            if (asked.value === closed) asked.value = undefined;
          }}
        />
      )}
    </div>
  );
}

function ActionResult(): JSX.Element | undefined {
  const now = result.value;
  if (now === undefined) return undefined;
  const { text, by, kept, isGood } = now;
  return (
    <section class={`callout moved ${isGood ? '' : 'waiting'}`} aria-label="Result">
      <div>
        <p>
          <b>{text}</b> {by.length > 0 ? by.join(', ') : ''}
        </p>
        {kept.map(({ why, events }) => (
          <p key={why}>{`Stays (${count(events)}): ${why}`}</p>
        ))}
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label="Close the result"
        onClick={() => {
          result.value = undefined;
        }}
      >
        <Icon name="close" />
      </button>
    </section>
  );
}

interface AskFirstProps {
  readonly asked: Asked;
  readonly onConfirm: (asked: Asked) => void;
  readonly onClose: (asked: Asked) => void;
}

function AskFirst({ asked: now, onConfirm, onClose }: AskFirstProps): JSX.Element {
  const { action, events, what = '', warnings = [], isSure = false } = now;
  const title = `${action === 'purge' ? 'Purge' : 'Redrive'} ${plural(events, 'event')}?`;
  return (
    <ConfirmDialog
      key={`${action} ${warnings.length} ${isSure}`}
      title={isSure ? `Really, in ${setup.value?.deployment}? ${title}` : title}
      action={action === 'purge' ? 'Purge' : warnings.length > 0 ? 'Redrive all the same' : 'Redrive'}
      danger={action === 'purge'}
      onConfirm={() => onConfirm(now)}
      onClose={() => onClose(now)}
    >
      <p>
        <b>{what}</b>
      </p>
      {action === 'purge' ? (
        <p>The events are gone for good: nobody can send them again.</p>
      ) : warnings.length === 0 ? (
        <p>
          What was given up while delivering goes to the destination and mapping that gave it up; what was refused at
          the endpoint is checked again. What still fails comes back here.
        </p>
      ) : (
        warnings.map((warning) => <p key={warning}>{warning}</p>)
      )}
    </ConfirmDialog>
  );
}
