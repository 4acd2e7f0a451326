/** Keys from the outside in; an empty list stands for the whole event. */
export type Steps = readonly string[];

/** Where a value is looked for: the first of the paths that holds something, empty text not counting, decides. */
export type FirstOf = readonly Steps[];

// A bracket opens or closes a step only beside a quote or a digit: `[name]` is part of the key.
const separators = /\[(?=["'\d])|\.|(?<=["'\d])\]+/;

/**
 * Reads `a.b`, `a[0]`, `a['b']` and `a.0`. A dot within quotes still separates, as in Segment; quotes are dropped.
 *
 * @see https://segment.com/docs/connections/destinations/actions/#mapping-fields
 */
export const parsePath = (path: string): Steps =>
  path
    .split(separators)
    .filter((step) => step !== '')
    .map((step) => step.replaceAll(/["']/g, ''));

/** As {@link parsePath}, with the first `$.` removed wherever it stands. */
export const parseEventPath = (path: string): Steps => parsePath(path.replace('$.', ''));

/**
 * The value at the end of a path, through own members only.
 *
 * @returns undefined when missing; a falsy value met on the way (null, 0, '', false) as it is
 */
export function walk(value: unknown, steps: Steps): unknown {
  let current = value;
  for (const step of steps) {
    if (!current) return current;
    current = ownMember(current, step);
  }
  return current;
}

/**
 * Compiles {@link walk} for one path. A key that nothing inherits is read without asking whose it is, which is most of
 * what a walk takes; parsed JSON has no other prototypes than these.
 */
export function compilePath(steps: Steps): (input: unknown) => unknown {
  if (steps.some(isInherited)) return (input) => walk(input, steps);
  const [key, ...others] = steps;
  if (key !== undefined && others.length === 0)
    return (input) => (input ? (input as Record<string, unknown>)[key] : input);
  return (input) => {
    let current = input;
    for (let index = 0; index < steps.length; index++) {
      if (!current) return current;
      current = (current as Record<string, unknown>)[steps[index] as string];
    }
    return current;
  };
}

const prototypes: readonly object[] = [Array, Boolean, Number, Object, String].map(({ prototype }) => prototype);

/** Whether objects or values that JSON can hold have a member of this name without it being their own. */
export const isInherited = (key: string): boolean => prototypes.some((prototype) => key in prototype);

/** The same for objects and lists alone: of `search` and `link` only texts have one. */
export const isInheritedByObjects = (key: string): boolean => key in Object.prototype || key in Array.prototype;

function ownMember(holder: unknown, key: string): unknown {
  // Of texts, which are asked by the thousand, only these are own.
  if (typeof holder === 'string' && key !== 'length' && !(key.charCodeAt(0) <= 0x39)) return undefined;
  if (!Object.hasOwn(holder as object, key) || key === '__proto__') return undefined;
  return (holder as Record<string, unknown>)[key];
}
