export interface Range {
  readonly from: number;
  readonly to: number;
}

const space = /\s*/y;
const text = /"(?:[^"\\]|\\.)*"/y;
const word = /[^\s,\]}]+/y;

/**
 * Where the value at a path stands in a JSON text; of the longest part of the path that is there.
 *
 * @param path names of members, and positions in lists as digits
 */
export function rangeOf(source: string, path: readonly string[]): Range {
  let at = 0;
  let found: Range = { from: 0, to: Math.min(1, source.length) };

  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [matched = ''] = pattern.exec(source) ?? [];
    at += matched.length;
    return matched;
  };

  /** @param left what remains of the path; undefined beside it */
  function value(left: readonly string[] | undefined): void {
    skip(space);
    const from = at;
    const open = source[at];
    if (open === '{' || open === '[') members(open, left);
    else if (open === '"') skip(text);
    else skip(word);
    if (left?.length === 0) found = { from, to: at };
  }

  function members(open: '{' | '[', left: readonly string[] | undefined): void {
    const close = open === '{' ? '}' : ']';
    at++;
    for (let index = 0; at < source.length; index++) {
      skip(space);
      if (source[at] === close) break;
      const from = at;
      let name = String(index);
      if (open === '{') {
        name = readName(skip(text));
        skip(space);
        if (source[at] === ':') at++;
      }
      const isNext = left?.[0] === name;
      value(isNext ? left?.slice(1) : undefined);
      // Only a member on the way; a deeper one that is found replaces it.
      if (isNext && left !== undefined && (found.from < from || found.from > at)) found = { from, to: at };
      skip(space);
      if (source[at] === ',') at++;
      else if (source[at] !== close) at++;
    }
    at++;
  }

  value(path);
  return found;
}

function readName(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return '';
  }
}
