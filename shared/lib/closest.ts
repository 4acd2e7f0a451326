/** The known word within two edits of a mistyped one, upper and lower case alike, if there is any. */
export const closest = (word: string, known: Iterable<string>): string | undefined => allClosest(word, known)[0];

/** The known words that are fewest edits away from a mistyped one, two at most, in their order. Two letters that changed places are one edit. */
export function allClosest(word: string, known: Iterable<string>): readonly string[] {
  let best: string[] = [];
  let fewest = 2;
  for (const candidate of known) {
    const edits = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (edits > fewest) continue;
    best = edits === fewest ? [...best, candidate] : [candidate];
    fewest = edits;
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
export function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let beforeThat: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let fewest = Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) fewest = Math.min(fewest, (beforeThat[column - 2] ?? 0) + 1);
      current.push(fewest);
    }
    beforeThat = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
