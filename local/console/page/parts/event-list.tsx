import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { EventLine } from '../../server/wire.ts';
import { eventPath, returned } from '../state/router.ts';
import { activeSeq, heldAt, hold, isFromBefore, isPaused, oldestKept, release } from '../state/store.ts';
import { dateTime, duration, reasonText, shortTime, stageTitles } from './format.ts';
import { Rail } from './stage-tag.tsx';

/** Rows kept above and below what is in sight. */
const spareRows = 5;

/** Only the rows in sight are in the page, whatever the number of events. */
export function EventList({ lines }: { readonly lines: readonly EventLine[] }): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const view = useSignal({ first: 0, rows: 40, rowHeight: 46 });

  useLayoutEffect(() => {
    const scroller = list.current?.closest('main');
    if (!scroller) return;
    const look = () => {
      if (list.current === null) return;
      const rowHeight = Number.parseFloat(getComputedStyle(list.current).getPropertyValue('--row')) || 46;
      const above = scroller.getBoundingClientRect().top - list.current.getBoundingClientRect().top;
      const first = Math.max(0, Math.floor(above / rowHeight) - spareRows);
      const rows = Math.ceil(scroller.clientHeight / rowHeight) + 2 * spareRows;
      const now = view.peek();
      if (now.first !== first || now.rows !== rows || now.rowHeight !== rowHeight)
        view.value = { first, rows, rowHeight };
      // What is being read must not move: new events wait until the reader comes back up.
      if (above > 2 * rowHeight) hold();
      else if (!isPaused.peek() && heldAt.peek() !== undefined && !isFromBefore.peek()) release();
    };
    look();
    scroller.addEventListener('scroll', look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [view]);

  useActiveRow(list, lines, view.value.rowHeight);
  // Whoever comes back from an event goes on where they were
  useEffect(() => {
    if (!returned.peek()) return;
    returned.value = false;
    requestAnimationFrame(() => {
      list.current?.querySelector<HTMLElement>(`[data-seq="${activeSeq.peek()}"]`)?.focus();
    });
  }, []);
  const { first, rows, rowHeight } = view.value;
  const active = activeSeq.value;
  const oldest = heldAt.value === undefined ? 0 : oldestKept.value;
  const start = Math.min(first, Math.max(0, lines.length - rows));
  return (
    <ul ref={list} class="events" style={{ height: `${lines.length * rowHeight}px` }}>
      {lines.slice(start, start + rows).map((line, index) => (
        <Row
          key={line.seq}
          line={line}
          top={(start + index) * rowHeight}
          position={start + index + 1}
          total={lines.length}
          isActive={line.seq === active}
          isPast={line.seq < oldest}
        />
      ))}
    </ul>
  );
}

/** Brings the row that the keyboard is on into sight and under the focus. */
function useActiveRow(
  list: { current: HTMLUListElement | null },
  lines: readonly EventLine[],
  rowHeight: number,
): void {
  const active = activeSeq.value;
  const last = useRef(active);
  // Only when another row becomes active
  useEffect(() => {
    if (active === last.current) return;
    last.current = active;
    const scroller = list.current?.closest('main');
    const index = lines.findIndex(({ seq }) => seq === active);
    if (!list.current || !scroller || index < 0) return;
    const top = list.current.offsetTop + index * rowHeight;
    const clear = rowHeight * 2;
    if (top < scroller.scrollTop + clear) scroller.scrollTo(0, top - clear);
    else if (top + clear > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTo(0, top + clear - scroller.clientHeight);
    }
    requestAnimationFrame(() => {
      // The row that is active by now: another key may have come, and focusing the row before would undo it.
      const row = list.current?.querySelector<HTMLElement>(`[data-seq="${activeSeq.peek()}"]`);
      row?.focus({ preventScroll: true });
    });
  }, [active]);
}

interface RowProps {
  readonly line: EventLine;
  readonly top: number;
  readonly position: number;
  readonly total: number;
  readonly isActive: boolean;
  /** The server no longer keeps it. */
  readonly isPast: boolean;
}

function Row({ line, top, position, total, isActive, isPast }: RowProps): JSX.Element {
  const { seq, stage, name, type, messageId, source, receivedAt, settledAt } = line;
  // Every row moves when one comes; what is in it is drawn again only when it changed
  const content = useMemo(() => {
    const became = becomes(line);
    return (
      <a
        href={`#/${eventPath(line)}`}
        data-seq={seq}
        class={[isActive && 'active', isPast && 'past'].filter(Boolean).join(' ')}
        title={isPast ? 'No longer kept: newer events took its place' : undefined}
        onFocus={() => {
          activeSeq.value = seq;
        }}
      >
        <time dateTime={new Date(receivedAt).toISOString()} title={dateTime(receivedAt)}>
          {shortTime(receivedAt)}
        </time>
        <Rail line={line} />
        <span class={`stage-name ${stage}`}>{stageTitles[stage]}</span>
        <span class="event-name">
          <b>{name}</b>
          {type === name ? undefined : <small>{type}</small>}
        </span>
        <span class="becomes" title={became}>
          {became}
        </span>
        <code>{messageId}</code>
        <span class="source">{source}</span>
        <span class="took">{settledAt === undefined ? '' : duration(settledAt - receivedAt)}</span>
      </a>
    );
  }, [line, isActive, isPast]);
  return (
    <li style={{ transform: `translateY(${top}px)` }} aria-setsize={total} aria-posinset={position}>
      {content}
    </li>
  );
}

/** `Purchase` where it went, or why it went nowhere. */
function becomes({ outcomes, stage, notes = [] }: EventLine): string {
  if (stage === 'rejected') return `refused at the endpoint: ${notes.join(', ')}`;
  const texts = outcomes.map(({ mapping, outcome, reason }) => {
    if (outcome === 'delivered') return mapping ?? '';
    const why = reason === undefined ? '' : reasonText(reason);
    return mapping === undefined ? why : `${mapping}: ${why}`;
  });
  return [...new Set(texts)].join(', ');
}
