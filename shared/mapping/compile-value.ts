import { closest } from '../lib/closest.ts';
import { directives } from './directives.ts';
import { describeType, isDirective, isObject, type JsonObject } from './json-type.ts';
import { maxIssues, maxMappingDepth } from './limits.ts';
import { below, constant, dynamic, fault, type CompiledValue, type CompileContext } from './compile-context.ts';

const scalars = new Set(['string', 'number', 'boolean', 'undefined']);

/** Compiles any value of a mapping: a directive, or raw JSON with directives at any depth. */
export function compileValue(value: unknown, context: CompileContext): CompiledValue {
  if (context.issues.length >= maxIssues) return constant(undefined);
  if (context.depth > maxMappingDepth) return fault(context, `is nested more than ${maxMappingDepth} levels deep`);
  if (value === null || scalars.has(typeof value)) return constant(value);
  if (Array.isArray(value)) return compileList(value, context);
  if (isDirective(value)) return compileOnce(value, context);
  if (isPlainObject(value)) return compileObject(value, context);
  return fault(context, `should be a mapping directive or a JSON value but it is ${describeType(value)}`);
}

function compileOnce(directive: JsonObject, context: CompileContext): CompiledValue {
  const known = context.known?.get(directive);
  if (known?.path === context.path) return known.node;
  const faults = context.issues.length;
  const node = compileDirective(directive, context);
  if (known === undefined && context.issues.length === faults)
    context.known?.set(directive, { path: context.path, node });
  return node;
}

function compileDirective(value: JsonObject, context: CompileContext): CompiledValue {
  const keys = Object.keys(value).filter((key) => key !== '_metadata');
  const [name = ''] = keys.filter((key) => key.startsWith('@'));
  if (keys.length > 1) {
    const others = keys.filter((key) => key !== name).join(', ');
    return fault(
      context,
      `should hold one directive and nothing beside it but "_metadata": ${name} stands with ${others}`,
    );
  }
  const directive = directives.get(name);
  if (directive) return directive(value[name], below(context, name));
  const meant = closest(name, directives.keys());
  return fault(context, `has an unknown directive: ${name}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
}

function compileList(list: readonly unknown[], context: CompileContext): CompiledValue {
  const nodes = Array.from(list, (item, index) => compileValue(item, below(context, index)));
  const runs = nodes.map((node) => node.run);
  if (nodes.every((node) => node.isConstant)) return constant(Object.freeze(runs.map((run) => run(undefined) ?? null)));
  return dynamic((input) => {
    const values: unknown[] = [];
    for (const run of runs) values.push(run(input));
    return values;
  });
}

function compileObject(object: JsonObject, context: CompileContext): CompiledValue {
  const members = new Map<string, CompiledValue>();
  let isConstant = true;
  for (const [key, value] of Object.entries(object)) {
    if (key === '__proto__') {
      fault(below(context, key), 'is not a usable key');
      continue;
    }
    const node = compileValue(value, below(context, key));
    members.set(key, node);
    isConstant &&= node.isConstant;
  }
  const fields = Array.from(members, ([key, { run }]) => ({ key, run }));
  const build = (input: unknown): JsonObject => {
    const result: JsonObject = {};
    for (const { key, run } of fields) {
      const value = run(input);
      if (value !== undefined || context.keepsUndefined) result[key] = value;
    }
    return result;
  };
  return isConstant ? constant(Object.freeze(build(undefined))) : { run: build, isConstant, members };
}

function isPlainObject(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
