import { actions } from '../../shared/meta/actions/actions.ts';
import { ownProductId, productIds, productList, singleProduct } from '../../shared/meta/actions/common-fields.ts';

/** Defaults that several fields share, by the name that tables call them. */
export const namedDefaults: Readonly<Record<string, unknown>> = {
  'product lines': productList,
  'product ids': productIds,
  'own line': singleProduct,
  'own id': ownProductId,
  'product ids or own id': actions.standard.fields['content_ids']?.default,
};

const nameOf = new Map(Object.entries(namedDefaults).map(([name, value]) => [JSON.stringify(value), name]));

/** A field's default in words and paths, for one cell of a table: `$.a`, else `$.b`. */
export const describeDefault = (value: unknown): string => nameOf.get(JSON.stringify(value)) ?? spellOut(value);

/** The same without calling it by a name. */
export function spellOut(value: unknown): string {
  if (Array.isArray(value)) return value.map(describeDefault).join(' and ');
  if (typeof value !== 'object' || value === null) return code(String(value));
  const [[name = '', argument] = []] = Object.entries(value);
  return describers[name]?.(argument) ?? describeShape(value);
}

const code = (text: string): string => `\`${text}\``;

const describers: Readonly<Record<string, (argument: unknown) => string>> = {
  '@path': (where) => code(String(where)),
  '@template': (text) => code(String(text)),
  '@if': describeIf,
  '@multiply': (argument) => {
    const { value, by } = argument as Readonly<Record<string, unknown>>;
    return `${describeDefault(value)} × ${describeDefault(by)}`;
  },
  '@arrayPath': (argument) => {
    const [where, shape] = argument as readonly unknown[];
    return `for each of ${code(String(where))}: ${describeDefault(shape)}`;
  },
};

function describeIf(argument: unknown): string {
  const { exists, blank, then, else: otherwise } = argument as Readonly<Record<string, unknown>>;
  const rest = otherwise === undefined ? '' : `, else ${describeDefault(otherwise)}`;
  if (isAboutItself(blank, then)) return describeDefault(then) + rest;
  const condition = exists === undefined ? `with ${describeDefault(blank)}` : `if ${describeDefault(exists)} exists`;
  return `${condition}: ${describeDefault(then)}${rest}`;
}

/** "The first path that holds something" tests the value that it takes, as it is or as text. */
function isAboutItself(blank: unknown, then: unknown): boolean {
  const { '@path': path } = (then ?? {}) as Readonly<Record<string, unknown>>;
  const { '@path': tested, '@template': template } = (blank ?? {}) as Readonly<Record<string, unknown>>;
  return typeof path === 'string' && (tested === path || template === `{{${path.replace('$.', '')}}}`);
}

const describeShape = (shape: object): string =>
  Object.entries(shape)
    .map(([name, value]) => `${code(name)} from ${describeDefault(value)}`)
    .join('; ');
