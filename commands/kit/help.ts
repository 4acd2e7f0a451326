import type { CommandFacts } from './command-facts.ts';
import type { Option } from './option.ts';
import { optionName } from './read-command-line.ts';

/** How a command line begins: `npm run doctor`, `npm run dead-letters -- list`. */
export function typed({ name }: Pick<CommandFacts, 'name'>): string {
  const [script = '', ...words] = name.split(' ');
  return `npm run ${[script, ...(words.length > 0 ? ['--', ...words] : [])].join(' ')}`;
}

/** Everything that can be typed, and how it ends. */
export function commandHelp(facts: CommandFacts): string {
  const { summary, page, examples, operands = [], options, rest } = facts;
  const dashes = facts.name.includes(' ') ? '' : ' --';
  const places = operands.map(({ name, required }) => (required ? ` <${name}>` : ` [${name}]`)).join('');
  return [
    summary,
    '',
    `  ${typed(facts)}${dashes}${places} [options]${rest === undefined ? '' : ` [-- ${rest}]`}`,
    '',
    ...rows([...operands.map(({ name, help }): Row => [name, help]), ...optionRows(options), helpRow]),
    '',
    `Example${examples.length === 1 ? '' : 's'}:`,
    ...examples.flatMap((example) => example.split('\n').map((line) => `  ${line}`)),
    '',
    exits,
    `More: ${page}`,
  ].join('\n');
}

export type Row = readonly [left: string, right: string];

export const helpRow: Row = ['--help', 'this text'];

export const exits =
  'Ends with 0 when all is well, 1 when something is wrong or was not done, 2 when the command line makes no sense.';

export const optionRows = (options: Readonly<Record<string, Option<unknown>>>): Row[] =>
  Object.entries(options).map(([key, option]) => [left(key, option), option.help]);

const left = (key: string, { kind, value }: Option<unknown>): string =>
  `--${optionName(key)}${kind === 'flag' ? '' : ` ${value}`}${kind === 'texts' ? ' …' : ''}`;

export function rows(all: readonly Row[]): string[] {
  const width = Math.max(...all.map(([name]) => name.length));
  return all.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`);
}
