import { isObject } from '../mapping/json-type.ts';
import type { Steps } from '../mapping/path.ts';

/** Paths of an event that a Liquid template reads, found by rendering it against an event that takes notes. */
export function readPaths(event: unknown, template: string, render: (event: unknown) => unknown): readonly Steps[] {
  const reads: Steps[] = [];
  const top = Object.entries(isObject(event) ? event : {}).map(([name, value]) => {
    // The engine copies the event's own members whether it needs them or not.
    const isScalar = typeof value !== 'object' || value === null;
    if (isScalar && value !== undefined && template.includes(name)) reads.push([name]);
    return [name, isScalar ? value : recording(value, [name], reads)] as const;
  });
  render(Object.fromEntries(top));
  return reads.filter((steps) => !reads.some((other) => isWithin(other, steps)));
}

function recording(holder: object, steps: Steps, reads: Steps[]): object {
  // A copy: a proxy must give the very members of an object that is frozen.
  const copy: object = Array.isArray(holder) ? [...holder] : { ...holder };
  return new Proxy(copy, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return value;
      const inner = [...steps, key];
      if (typeof value === 'object' && value !== null) return recording(value, inner, reads);
      reads.push(Array.isArray(target) && key === 'length' ? steps : inner);
      return value;
    },
  });
}

const isWithin = (inner: Steps, outer: Steps): boolean =>
  inner.length > outer.length && outer.every((step, index) => inner[index] === step);
