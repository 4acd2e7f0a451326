import { memoize } from '../lib/memoize.ts';
import { compileMapping, type Resolver } from '../mapping/compile-mapping.ts';
import type { DirectiveName } from '../mapping/directives.ts';
import { isDirective, isObject, type JsonObject } from '../mapping/json-type.ts';
import type { LiquidRenderer } from '../mapping/liquid.ts';
import { parseEventPath, type Steps, walk } from '../mapping/path.ts';
import { parseTemplate } from '../mapping/template.ts';
import { eventPath } from './event-path.ts';
import { readPaths } from './read-paths.ts';

/** Of a list with thousands of items the first are enough to understand it. */
export const mostSources = 20;
const mostItems = 50;

/** Value that a part of a mapping is resolved against, and where in the event its parts come from. */
export interface Scope {
  readonly value: unknown;
  readonly origin: (steps: Steps) => readonly string[];
}

export interface Tracer {
  /** Result of a part of a mapping. @throws MappingResolveError */
  value(part: unknown, scope: Scope): unknown;
  /**
   * Paths of the event that gave a part of a mapping's result.
   *
   * @param steps where in the result; an empty list stands for all of it
   * @throws MappingResolveError
   */
  sources(part: unknown, steps: Steps, scope: Scope): readonly string[];
  /** Paths of the event that a part's conditions look at, down to the branch taken. @throws MappingResolveError */
  conditions(part: unknown, scope: Scope): readonly string[];
}

export const eventScope = (event: unknown): Scope => ({ value: event, origin: (steps) => [eventPath(steps)] });

type Trace = (argument: unknown, steps: Steps, scope: Scope) => readonly string[];

const tracers = new WeakMap<object, Tracer>();
const noLiquid = {};

/** The tracer that has seen the parts of earlier mappings: most of a mapping is its action's defaults. */
export function tracerWith(liquid: LiquidRenderer | undefined): Tracer {
  const known = tracers.get(liquid ?? noLiquid);
  if (known !== undefined) return known;
  const tracer = createTracer(liquid);
  tracers.set(liquid ?? noLiquid, tracer);
  return tracer;
}

/**
 * Follows values back through a mapping that was compiled before, so that it has no faults. Which branch is taken and what
 * a part gives is asked of the compiler's own resolvers; only the ways through the directives are known here.
 */
