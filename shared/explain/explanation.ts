import type { JsonObject } from '../segment/event.ts';

/**
 * Explanation of what one Segment event becomes at one destination, and why. Holds only JSON, so that it can cross the
 * wire.
 */
export interface Explanation {
  readonly destination: string;
  /** Set when no mapping is tried. */
  readonly skipped?: { readonly reason: string; readonly message: string; readonly fix?: string };
  readonly mappings: readonly ExplainedMapping[];
}

export interface ExplainedMapping {
  readonly name: string;
  /** Its key, as the mapping says it. */
  readonly action: string;
  readonly title: string;
  /** FQL, or null: every event. */
  readonly trigger: string | null;
  readonly matches: boolean;
  /** Only where the trigger matches. */
  readonly outcome?: ExplainedOutcome;
  readonly fields: readonly ExplainedField[];
  readonly warnings: readonly Advice[];
  readonly matchKeys: MatchKeyAdvice;
}

export type ExplainedOutcome =
  | {
      readonly status: 'ready';
      readonly serverEvent: JsonObject;
      /** The server event as it is sent, byte for byte. */
      readonly json: string;
      readonly testEventCode?: string;
    }
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'dead'; readonly problems: readonly Advice[] };

/** Fault or possible improvement, and what to do about it. Never holds a value of the event. */
export interface Advice {
  readonly code?: string;
  readonly message: string;
  readonly path?: string;
  readonly fix?: string;
}

export interface ExplainedField {
  /** In the server event: `user_data.em`, `custom_data.contents[0].id`; undefined when nothing was sent. */
  readonly path?: string;
  /** Field of the mapping: `user_data.email`. */
  readonly field: string;
  readonly label: string;
  /** Part of the mapping that fills the field. */
  readonly directive: unknown;
  /** Paths of the event that gave the value: `$.context.traits.email`. */
  readonly sources: readonly string[];
  /** Value that the mapping took from the event. */
  readonly raw: unknown;
  /** The text that was hashed. */
  readonly normalised?: string;
  readonly sent?: unknown;
  /** Why nothing was sent. */
  readonly dropped?: string;
  readonly notes: readonly string[];
}

/** Which keys Meta can match a person by. */
export interface MatchKeyAdvice {
  /** Meta's names, the ones that weigh most first. */
  readonly present: readonly string[];
  /** The ones that would help, best first. */
  readonly missing: readonly {
    readonly key: string;
    readonly title: string;
    /** Where to put the value in the Segment event. */
    readonly how: string;
  }[];
}
