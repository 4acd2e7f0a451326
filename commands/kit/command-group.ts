import { closest } from '../../shared/lib/closest.ts';
import type { Command } from './define-command.ts';
import { exits, helpRow, optionRows, type Row, rows } from './help.ts';
import { reported } from './report-errors.ts';
import { thereAre } from './plural.ts';
import { UsageError } from './usage-error.ts';

/** Several commands under one name, of which the first argument chooses: `npm run dead-letters -- list`. */
export interface GroupFacts {
  readonly name: string;
  readonly summary: string;
  readonly page: string;
  readonly commands: Readonly<Record<string, Command>>;
}

export function commandGroup<Group extends GroupFacts>(group: Group): Command & Group {
  const { name, commands } = group;
  const all = Object.entries(commands);
  const help = (): string => groupHelp(group);
  return {
    ...group,
    options: Object.assign({}, ...all.map(([, { options }]) => options)),
    examples: all.flatMap(([, { examples }]) => examples) as [string, ...string[]],
    endsByItself: all.some(([, { endsByItself }]) => endsByItself),
    help,
    async execute([first, ...args], effects) {
      const chosen = Object.hasOwn(commands, first ?? '') ? commands[first ?? ''] : undefined;
      if (chosen !== undefined) return chosen.execute(args, effects);
      if (first === '--help') {
        effects.out(help());
        return 0;
      }
      return reported(group, effects, () => {
        throw notChosen(first, Object.keys(commands), name);
      });
    },
  };
}

function notChosen(given: string | undefined, names: readonly string[], name: string): UsageError {
  const known = thereAre(names);
  if (given === undefined) return new UsageError(`no command; ${known}`);
  if (given.startsWith('-')) {
    return new UsageError(`the command comes first; ${known}`, `Write: npm run ${name} -- ${names[0]} ${given} …`);
  }
  const meant = closest(given, names);
  return new UsageError(`there is no command ${JSON.stringify(given)}; ${known}`, meant && `Did you mean ${meant}?`);
}

function groupHelp({ name, summary, page, commands }: GroupFacts): string {
  const all = Object.entries(commands);
  const options = Object.assign({}, ...all.map(([, each]) => each.options)) as Command['options'];
  const ofSome = Object.keys(options).map((key): string => {
    const having = all.filter(([, each]) => key in each.options).map(([each]) => each);
    return having.length === all.length ? '' : ` (${having.join(', ')})`;
  });
  return [
    summary,
    '',
    `  npm run ${name} -- ${all.map(([each]) => each).join('|')} [options]`,
    '',
    ...rows(
      all.map(
        ([each, { operands = [], summary: says }]): Row => [
          [each, ...operands.map((operand) => `<${operand.name}>`)].join(' '),
          says,
        ],
      ),
    ),
    '',
    ...rows([...optionRows(options).map(([left, right], index): Row => [left, `${right}${ofSome[index]}`]), helpRow]),
    '',
    'Examples:',
    ...all.flatMap(([, { examples }]) => examples.map((example) => `  ${example}`)),
    '',
    exits,
    `More: ${page}`,
  ].join('\n');
}
