import { compileValue } from './compile-value.ts';
import { describeType, isObject, type JsonObject } from './json-type.ts';
import { maxMappingDepth } from './limits.ts';
import type { LiquidRenderer } from './liquid.ts';
import { MappingError } from './mapping-errors.ts';
import {
  below,
  fault,
  type KnownDirectives,
  type CompiledValue,
  type CompileContext,
  type Run,
} from './compile-context.ts';
import { withoutUndefined } from './without-undefined.ts';

export { MappingError, MappingResolveError } from './mapping-errors.ts';

/**
 * Applies a compiled mapping to an event; for a mapping object it gives an object. Parts of the result are parts
 * of the event, or frozen parts of the mapping: copy before changing anything.
 *
 * @throws MappingResolveError when this event cannot be mapped
 */
export type Resolver = (event: unknown) => unknown;

export interface CompileOptions {
  /** Result of `loadLiquid`; needed when {@link usesLiquid} says so. */
  readonly liquid?: LiquidRenderer | undefined;
  /** Of mappings compiled with the same options, so that what they share is compiled once. */
  readonly known?: KnownDirectives | undefined;
}

const internalPrefix = '__segment_internal_';
const rootDirectiveKey = '__segment_internal_directive';

/**
 * Compiles a mapping written in Segment's directives.
 *
 * Keys of the mapping itself that begin with `__segment_internal_` are settings, not fields: they are left out of
 * what the resolver gives.
 *
 * @throws MappingError listing every fault with its place
 * @see https://segment.com/docs/connections/destinations/actions/
 */
export function compileMapping(mapping: unknown, options: CompileOptions = {}): Resolver {
  const { run, isConstant } = compileFields(mapping, options);
  return isConstant ? run : cleaned(run);
}

/** The same, for a caller that takes a mapping's fields one by one: each must be {@link cleaned}. @throws MappingError */
export function compileFields(mapping: unknown, options: CompileOptions = {}): CompiledValue {
  const root: CompileContext = {
    path: '',
    depth: 0,
    keepsUndefined: false,
    issues: [],
    liquid: options.liquid,
    known: options.known,
    compile: compileValue,
  };
  const node = isObject(mapping) ? compileRoot(mapping, root) : compileValue(mapping, root);
  if (root.issues.length > 0) throw new MappingError(root.issues);
  return node;
}

/** A value without keys that have none, and without what is beyond as many values. */
export const clean = (value: unknown, most?: number): unknown =>
  typeof value === 'object' && value !== null ? withoutUndefined(value, most) : value;

/** Gives values without keys that have none. */
export const cleaned =
  (run: Run, most?: number): Resolver =>
  (event) =>
    clean(run(event), most);

function compileRoot(mapping: JsonObject, root: CompileContext): CompiledValue {
  const hasInternals = Object.keys(mapping).some((key) => key.startsWith(internalPrefix));
  if (!hasInternals) return compileValue(mapping, root);
  const fields = Object.fromEntries(Object.entries(mapping).filter(([key]) => !key.startsWith(internalPrefix)));
  if (!Object.hasOwn(mapping, rootDirectiveKey)) return compileValue(fields, root);
  return compileRootDirective(mapping[rootDirectiveKey], fields, below(root, rootDirectiveKey));
}

/** One directive around the whole mapping: the fields become its `mapping`. */
function compileRootDirective(wrapper: unknown, fields: JsonObject, context: CompileContext): CompiledValue {
  const [[name, argument] = [], ...more] = isObject(wrapper) ? Object.entries(wrapper) : [];
  if (name === undefined || more.length > 0) return fault(context, 'should be an object with exactly one directive');
  if (isObject(argument)) return compileValue({ [name]: { ...argument, mapping: fields } }, context);
  return fault(below(context, name), `should be an object but it is ${describeType(argument)}`);
}

/** Whether a mapping holds `@liquid` anywhere, so that its engine must be loaded before compiling. */
export const usesLiquid = (mapping: unknown): boolean => searchLiquid(mapping, 0);

function searchLiquid(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > maxMappingDepth) return false;
  return Object.hasOwn(value, '@liquid') || Object.values(value).some((item) => searchLiquid(item, depth + 1));
}
