import { parseArgs } from 'node:util';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { environments } from '../../config/environments.ts';
import type { EnvironmentName } from '../../shared/config/environment-settings.ts';
import { type FunctionRole, functionDescriptions } from '../../shared/config/function-descriptions.ts';
import { findFunctions, forgetVersion, turnAlias } from './lambda-functions.ts';
import { linesOf, rollback, type RollbackOptions } from './rollback.ts';

const environmentNames = Object.keys(environments) as EnvironmentName[];
const roles = Object.keys(functionDescriptions) as FunctionRole[];
const usage = `npm run rollback -- --env ${environmentNames.join('|')} [--function ${roles.join('|')}] [--to <version>] [--list] [--keep <n>]`;
const help = [
  'Points the functions of an environment back to the versions before the last deployment, in seconds.',
  '',
  `  ${usage}`,
  '',
  '  --env       the environment',
  '  --function  only this one; if left out, those that the last deployment changed',
  '  --to        to this version, which may be a newer one; with --function',
  '  --list      shows the versions that are kept, and changes nothing',
  '  --keep      removes all but the newest so many versions instead',
].join('\n');

/** `npm run rollback` */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    console.error(`rollback: ${options}; usage: ${usage}`);
    return 2;
  }
  if (options === undefined) {
    console.log(help);
    return 0;
  }
  const { region } = environments[options.environment];
  const client = new LambdaClient({ ...(region !== undefined && { region }) });
  try {
    const result = await rollback(options, {
      find: () => findFunctions(client, options.environment),
      turn: (turn) => turnAlias(client, turn),
      forget: (name, version) => forgetVersion(client, name, version),
    });
    const failed = 'obstacle' in result;
    for (const line of linesOf(result, options.environment)) failed ? console.error(line) : console.log(line);
    return failed ? 1 : 0;
  } catch (error) {
    console.error(`AWS refused: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
    console.error('→ The credentials need lambda:ListFunctions, GetAlias, ListVersionsByFunction and UpdateAlias.');
    return 1;
  } finally {
    client.destroy();
  }
}

/** Undefined where help is asked for; a text where something is wrong. */
function readOptions(
  args: readonly string[],
): (RollbackOptions & { readonly environment: EnvironmentName }) | string | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        env: { type: 'string' },
        function: { type: 'string' },
        to: { type: 'string' },
        keep: { type: 'string' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    const environment = environmentNames.find((name) => name === values.env);
    if (environment === undefined) return `--env has to be one of ${environmentNames.join(', ')}`;
    const role = roles.find((name) => name === values.function);
    if (values.function !== undefined && role === undefined) return `--function is one of ${roles.join(', ')}`;
    for (const option of ['to', 'keep'] as const) {
      if (values[option] !== undefined && !/^[1-9]\d{0,8}$/.test(values[option])) {
        return `--${option} is a whole number from 1`;
      }
    }
    const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
    return { environment, role, to: number(values.to), keep: number(values.keep), list: values.list };
  } catch (error) {
    return (error as Error).message.replace(/(\.\s|\n)[\s\S]*$/, '');
  }
}

process.exitCode = await main(process.argv.slice(2));
