import type {
  PixelDestination,
  PixelField,
  PixelKind,
  PixelMapping,
  PixelProgram,
} from '../shared/meta/pixel/pixel-program.ts';

// Every page loads every byte of this. `pixel-program.ts` says what the numbers mean; the rules are those of `shared/mapping`,
// `shared/fql` and `shared/meta/event`, and a property test holds both together. Where a rule would take much code for what pages
// do not do, an event has no twin: the server sends it all the same.

type Json = Record<string, unknown>;

/** An event for the Pixel: as the server sends it, without what it says of the person. */
export interface Twin {
  readonly name: string;
  readonly id: string;
  readonly data: Json;
}

const isList: (value: unknown) => value is readonly unknown[] = Array.isArray;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value != null && !isList(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
/** Whether a value is nothing or empty text. */
const isNothing = (value: unknown): value is null | undefined => value == null || value === '';
const isEmpty = (value: unknown): boolean => isNothing(value) || (isList(value) && !value.length);

const walk = (value: unknown, steps: readonly unknown[]): unknown =>
  steps.reduce((found, step) => (found ? (found as Json)[step as string] : found), value);

const asText = (value: unknown): string =>
  value == null ? '' : isList(value) ? value.map(asText).join() : String(value);

const numberOf = (value: unknown): number | undefined => {
  const number = isText(value) && value.trim() ? Number(value) : value;
  return Number.isFinite(number) ? (number as number) : undefined;
};

const finds = (pattern: unknown, text: unknown, flags = ''): boolean =>
  new RegExp(pattern as string, flags).test(text as string);

/** The value that an expression has for an input. */
export function evaluate(expression: unknown, input: unknown): unknown {
  if (!isList(expression)) return expression;
  const [operation, ...operands] = expression as [number, ...[string, unknown][]];
  const run = (operand: unknown): unknown => evaluate(operand, input);
  const [one, two, three] = operands as unknown[];
  const value = operation ? operation < 10 && run(one) : walk(input, operands);
  const limit = two as number;
  // In the order of their numbers.
  return [
    () => value,
    () => run(value == null ? three : two),
    () => run((isList(value) ? asText(value) : value) ? two : three),
    () => {
      const items = isObject(value) ? [value] : value;
      return isList(items) ? items.map((item) => evaluate(two, item)) : value;
    },
    () => {
      const [number, factor = 1] = [numberOf(value), numberOf(run(two))];
      return number === undefined || factor <= 0 || factor === 1 ? value : Number((number * factor).toPrecision(15));
    },
    () => (isText(value) ? value[two as 'trim']() : value),
    () => (two == null ? value == null : value === two),
    () => isText(value) && finds(two, value),
    () => isNumber(value) && value < limit,
    () => isNumber(value) && value > limit,
    () => undefined,
    () => operands.reduce<unknown>((found, operand) => (asText(found) ? found : run(operand)), undefined),
    () => operands.map((operand) => asText(run(operand))).join(''),
    () => operands.map(run),
    () => Object.fromEntries(operands.map(([key, operand]) => [key, run(operand)])),
    () => Object.assign({}, ...operands.map(run).filter(isObject)),
    () => operands.every(run),
    () => !operands.some(run),
  ][operation]?.();
}

const single = (raw: unknown): unknown => (isList(raw) && raw.length === 1 ? raw[0] : raw);
const isTrue = (raw: unknown): boolean => [true, 'true', 1].includes(single(raw) as string);

const refuseUnless = (isFine: unknown): void => {
  if (!isFine) throw 0;
};

/** @throws where the server refuses the event, or its rule is not for pages */
function twinOf(
  mapping: PixelMapping,
  event: Json,
  [, , , currencies, dialled, noProduct, parts]: PixelProgram,
): Twin | undefined {
  const [when, leaveOutWhen, named, idFrom, contentsFrom, fields, counts, mappedFrom, withoutFrom, known] = mapping;
  if (!evaluate(when, event)) return undefined;
  const { properties, userId } = event;
  const products = walk(properties, ['products']);
  refuseUnless(leaveOutWhen !== true || isNothing(products) || (isList(products) && products.every(isObject)));
  const input = userId === '' ? { ...event, userId: undefined } : event;
  const run = (expression: unknown): unknown => evaluate(expression, input);
  const leaves = isTrue(run(leaveOutWhen));
  let lenient = leaves;

  /** A value as its kind; undefined for what is none. */
  const readOne = (kind: number, raw: unknown, isLenient: boolean): unknown => {
    const value = single(raw);
    const isFlag = typeof value === 'boolean';
    if (kind > 4) {
      const number = isFlag ? (kind === 6 && isLenient ? undefined : Number(value)) : numberOf(value);
      // `1.234,56 €` takes more code than it is worth.
      refuseUnless(kind !== 6 || !isLenient || number !== undefined || !finds('\\d', value));
      // What is a phone number is no amount, and no count.
      const isDialled = finds(dialled, value) || (number as number) >= 1e11;
      const isFine = kind === 5 || !((isLenient && (number as number) < 0) || isDialled);
      return isFine && (kind !== 7 || Number.isSafeInteger(number)) ? number : undefined;
    }
    if (!isFlag && !isText(value) && !isNumber(value)) return undefined;
    if (kind === 3 && isFlag) return value;
    const text = isLenient && (kind === 1 || kind === 2) ? String(value).trim() : String(value);
    if (kind === 1) {
      const code = text.toUpperCase();
      if (currencies.includes(code)) return code;
      // So do signs of currencies.
      refuseUnless(!isLenient || !finds('\\W', text));
      return undefined;
    }
    return kind === 2 && isLenient && finds(noProduct, text, 'i') ? undefined : text;
  };

  const read = ([kind, isMany, choices]: PixelKind, raw: unknown, isLenient: boolean, mayFail: unknown): unknown => {
    const isFine = (value: unknown): unknown => value !== undefined && (!choices || choices.includes(value as string));
    const one = (item: unknown): unknown => readOne(kind, item, isLenient);
    if (!isMany) {
      const value = one(raw);
      refuseUnless(mayFail || isFine(value));
      return isFine(value) ? value : undefined;
    }
    const given = (isList(raw) ? raw : [raw]).filter((item) => item != null && !(isLenient && item === ''));
    const values = given.map(one).filter(isFine);
    refuseUnless(mayFail || values.length === given.length);
    return values.length || !given.length ? values : undefined;
  };

  const raw = run(contentsFrom);
  const lines = isNothing(raw) ? [] : (isList(raw) ? raw : [raw]).filter((line) => line != null);
  for (const line of lines) {
    const { quantity } = line as Json;
    if (isObject(line) && quantity != null && readOne(7, quantity, false) === undefined) lenient = true;
  }
  const items = lines.flatMap((line): Json[] => {
    refuseUnless(lenient || isObject(line));
    const { id: given } = line as Json;
    const id = isObject(line) && readOne(2, given, lenient);
    refuseUnless(lenient || id || id === '' || given == null);
    const item: Json = { id };
    for (const [name, isMinor, kind] of parts) {
      const value = (line as Json)[name];
      if (value == null || (leaves && value === '')) continue;
      item[name] = read(kind, value, leaves, lenient || isMinor);
      if (item[name] === '') delete item[name];
    }
    return id ? [item] : [];
  });
  const contents = isList(raw) || lines.length ? (items.length || !lines.length ? items : undefined) : undefined;

  const valueIn = ([name, , isRequired, from, kind]: PixelField): unknown => {
    const given = name === 'contents' ? undefined : run(from);
    refuseUnless(!isRequired || !isNothing(given));
    return isNothing(given) ? undefined : read(kind, given, lenient, lenient && !isRequired);
  };
  const data: Json = {};
  const mapped = run(mappedFrom);
  if (!isNothing(mapped)) {
    refuseUnless(isObject(mapped) || lenient);
    Object.assign(data, isObject(mapped) && mapped);
    for (const name of [run(withoutFrom)].flat() as string[]) delete data[name];
    for (const [name, kind] of known) {
      const given = data[name];
      if (given == null) continue;
      const isBare = !kind[0] && !kind[2];
      const value = given === '' ? (isBare ? given : undefined) : read(kind, given, true, true);
      if (lenient || value === undefined || name !== 'value' || !finds('^\\d+(\\.\\d+)?$', given)) data[name] = value;
    }
    refuseUnless(data['contents'] == null);
  }
  for (const field of fields) {
    const [name, presence] = field;
    let value = name === 'contents' ? contents : valueIn(field);
    if (name === 'num_items' && contents?.length && isTrue(run(counts))) {
      value ??= contents.reduce((sum, { quantity = 1 }) => sum + (quantity as number), 0);
    }
    if (!presence || (value !== undefined && !(presence === 2 && isEmpty(value)))) data[name] = value;
  }
  if (lenient && isEmpty(data['content_ids']) && isEmpty(data['contents']) && !isEmpty(data['content_type'])) {
    delete data['content_type'];
  }
  const name = isText(named) ? named : valueIn(named);
  const given = run(idFrom);
  const id = readOne(0, given, lenient) ?? (lenient && given && event['messageId']);
  refuseUnless(name && id && !(name === 'Purchase' && (isEmpty(data['value']) || isEmpty(data['currency']))));
  return { name: name as string, id: id as string, data };
}

/**
 * The twins of an event, one for every mapping of a destination that makes something of it. Consent is asked before.
 *
 * @param event as the library sends it
 */
export function twinsOf(
  program: PixelProgram,
  destination: PixelDestination,
  event: object,
  now: number,
): readonly Twin[] {
  const sent = JSON.parse(JSON.stringify(event)) as Json;
  const [, names, , , , , mappings, guards] = destination;
  const [, prefix, events] = program;
  const { integrations, type, event: called, timestamp } = sent;
  const own = names.find((name) => walk(integrations, [name]) !== undefined) ?? 'All';
  sent['messageId'] = prefix + sent['messageId'];
  return mappings.flatMap((mapping) => {
    try {
      refuseUnless(walk(integrations, [own]) !== false);
      refuseUnless(!events || type !== 'track' || events.includes(called as string));
      // What is told a week later is history.
      refuseUnless(!(now - Date.parse(timestamp as string) > 6048e5));
      const text = JSON.stringify(twinOf(mapping, sent, program));
      refuseUnless(!guards.some(([pattern, flags]) => finds(pattern, text, flags)));
      return JSON.parse(text) as Twin;
    } catch {
      return [];
    }
  });
}
