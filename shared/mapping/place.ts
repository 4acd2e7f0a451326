import type { JsonObject } from './json-type.ts';
import type { LiquidRenderer } from './liquid.ts';
import type { MappingIssue } from './mapping-errors.ts';
import type { FirstOf, Steps } from './path.ts';

export type Run = (input: unknown) => unknown;

/** A compiled part of a mapping. */
export interface Node {
  readonly run: Run;
  /** Gives the same frozen value whatever the input. */
  readonly isConstant: boolean;
  /** Gives the first thing that stands at one of these paths of the input. */
  readonly firstOf?: FirstOf;
  /** Gives what stands at this path, as text. */
  readonly textAt?: Steps;
  /** Tells whether the value is blank to `@if`, where that takes less than making it. */
  readonly isBlank?: (input: unknown) => boolean;
  /** The list whose items are brought into a shape, and the shape. */
  readonly items?: { readonly list: Run; readonly shape: Node };
  /** The members of an object that is written out in the mapping, each compiled by itself. */
  readonly members?: ReadonlyMap<string, Node>;
}

/**
 * Directives that were compiled without a fault, each at the first place it had: mappings that begin with the same defaults share
 * most of theirs. Belongs to mappings that nobody changes.
 */
export type KnownDirectives = WeakMap<JsonObject, { readonly path: string; readonly node: Node }>;

/** Where in a mapping the compiler stands, and what holds there. */
export interface Place {
  readonly path: string;
  readonly depth: number;
  /** Whether objects built here keep keys without a value: below `@merge` such a key erases an earlier one. */
  readonly keepsUndefined: boolean;
  readonly issues: MappingIssue[];
  readonly liquid: LiquidRenderer | undefined;
  readonly known: KnownDirectives | undefined;
  readonly compile: (value: unknown, place: Place) => Node;
}

/** @param argument what stands beside the directive's name; `place` ends in that name */
export type Directive = (argument: unknown, place: Place) => Node;

export const constant = (value: unknown): Node => ({ run: () => value, isConstant: true });

export const dynamic = (run: Run): Node => ({ run, isConstant: false });

export const below = (place: Place, key: string | number): Place => ({
  ...place,
  path: `${place.path}/${key}`,
  depth: place.depth + 1,
});

/** Notes a fault and goes on with nothing in its place, so that every fault of a mapping is found at once. */
export function fault(place: Place, message: string): Node {
  place.issues.push({ path: place.path, message });
  return constant(undefined);
}
