let noted = 0;

/**
 * Notes that part of an event is left out of a mapped value, since it is beyond what is looked at. Mappings are resolved
 * synchronously: where the number is another one afterwards, something was left out in between.
 */
export function noteExcess(): void {
  noted++;
}

/** How often something was left out so far. */
export const excessNoted = (): number => noted;

/** The text as far as it is looked at. */
export function bounded(text: string, most: number): string {
  if (text.length <= most) return text;
  noteExcess();
  return text.slice(0, most);
}

/** The list as far as it is looked at; the list itself where that is all of it. */
export function boundedList(list: readonly unknown[], most: number): readonly unknown[] {
  if (list.length <= most) return list;
  noteExcess();
  return list.slice(0, most);
}
