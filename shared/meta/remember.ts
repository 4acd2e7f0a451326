const mostTexts = 1_000;

/**
 * The same function, remembering what it gave for texts that come again and again. Bounded by starting anew, since
 * senders choose the texts.
 */
export function remember<Value>(make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = make(text);
      if (known.size >= mostTexts) known.clear();
      known.set(text, value);
    }
    return value;
  };
}
