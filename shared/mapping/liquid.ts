import { bounded, boundedList } from './excess.ts';
import { maxChangedLength, maxItems, maxLiquidCharacters, maxLiquidLength } from './limits.ts';

/** Turns the text of a template into a function; the scope is what the template's variables are read from. */
export interface LiquidRenderer {
  /** @throws an Error that says what is wrong with the template */
  compile(template: string): (scope: object) => string;
}

const forbiddenTags = ['case', 'for', 'include', 'layout', 'render', 'tablerow'];

const forbiddenFilters = [
  'array_to_sentence_string',
  'concat',
  'find',
  'find_exp',
  'find_index',
  'find_index_exp',
  'group_by',
  'group_by_exp',
  'has',
  'has_exp',
  'map',
  'newline_to_br',
  'reject',
  'reject_exp',
  'reverse',
  'sort',
  'sort_natural',
  'type',
  'uniq',
  'where_exp',
];

/**
 * Loads the Liquid engine, with what Segment forbids and limits: some tags and filters, 1,000 characters and
 * 500 ms. Filters write 4 million characters at most, where Segment allows 100, and see of a text or list as much as
 * {@link maxChangedLength} and {@link maxItems} say. An unknown filter is refused rather than skipped, and dates are written in
 * UTC wherever it runs.
 *
 * The engine is imported only here and only when called, so that what never uses `@liquid` never loads it.
 */
export async function loadLiquid(): Promise<LiquidRenderer> {
  const { Liquid } = await import('liquidjs');
  const engine = new Liquid({
    parseLimit: maxLiquidLength,
    renderLimit: 500,
    memoryLimit: maxLiquidCharacters,
    ownPropertyOnly: true,
    strictFilters: true,
    timezoneOffset: 0,
    templates: {},
    outputEscape: lookedAt as (value: unknown) => string,
  });
  for (const name of forbiddenTags) engine.registerTag(name, forbidden(name));
  for (const name of forbiddenFilters) engine.unregisterFilter(name);
  for (const [name, filter] of Object.entries(engine.filters)) {
    if (typeof filter !== 'function' || lengthFilters.includes(name)) continue;
    engine.registerFilter(name, function (this: ThisType<typeof filter>, ...given: unknown[]) {
      return filter.apply(this as never, given.map(lookedAt) as never);
    });
  }
  const parse = (template: string) => {
    try {
      return engine.parse(template);
    } catch (error) {
      throw new Error(explain(error));
    }
  };
  return {
    compile: (template) => {
      const parsed = parse(template);
      // `increment` and `decrement` write into the scope: the copy keeps them off the event.
      return (scope) => String(engine.renderSync(parsed, { ...scope }));
    },
  };
}

/** Filters that tell how long something is, and take no longer for what is long. */
const lengthFilters = ['size', 'raw'];

function lookedAt(value: unknown): unknown {
  if (typeof value === 'string') return bounded(value, maxChangedLength);
  return Array.isArray(value) ? boundedList(value, maxItems) : value;
}

const forbidden = (name: string) => ({
  parse(): never {
    throw new Error(`tag "${name}" is disabled`);
  },
  render(): never {
    throw new Error(`tag "${name}" is disabled`);
  },
});

/** The engine no longer knows a forbidden filter: tell it from a misspelt one. */
function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const filter = /undefined filter: (\w+)/.exec(message)?.[1] ?? '';
  return forbiddenFilters.includes(filter) ? `filter "${filter}" is disabled` : message;
}
