import { parseJson } from '../../shared/segment/parse-json.ts';

/** One JSON value of an input, or why there is none. */
export type JsonValue = { readonly value: unknown } | { readonly fault: string };

const notJson = 'The line is not JSON; write one {"event": …} per line.';

/**
 * The JSON values of an input: one per line, or spread over several lines as formatters write it. A line that is broken
 * is one fault by itself, and never takes its neighbours along: a value over several lines ends at the latest where
 * another one begins in the first column.
 */
export async function* jsonValues(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<JsonValue> {
  let open: string[] = [];
  let depth = 0;
  for await (const line of lines) {
    if (line.trim() === '') {
      if (open.length > 0) open.push(line);
      continue;
    }
    if (open.length > 0 && startsValue(line)) {
      yield* unfinished(open);
      open = [];
    }
    if (open.length === 0) {
      const whole = parsed(line);
      depth = startsValue(line) ? depthOf(line) : 0;
      if ('value' in whole || depth <= 0) yield whole;
      else open.push(line);
      continue;
    }
    open.push(line);
    depth += depthOf(line);
    if (depth > 0) continue;
    yield parsed(open.join('\n'));
    open = [];
  }
  yield* unfinished(open);
}

/** A line that begins an object or a list without an indent. */
const startsValue = (line: string): boolean => /^[{[]/.test(line);

function parsed(text: string): JsonValue {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    if (!text.includes('\n')) return { fault: notJson };
    // The position alone: the rest of the message quotes the input.
    const [, place = ''] = /(line \d+ column \d+)/.exec((error as Error).message) ?? [];
    return {
      fault: `The JSON over ${text.split('\n').length} lines is not valid${place === '' ? '' : `, at ${place}`}.`,
    };
  }
}

/** Lines that never became a value: one fault if they look like one value, else one for each. */
function* unfinished(open: readonly string[]): Generator<JsonValue> {
  const [first, second = ''] = open;
  if (first === undefined) return;
  if (/^[\s"}\]]/.test(second)) yield { fault: `The JSON over ${open.length} lines ends before it is complete.` };
  else for (const line of open) if (line.trim() !== '') yield { fault: notJson };
}

/** Brackets that a line leaves open; those within texts do not count. */
function depthOf(line: string): number {
  let depth = 0;
  for (const [token] of line.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
  }
  return depth;
}
