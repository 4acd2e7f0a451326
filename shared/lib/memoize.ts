const mostTexts = 1_000;

/** V8 cuts a text of this length or more out of another one by pointing into it, so that all of the other stays as well. */
const shortestSlice = 13;

/**
 * The same function, remembering what it gave for texts that come again and again. Bounded by starting anew, since
 * senders choose the texts.
 *
 * @param most texts remembered
 */
export function memoize<Value>(make: (text: string) => Value, most: number = mostTexts): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = make(text);
      if (known.size >= most) known.clear();
      known.set(copyOf(text), value);
    }
    return value;
  };
}

const copyOf = (text: string): string =>
  text.length < shortestSlice ? text : (JSON.parse(JSON.stringify(text)) as string);
