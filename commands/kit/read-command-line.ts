import { parseArgs } from 'node:util';
import { closest } from '../../shared/lib/closest.ts';
import type { CommandFacts, Operands } from './command-facts.ts';
import type { Option } from './option.ts';
import { UsageError } from './usage-error.ts';

type Given = Map<string, (string | true)[]>;

/** `eventsQueue` → `events-queue`. */
export const optionName = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * Reads a command line by the options of a command.
 *
 * @throws UsageError
 */
export function readCommandLine(
  facts: CommandFacts,
  args: readonly string[],
): Operands & { readonly values: Readonly<Record<string, unknown>> } {
  const options = Object.entries(facts.options).map(([key, option]) => ({ key, name: optionName(key), option }));
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      options.map(({ name, option: { kind } }) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }]),
    ),
    // What is wrong is said below, with what was meant.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given: Given = new Map();
  const positionals: string[] = [];
  const rest: string[] = [];
  let ended = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') ended = true;
    else if (token.kind === 'positional') (ended ? rest : positionals).push(token.value);
    else {
      const known = options.find(({ name }) => name === token.name && token.rawName.startsWith('--'));
      if (known === undefined) throw unknownOption(token.rawName, options);
      given.set(known.name, [...(given.get(known.name) ?? []), readValue(known.name, known.option, token)]);
    }
  }
  checkOperands(facts, positionals, rest);
  const values = Object.fromEntries(options.map(({ key, name, option }) => [key, read(name, option, given.get(name))]));
  return { values, positionals, rest };
}

function unknownOption(given: string, options: readonly { readonly name: string }[]): UsageError {
  const [name = ''] = given.replace(/^-+/, '').split('=', 1);
  const meant = closest(name, options.map((each) => each.name).concat('help'));
  return new UsageError(
    `there is no option ${given.startsWith('--') ? '--' : '-'}${name}`,
    meant && `Did you mean --${meant}?`,
  );
}

function readValue(
  name: string,
  { kind, value: placeholder }: Option<unknown>,
  { value, inlineValue }: { readonly value?: string | undefined; readonly inlineValue?: boolean | undefined },
): string | true {
  if (kind === 'flag') {
    if (value !== undefined) throw new UsageError(`--${name} takes no value`);
    return true;
  }
  if (value === undefined || (inlineValue !== true && value.length > 1 && value.startsWith('-'))) {
    throw new UsageError(`--${name} needs a value: --${name} ${placeholder}`);
  }
  if (value === '') throw new UsageError(`--${name} is empty`);
  return value;
}

/** Refuses operands that the command does not take. One may be a token in the wrong place, so none is shown. */
function checkOperands({ name, operands = [], rest: takesRest }: CommandFacts, given: string[], rest: string[]): void {
  const missing = operands.slice(given.length).find(({ required }) => required);
  if (missing !== undefined) throw new UsageError(`${missing.name} is missing`);
  if (rest.length > 0 && takesRest === undefined) given.push(...rest);
  if (given.length <= operands.length) return;
  const [script = '', ...words] = name.split(' ');
  throw new UsageError(
    operands.length === 0 ? 'an argument without an option' : 'more arguments than it takes',
    `Options follow two dashes, or npm keeps them to itself: npm run ${[script, '--', ...words].join(' ')} --…`,
  );
}

function read(name: string, { kind, schema }: Option<unknown>, given: readonly (string | true)[] = []): unknown {
  if (kind !== 'texts' && given.length > 1) throw new UsageError(`--${name} is given twice`);
  const raw = kind === 'texts' && given.length > 0 ? given : given[0];
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [{ message = '', path: [index] = [] } = {}] = parsed.error.issues;
  if (raw === undefined) throw new UsageError(`--${name} ${message}`);
  const culprit = Array.isArray(raw) && typeof index === 'number' ? raw[index] : raw;
  throw new UsageError(`--${name} ${culprit === true ? '' : `${JSON.stringify(culprit)} `}${message}`);
}
