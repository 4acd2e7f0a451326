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
  /** Whether the first operand is this value, of the same type; null stands for nothing. */
  same: 6,
  /** Whether the first operand is text that this regular expression finds. */
  match: 7,
  /** Whether the first operand is a number below, or above, this one. */
  below: 8,
  above: 9,
  /** No value. Neither this nor those that follow have a first operand that stands out. */
  nothing: 10,
  /** The first operand that leaves something where it is written as text, else the last. */
  first: 11,
  /** The operands one after the other, as text. */
  text: 12,
  list: 13,
  /** An object of pairs of key and operand. */
  object: 14,
  /** Objects laid over each other: later ones win. */
  merge: 15,
  /** Whether all operands, or none, are true. */
  all: 16,
  none: 17,
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
export type PixelDestination = readonly [
  dataset: string,
  /** Names by which an event's `integrations` may call it; the first is its own. */
  names: readonly string[],
  /** Consent categories that a person must all have agreed to. */
  consent: readonly string[],
  /** Whether the Pixel may send what it finds in the page by itself. */
  autoConfig: boolean,
  /** Limited Data Use for everybody, as the arguments of `fbq`: options, country, state. */
  dataProcessing: readonly unknown[] | 0,
  testEventCode: string | 0,
  mappings: readonly PixelMapping[],
  /** Regular expressions for the written twin: one that finds something may hold personal data, and is not mirrored. */
  guards: readonly (readonly [pattern: string, flags: string])[],
];

/** All that a page needs to mirror the events of its source; comes with the settings that its library asks for. */
export type PixelProgram = readonly [
  destinations: readonly PixelDestination[],
  /** Put before every message id of the source. */
  prefix: string,
  /** The only track calls that the source may send. */
  events: readonly string[] | 0,
  /** ISO 4217 codes. */
  currencies: readonly string[],
  /** Regular expressions: what is a phone number and no amount, and what is no id of a product. */
  dialled: string,
  noProduct: string,
  /** Parts of a product line beside its id, and whether the line goes without one that cannot be read. */
  parts: readonly (readonly [name: string, isMinor: 0 | 1, kind: PixelKind])[],
];
