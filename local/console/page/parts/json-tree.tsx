import type { JSX } from 'preact';

export interface JsonTreeProps {
  readonly value: unknown;
  readonly label: string;
  /** How paths begin: `$` for a Segment event. */
  readonly root?: string;
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
  readonly comma: boolean;
}

/** JSON as it would be printed, a line per member. Never makes markup of data. */
export function JsonTree({ value, label, root = '', marked }: JsonTreeProps): JSX.Element {
  const lines = linesOf(value, root);
  const shown = lines.slice(0, mostLines);
  return (
    // Long lines scroll sideways, which a keyboard can do only when it can get here.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region
    <section class="json" tabIndex={0} aria-label={label}>
      {shown.map(({ depth, path, name, text, kind, comma }, index) => (
        <div key={index} class={marked?.has(path) ? 'marked' : undefined}>
          {'  '.repeat(depth)}
          {name === undefined ? undefined : <span class="name">{JSON.stringify(name)}</span>}
          {name === undefined ? '' : ': '}
          <span class={kind}>{text}</span>
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
      add(JSON.stringify(one) ?? 'null', kindOf(one), comma);
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

const kindOf = (value: unknown): Line['kind'] => {
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'number' : 'word';
};
