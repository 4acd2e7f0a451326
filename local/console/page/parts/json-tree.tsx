import type { JSX } from 'preact';
import { pathOf } from '../state/router.ts';

export interface JsonTreeProps {
  readonly value: unknown;
  readonly label: string;
  /** How paths begin: `$` for a Segment event. */
  readonly root?: string;
  /** View that a click on a value filters by it; without one values are no links. */
  readonly view?: 'stream' | 'dead-letters';
  /** Paths whose lines are lit. */
  readonly marked?: ReadonlySet<string> | undefined;
}

const mostLines = 2_000;

interface Line {
  readonly depth: number;
  readonly path: string;
  readonly name?: string;
  readonly text: string;
  readonly kind: 'text' | 'number' | 'word' | 'bracket';
  /** Looked for when the value is clicked. */
  readonly search?: string;
  readonly comma: boolean;
}

/** JSON as it would be printed, a line per member. Never makes markup of data. */
export function JsonTree({ value, label, root = '', view, marked }: JsonTreeProps): JSX.Element {
  const lines = linesOf(value, root);
  const shown = lines.slice(0, mostLines);
  return (
    // Long lines scroll sideways, which a keyboard can do only when it can get here.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region
    <section class="json" tabIndex={0} aria-label={label}>
      {shown.map(({ depth, path, name, text, kind, comma, search }, index) => (
        <div key={index} class={marked?.has(path) ? 'marked' : undefined}>
          {'  '.repeat(depth)}
          {name === undefined ? undefined : <span class="name">{JSON.stringify(name)}</span>}
          {name === undefined ? '' : ': '}
          {view === undefined || search === undefined ? (
            <span class={kind}>{text}</span>
          ) : (
            <a class={kind} href={`#/${pathOf(view, { q: search })}`} title="Find events with this value">
              {text}
            </a>
          )}
          {comma ? ',' : ''}
        </div>
      ))}
      {lines.length > mostLines ? <div>{`… ${lines.length - mostLines} more lines`}</div> : undefined}
    </section>
  );
}

function linesOf(value: unknown, root: string): Line[] {
  const lines: Line[] = [];
  const visit = (one: unknown, depth: number, path: string, name: string | undefined, comma: boolean): void => {
    const add = (text: string, kind: Line['kind'], withComma: boolean, named = name): void => {
      lines.push({ depth, path, text, kind, comma: withComma, ...(named !== undefined && { name: named }) });
    };
    if (typeof one !== 'object' || one === null) {
      const search = searchOf(one);
      const text = JSON.stringify(one) ?? 'null';
      lines.push({ depth, path, text, kind: kindOf(one), comma, ...(name !== undefined && { name }), ...search });
      return;
    }
    const isList = Array.isArray(one);
    const members = Object.entries(one);
    const [open, close] = isList ? ['[', ']'] : ['{', '}'];
    if (members.length === 0) {
      add(open + close, 'bracket', comma);
      return;
    }
    add(open, 'bracket', false);
    for (const [index, [key, inner]] of members.entries()) {
      const inside = isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      visit(inner, depth + 1, inside, isList ? undefined : key, index < members.length - 1);
    }
    lines.push({ depth, path, text: close, kind: 'bracket', comma });
  };
  visit(value, 0, root, undefined, false);
  return lines;
}

/** A text as a whole, since `u-1` is also the beginning of `u-12`; long ones and short words find nothing of use. */
const searchOf = (value: unknown): { search?: string } => {
  if (typeof value === 'string') return value.length > 1 && value.length < 300 ? { search: `"${value}"` } : {};
  return typeof value === 'number' && value > 9 ? { search: String(value) } : {};
};

const kindOf = (value: unknown): Line['kind'] => {
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'number' : 'word';
};
