/** Fields that were asked for; those of an object stand under its name. */
export type Selection = ReadonlyMap<string, Selection>;

const name = /[a-z_][a-z0-9_]*/iy;

/**
 * Reads `fields`, such as `id,name,owner_business{id,name}`.
 *
 * @returns undefined when it cannot be read
 * @see https://developers.facebook.com/docs/graph-api/guides/field-expansion
 */
export function readFields(text: string): Selection | undefined {
  const compact = text.replaceAll(/\s/g, '');
  const read = readList(compact, 0);
  return read?.end === compact.length ? read.selection : undefined;
}

function readList(text: string, start: number): { selection: Selection; end: number } | undefined {
  const selection = new Map<string, Selection>();
  let at = start;
  for (;;) {
    name.lastIndex = at;
    const [field] = name.exec(text) ?? [];
    if (field === undefined) return undefined;
    at += field.length;
    let inner: Selection = new Map();
    if (text[at] === '{') {
      const nested = readList(text, at + 1);
      if (nested === undefined || text[nested.end] !== '}') return undefined;
      inner = nested.selection;
      at = nested.end + 1;
    }
    selection.set(field, inner);
    if (text[at] !== ',') return { selection, end: at };
    at += 1;
  }
}
