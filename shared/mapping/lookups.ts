import { isBlankList } from './as-text.ts';
import { compilePath, type FirstOf, isInherited, isInheritedByObjects, type Steps } from './path.ts';
import type { CompiledValue, Run } from './compile-context.ts';

/** Gives what each lookup finds in an input. */
export type Find = (input: unknown) => readonly unknown[];

/** Lookups in one input. What several of their paths begin with (`context.traits`) is walked once for all of them. */
export class Lookups {
  private readonly lookups: FirstOf[] = [];
  private compiled: Find | undefined;

  /** @returns the place among what is found; undefined when a key is one that objects or lists inherit, which takes more care */
  add(paths: FirstOf): number | undefined {
    if (paths.some((steps) => steps.length === 0 || steps.some(isInheritedByObjects))) return undefined;
    return this.lookups.push(paths) - 1;
  }

  /** Compiled when first needed, since many mappings never meet an event of theirs. */
  find(input: unknown): readonly unknown[] {
    this.compiled ??= mayGenerate ? fastFind(this.lookups) : generalFind(this.lookups);
    return this.compiled(input);
  }
}

/** Pages with a strict content security policy, such as the console, forbid to generate code. */
const mayGenerate = !('document' in globalThis);

/**
 * Fast twin of {@link generalFind}: writes the lookups as code. V8 reads a member in a fraction of the time where the code names it and always meets objects
 * of one shape: through a closure that many fields share, all reads together took a twentieth of an order's time.
 */
export function fastFind(lookups: readonly FirstOf[]): Find {
  const walk: string[] = [];
  const holders = new Map<string, string>();
  // As a path is walked: what is falsy on the way is what the path gives.
  const read = (steps: Steps): string => {
    const holder = holderOf(steps.slice(0, -1));
    const key = steps.at(-1) ?? '';
    const member = `${holder}[${JSON.stringify(key)}]`;
    // What only texts and numbers have without it being their own.
    const own = isInherited(key) ? `(typeof ${holder} === 'object' ? ${member} : undefined)` : member;
    return `${holder} ? ${own} : ${holder}`;
  };
  /** The variable of what stands at the end of some steps. */
  function holderOf(steps: Steps): string {
    if (steps.length === 0) return 'input';
    const known = holders.get(JSON.stringify(steps));
    if (known !== undefined) return known;
    const value = read(steps);
    const holder = `h${walk.length}`;
    walk.push(`const ${holder} = ${value};`);
    holders.set(JSON.stringify(steps), holder);
    return holder;
  }
  const look = lookups.map(([first = [], ...others], index) => {
    const value = `v${index}`;
    // Nearly every value that is none is undefined, and nearly every other one is text: neither needs the call.
    const isEmpty = `${value} === undefined || ${value} === '' || (typeof ${value} !== 'string' && isEmptyText(${value}))`;
    const fallbacks = others.map((steps) => ` if (${isEmpty}) { ${value} = ${read(steps)};`);
    return `let v${index} = ${read(first)};${fallbacks.join('')}${' }'.repeat(others.length)}`;
  });
  const found = lookups.map((_, index) => `v${index}`);
  const body = `return (input) => { ${walk.join(' ')} ${look.join(' ')} return [${found.join(', ')}]; };`;
  return new Function('isEmptyText', body)(isEmptyText) as Find;
}

/** The same without generating code, and without walking anything once only. */
export function generalFind(lookups: readonly FirstOf[]): Find {
  const runs = lookups.map((paths) => firstOfValue(paths).run);
  return (input) => runs.map((run) => run(input));
}

/** A lookup by itself, whatever its keys are. */
export function firstOfValue(paths: FirstOf): CompiledValue {
  const finders = paths.map(compilePath);
  const run: Run = (input) => {
    let value: unknown;
    for (const find of finders) {
      value = find(input);
      if (!isEmptyText(value)) return value;
    }
    return value;
  };
  return { run, isConstant: false, firstOf: paths };
}

/** Whether a value leaves nothing where it is written as text. */
export function isEmptyText(value: unknown): boolean {
  if (typeof value === 'string') return value === '';
  return value === undefined || value === null || (Array.isArray(value) && isBlankList(value, ''));
}
