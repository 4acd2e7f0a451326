import { closest } from '../lib/closest.ts';
import { directives } from './directives.ts';
import { describeType, isDirective, isObject, type JsonObject } from './json-type.ts';
import { maxIssues, maxMappingDepth } from './limits.ts';
import { below, constant, dynamic, fault, type Node, type Place } from './place.ts';

const scalars = new Set(['string', 'number', 'boolean', 'undefined']);

/** Compiles any value of a mapping: a directive, or raw JSON with directives at any depth. */
export function compileValue(value: unknown, place: Place): Node {
  if (place.issues.length >= maxIssues) return constant(undefined);
  if (place.depth > maxMappingDepth) return fault(place, `is nested more than ${maxMappingDepth} levels deep`);
  if (value === null || scalars.has(typeof value)) return constant(value);
  if (Array.isArray(value)) return compileList(value, place);
  if (isDirective(value)) return compileOnce(value, place);
  if (isPlainObject(value)) return compileObject(value, place);
  return fault(place, `should be a mapping directive or a JSON value but it is ${describeType(value)}`);
}

function compileOnce(directive: JsonObject, place: Place): Node {
  const known = place.known?.get(directive);
  if (known?.path === place.path) return known.node;
  const faults = place.issues.length;
  const node = compileDirective(directive, place);
  if (known === undefined && place.issues.length === faults) place.known?.set(directive, { path: place.path, node });
  return node;
}

function compileDirective(value: JsonObject, place: Place): Node {
  const keys = Object.keys(value).filter((key) => key !== '_metadata');
  const [name = ''] = keys.filter((key) => key.startsWith('@'));
  if (keys.length > 1) {
    const others = keys.filter((key) => key !== name).join(', ');
    return fault(
      place,
      `should hold one directive and nothing beside it but "_metadata": ${name} stands with ${others}`,
    );
  }
  const directive = directives.get(name);
  if (directive) return directive(value[name], below(place, name));
  const meant = closest(name, directives.keys());
  return fault(place, `has an unknown directive: ${name}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
}

function compileList(list: readonly unknown[], place: Place): Node {
  const nodes = Array.from(list, (item, index) => compileValue(item, below(place, index)));
  const runs = nodes.map((node) => node.run);
  if (nodes.every((node) => node.isConstant)) return constant(Object.freeze(runs.map((run) => run(undefined) ?? null)));
  return dynamic((input) => {
    const values: unknown[] = [];
    for (const run of runs) values.push(run(input));
    return values;
  });
}

function compileObject(object: JsonObject, place: Place): Node {
  const members = new Map<string, Node>();
  let isConstant = true;
  for (const [key, value] of Object.entries(object)) {
    if (key === '__proto__') {
      fault(below(place, key), 'is not a usable key');
      continue;
    }
    const node = compileValue(value, below(place, key));
    members.set(key, node);
    isConstant &&= node.isConstant;
  }
  const fields = Array.from(members, ([key, { run }]) => ({ key, run }));
  const build = (input: unknown): JsonObject => {
    const result: JsonObject = {};
    for (const { key, run } of fields) {
      const value = run(input);
      if (value !== undefined || place.keepsUndefined) result[key] = value;
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
