import type { JSX } from 'preact';
import type { LetterGroup } from '../../server/wire.ts';
import { count, dateTime, duration, plural } from './format.ts';
import { Icon } from './icons.tsx';
import { isReadOnly, type LetterAction } from '../state/letters.ts';

export interface LetterGroupsProps {
  readonly groups: readonly LetterGroup[];
  /** Reason that alone is shown below; empty for all. */
  readonly chosen: string;
  readonly onChoose: (group: LetterGroup | undefined) => void;
  readonly onAct: (action: LetterAction, group: LetterGroup) => void;
}

/** Dead letters by reason: how many, since when, whether it goes on, and one action for all of them. */
export const LetterGroups = ({ groups, chosen, onChoose, onAct }: LetterGroupsProps): JSX.Element => (
  <section class="letter-groups" aria-label="Reasons">
    <ul>
      {groups.map((group) => {
        const { code, stage, reason, fix, events, trend, barMs, firstFailedAt, lastFailedAt, eventNames } = group;
        const isChosen = chosen === code;
        return (
          <li key={`${stage} ${code}`} class={`card letter-group ${isChosen ? 'chosen' : ''}`}>
            <div class="group-head">
              <strong class="group-count">{count(events)}</strong>
              <div>
                <h2>{reason}</h2>
                <p class="hint">
                  <code>{code}</code> {stage === 'ingest' ? 'at the endpoint' : 'while delivering'}
                </p>
              </div>
            </div>
            <Trend trend={trend} barMs={barMs} />
            <dl class="group-times">
              <div>
                <dt>First</dt>
                <dd>
                  <Ago iso={firstFailedAt} />
                </dd>
              </div>
              <div>
                <dt>Last</dt>
                <dd>
                  <Ago iso={lastFailedAt} />
                </dd>
              </div>
            </dl>
            <p class="fix">{fix}</p>
            <p class="hint">
              {eventNames.map(({ name, count: number }) => `${name} ${count(number)}`).join(', ')}
              {group.sample.messageId === undefined ? undefined : (
                <>
                  {' · '}
                  <a href={`#/event/${encodeURIComponent(group.sample.messageId)}`}>a sample</a>
                </>
              )}
            </p>
            <div class="group-actions">
              <button
                type="button"
                class="quiet"
                aria-pressed={isChosen}
                aria-label={`${isChosen ? 'Show all' : 'Show only these'}: ${code}`}
                onClick={() => onChoose(isChosen ? undefined : group)}
              >
                {isChosen ? 'Show all' : 'Show only these'}
              </button>
              {isReadOnly.value ? undefined : (
                <>
                  <button
                    type="button"
                    class="danger-quiet"
                    aria-label={`Purge ${count(events)}… with the reason ${code}`}
                    onClick={() => onAct('purge', group)}
                  >
                    <Icon name="trash" />
                    {`Purge ${count(events)}…`}
                  </button>
                  <button
                    type="button"
                    aria-label={`Redrive ${count(events)}… with the reason ${code}`}
                    onClick={() => onAct('redrive', group)}
                  >
                    <Icon name="redrive" />
                    {`Redrive ${count(events)}…`}
                  </button>
                </>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  </section>
);

function Ago({ iso }: { readonly iso: string }): JSX.Element {
  const at = Date.parse(iso);
  return (
    <time dateTime={iso} title={dateTime(at)}>
      {`${duration(Date.now() - at)} ago`}
    </time>
  );
}

function Trend({ trend, barMs }: { readonly trend: readonly number[]; readonly barMs: number }): JSX.Element {
  const most = Math.max(1, ...trend);
  const last = trend.at(-1) ?? 0;
  const label = `${plural(last, 'event')} in the last ${duration(barMs)}, at most ${count(most)} in ${duration(barMs)}`;
  return (
    <figure class="trend">
      <svg viewBox={`0 0 ${trend.length * 4} 24`} preserveAspectRatio="none" role="img" aria-label={label}>
        {trend.map((value, index) =>
          value === 0 ? undefined : (
            <rect
              key={index}
              x={index * 4}
              y={24 - Math.max(2, (value / most) * 24)}
              width="3"
              height={Math.max(2, (value / most) * 24)}
            />
          ),
        )}
      </svg>
      <figcaption class="hint">{`the last ${duration(trend.length * barMs)}`}</figcaption>
    </figure>
  );
}
