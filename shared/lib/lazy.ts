/** Makes a value when it is first asked for, such as a table that not every cold start needs, and keeps it. */
export function lazy<Value>(make: () => Value): () => Value {
  let isMade = false;
  let made: Value;
  return () => {
    if (!isMade) {
      made = make();
      isMade = true;
    }
    return made;
  };
}
