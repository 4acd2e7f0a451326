import type { JsonObject } from './json-type.ts';
import type { LiquidRenderer } from './liquid.ts';
import type { MappingIssue } from './mapping-errors.ts';
import type { FirstOf, Steps } from './path.ts';

export type Run = (input: unknown) => unknown;

/** A compiled part of a mapping. */
export interface CompiledValue {
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
  readonly items?: { readonly list: Run; readonly shape: CompiledValue };
  /** The members of an object that is written out in the mapping, each compiled by itself. */
  readonly members?: ReadonlyMap<string, CompiledValue>;
}

/**
 * Directives that were compiled without a fault, each at the first place it had: mappings that begin with the same defaults share
 * most of theirs. Belongs to mappings that nobody changes.
 */
export type KnownDirectives = WeakMap<JsonObject, { readonly path: string; readonly node: CompiledValue }>;

/** Where in a mapping the compiler stands, and what holds there. */
export interface CompileContext {
  readonly path: string;
  readonly depth: number;
  /** Whether objects built here keep keys without a value: below `@merge` such a key erases an earlier one. */
  readonly keepsUndefined: boolean;
  readonly issues: MappingIssue[];
  readonly liquid: LiquidRenderer | undefined;
  readonly known: KnownDirectives | undefined;
  readonly compile: (value: unknown, context: CompileContext) => CompiledValue;
}

/** @param argument what stands beside the directive's name; `context` ends in that name */
export type Directive = (argument: unknown, context: CompileContext) => CompiledValue;

export const constant = (value: unknown): CompiledValue => ({ run: () => value, isConstant: true });

export const dynamic = (run: Run): CompiledValue => ({ run, isConstant: false });

export const below = (context: CompileContext, key: string | number): CompileContext => ({
  ...context,
  path: `${context.path}/${key}`,
  depth: context.depth + 1,
});

/** Notes a fault and goes on with nothing in its place, so that every fault of a mapping is found at once. */
export function fault(context: CompileContext, message: string): CompiledValue {
  context.issues.push({ path: context.path, message });
  return constant(undefined);
}
