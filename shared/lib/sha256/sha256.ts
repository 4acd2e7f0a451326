/** SHA-256 of the UTF-8 bytes of a text, as 64 lower-case hex digits. An argument, since a browser has another one than Node. */
export interface Sha256 {
  (text: string): string;
  /** The digests of several texts, where making them together takes less time than one by one. */
  readonly all?: (texts: readonly string[]) => readonly string[];
}

export const hashAll = (texts: readonly string[], sha256: Sha256): readonly string[] =>
  sha256.all === undefined ? texts.map((text) => sha256(text)) : sha256.all(texts);
