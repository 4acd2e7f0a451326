/**
 * A mapping as data, for pages: these may run no generated code and must load little. Lists stand for objects, and numbers for
 * names, since names would be most of what the interpreter in `browser/program.ts` weighs.
 */

/** Operations of an {@link Expression}, by their numbers. */
export const operations = {
  /** Value at the steps that follow. */
  path: 0,
  /** The second operand where the first exists, else the third. */
  exists: 1,
  /** The second operand where the first is not blank, else the third. */
  blank: 2,
  /** Every item of a list in the shape of the second operand. */
  each: 3,
  /** The first operand so many times. */
  times: 4,
  /** The first operand by a method of texts: `toLowerCase`, `toUpperCase`. */
  method: 5,
  /** Whether the first operand is this value; null stands for nothing. */
  same: 6,
  /** Whether the first operand is text that this regular expression finds. */
  match: 7,
  /** Whether the first operand is a number below, above, or equal to this one. */
  below: 8,
  above: 9,
  equal: 10,
  /** No value. Neither this nor those that follow have a first operand that stands out. */
  nothing: 11,
  /** The first operand that leaves something where it is written as text, else the last. */
  first: 12,
  /** The operands one after the other, as text. */
  text: 13,
  list: 14,
  /** An object of pairs of key and operand. */
  object: 15,
  /** Objects laid over each other: later ones win. */
  merge: 16,
  /** Whether all operands, or none, are true. */
  all: 17,
  none: 18,
} as const;

/** A plain value, or an operation with its operands. */
export type Expression = string | number | boolean | null | readonly [number, ...unknown[]];

/** How a value is read, by number: what is above 4 is a number. */
export const kinds = { text: 0, currency: 1, productId: 2, status: 3, number: 5, amount: 6, count: 7 } as const;

/** How a field is read: its kind, whether it takes several values, and the only texts that it takes. */
export type PixelKind = readonly [kind: number, isList: 0 | 1, choices: readonly (string | number)[] | 0];

/** When a member is there: always, when there is a value, when the value is not empty. */
export const presences = { always: 0, given: 1, filled: 2 } as const;

export type PixelField = readonly [
  name: string,
  presence: number,
  isRequired: 0 | 1,
  value: Expression,
  kind: PixelKind,
];

/** Makes of an event what the server's event has that a page may know: its name, its id and its custom data. */
export type PixelMapping = readonly [
  when: Expression,
  /** Whether what cannot be read is left out instead of costing the event. */
  leaveOut: Expression,
  /** Meta's name of the event, or how it is read. */
  name: string | PixelField,
  id: Expression,
  /** Product lines; without them, nothing. */
  contents: Expression,
  fields: readonly PixelField[],
  /** Whether the products are counted where the number of items has no value. */
  counts: Expression,
  /** Custom data as a whole, below the fields, and names of members that stay behind. */
  mapped: Expression,
  without: Expression,
  /** How members that Meta defines are read in it. */
  known: readonly (readonly [name: string, kind: PixelKind])[],
];

/** A destination whose events are mirrored. Holds no secret and nothing that only the server may know. */
export interface PixelDestination {
  readonly dataset: string;
  /** Names by which an event's `integrations` may call it. */
  readonly names: readonly string[];
  /** Consent categories that a person must all have agreed to. */
  readonly consent: readonly string[];
  /** Whether the Pixel may send what it finds in the page by itself. */
  readonly autoConfig: boolean;
  /** Match keys that the Pixel gets beside the external id. */
  readonly matchKeys: readonly ('em' | 'ph')[];
  readonly testEventCode?: string;
  /** Limited Data Use for everybody: options, country, state. */
  readonly dataProcessing?: readonly [readonly string[], number?, number?];
  /** Regular expressions for the written twin: one that finds something may hold personal data, and is not mirrored. */
  readonly guards: readonly (readonly [pattern: string, flags: string])[];
  readonly mappings: readonly PixelMapping[];
}

/** All that a page needs to mirror the events of its source; comes with the settings that its library asks for. */
export interface PixelProgram {
  readonly version: 1;
  /** Put before every message id of the source. */
  readonly prefix: string;
  /** The only track calls that the source may send. */
  readonly events?: readonly string[];
  /** ISO 4217 codes. */
  readonly currencies: readonly string[];
  /** Regular expressions: what is a phone number and no amount, and what is JSON and no id. */
  readonly dialled: string;
  readonly json: string;
  /** Parts of a product line beside its id, and whether the line goes without one that cannot be read. */
  readonly parts: readonly (readonly [name: string, isMinor: 0 | 1, kind: PixelKind])[];
  readonly destinations: readonly PixelDestination[];
}
