import { asText } from './as-text.ts';
import { compilePath, isInherited, type Steps } from './path.ts';
import type { Node, Run } from './place.ts';

/** Where a value is looked for: the first of the paths that holds something, empty text not counting, decides. */
export type FirstOf = readonly Steps[];

/** A member of the input, or of one of the holders of values that paths lead through. */
interface Place {
  /** 0 for the input, else one more than the index of the holder. */
  readonly within: number;
  readonly key: string;
}

/** What several lookups walk: holders from the outside in, and for each lookup its places in their order. */
export interface Plan {
  readonly holders: readonly Place[];
  readonly lookups: readonly (readonly Place[])[];
}

/** Gives what each lookup of a plan finds in an input. */
export type Find = (input: unknown) => readonly unknown[];

/** Lookups in one input. What several of their paths begin with (`context.traits`) is walked once for all of them. */
export class Lookups {
  private readonly plan: { readonly holders: Place[]; readonly lookups: (readonly Place[])[] } = {
    holders: [],
    lookups: [],
  };
  private compiled: Find | undefined;

  /** @returns the place among what is found; undefined when a key is one that objects inherit, which takes more care */
  add(paths: FirstOf): number | undefined {
    if (paths.some((steps) => steps.length === 0 || steps.some(isInherited))) return undefined;
    const places = paths.map((steps) => ({
      within: this.holderAt(steps.slice(0, -1)),
      key: steps.at(-1) as string,
    }));
    return this.plan.lookups.push(places) - 1;
  }

  /** Compiled when first needed, since many mappings never meet an event of theirs. */
  find(input: unknown): readonly unknown[] {
    this.compiled ??= mayGenerate ? generateFind(this.plan) : interpretFind(this.plan);
    return this.compiled(input);
  }

  private holderAt(steps: Steps): number {
    const { holders } = this.plan;
    let within = 0;
    for (const key of steps) {
      const known = holders.findIndex((holder) => holder.within === within && holder.key === key);
      within = known === -1 ? holders.push({ within, key }) : known + 1;
    }
    return within;
  }
}

/** Pages with a strict content security policy, such as the console, forbid to generate code. */
const mayGenerate = !('document' in globalThis);

/**
 * Writes the lookups as code. V8 reads a member in a fraction of the time where the code names it and always meets objects
 * of one shape: through a closure that many fields share, all reads together took a twentieth of an order's time.
 */
export function generateFind({ holders, lookups }: Plan): Find {
  // As a path is walked: what is falsy on the way is what the path gives.
  const read = ({ within, key }: Place): string => `h${within} ? h${within}[${JSON.stringify(key)}] : h${within}`;
  const walk = holders.map((place, index) => `const h${index + 1} = ${read(place)};`);
  const look = lookups.map(([first, ...others], index) => {
    const fallbacks = others.map((place) => ` if (isEmptyText(v${index})) { v${index} = ${read(place)};`);
    return `let v${index} = ${first && read(first)};${fallbacks.join('')}${' }'.repeat(others.length)}`;
  });
  const found = lookups.map((_, index) => `v${index}`);
  const body = `return (h0) => { ${walk.join(' ')} ${look.join(' ')} return [${found.join(', ')}]; };`;
  return new Function('isEmptyText', body)(isEmptyText) as Find;
}

/** The same without generating code. */
export function interpretFind({ holders, lookups }: Plan): Find {
  return (input) => {
    const walked = [input];
    for (const place of holders) walked.push(memberAt(place, walked));
    return lookups.map((places) => firstValue(places, walked));
  };
}

function firstValue(places: readonly Place[], walked: readonly unknown[]): unknown {
  let value: unknown;
  for (const place of places) {
    value = memberAt(place, walked);
    if (!isEmptyText(value)) return value;
  }
  return value;
}

function memberAt({ within, key }: Place, walked: readonly unknown[]): unknown {
  const holder = walked[within];
  return holder ? (holder as Record<string, unknown>)[key] : holder;
}

/** A lookup by itself, whatever its keys are. */
export function firstOfNode(paths: FirstOf): Node {
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
  return value === undefined || value === null || (Array.isArray(value) && asText(value, '') === '');
}
