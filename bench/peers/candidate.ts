import type { JsonObject } from '../../shared/segment/event.ts';

/** Something that turns events into the bodies of requests to the Graph API. */
export interface Candidate {
  /** Of the package; left out for what is written here. */
  readonly version?: string;
  /** Forgets what it remembers of other events: called before each pass over the corpus. */
  reset?(): void;
  /** @param texts events as JSON text @returns bytes of the bodies, so that nothing can be left undone */
  run(texts: readonly string[]): number | Promise<number>;
  /** The server event that one event becomes. */
  sample(text: string): JsonObject | Promise<JsonObject>;
}

export const candidateNames = [
  'this project',
  "Segment's action",
  "Segment's framework",
  "Meta's SDK",
  "RudderStack's transformer",
  'by hand over JSON.parse',
  'from bytes to bytes',
] as const;
export type CandidateName = (typeof candidateNames)[number];

/** Candidate whose server events those of the others are compared with. */
export const minimum = 'by hand over JSON.parse' satisfies CandidateName;
