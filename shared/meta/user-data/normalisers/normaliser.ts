/** The rest that is known about the person of the event. Everything is optional. */
export interface MatchKeyContext {
  /** Country of the event's person, as a code or an English name: completes phone numbers, tells ZIP codes apart. */
  readonly country?: string | undefined;
  /** The clock of the delivery: nobody is born later. */
  readonly now?: Date | undefined;
  /** Keep names and ids that mean nobody, as Segment's destination does. */
  readonly keepsNobody?: boolean | undefined;
}

/**
 * Step one of a match key: Meta's canonical spelling of a value.
 *
 * @param text trimmed, NFC-normalised, at most a few thousand characters
 * @returns undefined when the text is no such value; nothing is ever repaired into one
 */
export type Normaliser = (text: string, context: MatchKeyContext) => string | undefined;