function createTracer(liquid: LiquidRenderer | undefined): Tracer {
  /** One part for each path, so that it is compiled, and its value found, once. */
  const pathPart = memoize((path: string) => ({ '@path': path }));
  const resolvers = new WeakMap<object, Resolver>();

  /** @param written what is compiled for the part when that is not the part itself */
  function resolver(part: object, written: unknown = part): Resolver {
    const known = resolvers.get(part);
    if (known !== undefined) return known;
    const compiled = compileMapping(written, { liquid });
    resolvers.set(part, compiled);
    return compiled;
  }

  /** The same part is asked for with every step into it. */
  const values = new WeakMap<Scope, Map<object, unknown>>();

  function value(part: unknown, scope: Scope): unknown {
    if (typeof part !== 'object' || part === null) return part;
    let known = values.get(scope);
    if (known === undefined) {
      known = new Map();
      values.set(scope, known);
    }
    if (known.has(part)) return known.get(part);
    const resolved = resolver(part)(scope.value);
    known.set(part, resolved);
    return resolved;
  }

  function sources(part: unknown, steps: Steps, scope: Scope): readonly string[] {
    if (Array.isArray(part) || (isObject(part) && !isDirective(part))) return members(part, steps, scope);
    if (!isObject(part)) return [];
    const [name = '', argument] = Object.entries(part).find(([key]) => key.startsWith('@')) ?? [];
    return [...new Set(directives[name]?.(argument, steps, scope) ?? [])].slice(0, mostSources);
  }

  function members(part: object, [step, ...rest]: Steps, scope: Scope): readonly string[] {
    if (step !== undefined) return sources(walk(part, [step]), rest, scope);
    return all(Object.values(part), (member) => sources(member, [], scope));
  }

  const existing = (steps: Steps, scope: Scope): readonly string[] =>
    walk(scope.value, steps) === undefined ? [] : scope.origin(steps);

  const tracePath: Trace = (argument, steps, scope) => {
    if (typeof argument === 'string') return existing([...parseEventPath(argument), ...steps], scope);
    const text = value(argument, scope);
    const found = typeof text === 'string' ? existing([...parseEventPath(text), ...steps], scope) : [];
    return [...sources(argument, [], scope), ...found];
  };

  const traceTemplate: Trace = (argument, _, scope) => {
    const text = value(argument, scope);
    const parts = typeof text === 'string' ? parseTemplate(text) : [];
    const read = parts.flatMap((part) => (typeof part === 'string' ? [] : existing(part, scope)));
    return [...sources(argument, [], scope), ...read];
  };

  function branch(argument: JsonObject, scope: Scope): unknown {
    const isMet = resolver(argument, { '@if': { ...argument, then: true, else: false } })(scope.value);
    return isMet === true ? argument['then'] : argument['else'];
  }

  const traceIf: Trace = (argument, steps, scope) =>
    isObject(argument) ? sources(branch(argument, scope), steps, scope) : [];

  function conditions(part: unknown, scope: Scope): readonly string[] {
    const argument = isObject(part) ? part['@if'] : undefined;
    if (!isObject(argument)) return [];
    const looked = sources(argument['exists'] ?? argument['blank'], [], scope);
    return [...new Set([...looked, ...conditions(branch(argument, scope), scope)])].slice(0, mostSources);
  }

  const traceArrayPath: Trace = (argument, steps, scope) => {
    const [root, shape] = argument as readonly unknown[];
    const rootPart = typeof root === 'string' ? pathPart(root) : root;
    if (!isObject(shape) || Object.keys(shape).length === 0) return sources(rootPart, steps, scope);
    const list = value(rootPart, scope);
    const isList = Array.isArray(list);
    if (typeof list !== 'object' || list === null) return sources(rootPart, [], scope);
    const items: readonly unknown[] = isList ? list : [list];
    const itemSources = (index: number, rest: Steps) =>
      sources(shape, rest, {
        value: items[index],
        origin: (inner) => sources(rootPart, isList ? [String(index), ...inner] : inner, scope),
      });
    const [index, ...rest] = steps;
    if (index !== undefined) return itemSources(Number(index), rest);
    return all([...items.slice(0, mostItems).keys()], (each) => itemSources(each, []));
  };

  const traceMerge: Trace = (argument, steps, scope) => {
    const { objects, direction } = argument as { objects: readonly unknown[]; direction: string };
    const laid = direction.toLowerCase() === 'left' ? objects.toReversed() : objects;
    const [key, ...rest] = steps;
    const winner = (name: string, inner: Steps): readonly string[] => {
      const last = laid.findLast((object) => walk(value(object, scope), [name]) !== undefined);
      return last === undefined ? [] : sources(last, [name, ...inner], scope);
    };
    if (key !== undefined) return winner(key, rest);
    const merged = resolver(argument as object, { '@merge': argument })(scope.value);
    return all(isObject(merged) ? Object.keys(merged) : [], (name) => winner(name, []));
  };

  const traceTransform: Trace = (argument, steps, scope) => {
    const { apply, mapping } = argument as JsonObject;
    return sources(mapping, steps, { value: value(apply, scope), origin: (inner) => sources(apply, inner, scope) });
  };

  /** A joined key says where its value was, unless a separator is part of a name. */
  const traceFlatten: Trace = (argument, [key], scope) => {
    const { value: operand, separator } = argument as { value: unknown; separator: string };
    if (key === undefined) return sources(operand, [], scope);
    const exact = sources(operand, key.split(separator), scope);
    return exact.length > 0 ? exact : sources(operand, [], scope);
  };

  const traceOperand: Trace = (argument, _, scope) => (isObject(argument) ? sources(argument['value'], [], scope) : []);

  const traceProduct: Trace = (argument, _, scope) =>
    isObject(argument) ? all([argument['value'], argument['by']], (operand) => sources(operand, [], scope)) : [];

  const traceLiquid: Trace = (argument, _, scope) => {
    if (typeof argument !== 'string') return [];
    const render = resolver({ '@liquid': argument });
    return readPaths(scope.value, argument, render).flatMap((steps) => scope.origin(steps));
  };

  const traces = {
    '@arrayPath': traceArrayPath,
    '@case': traceOperand,
    '@excludeWhenNull': sources,
    '@flatten': traceFlatten,
    '@if': traceIf,
    '@json': traceOperand,
    '@liquid': traceLiquid,
    '@literal': sources,
    '@merge': traceMerge,
    '@multiply': traceProduct,
    '@path': tracePath,
    '@replace': traceOperand,
    '@template': traceTemplate,
    '@transform': traceTransform,
  } satisfies Readonly<Record<DirectiveName, Trace>>;
  const directives: Readonly<Record<string, Trace>> = traces;

  return { value, sources, conditions };
}

/** Sources of several parts, until there are enough. */
function all<Part>(parts: readonly Part[], sourcesOf: (part: Part) => readonly string[]): string[] {
  const found = new Set<string>();
  for (const part of parts) {
    if (found.size >= mostSources) break;
    for (const source of sourcesOf(part)) found.add(source);
  }
  return [...found].slice(0, mostSources);
}
