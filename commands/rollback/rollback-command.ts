import { environments } from '../../config/environments.ts';
import type { EnvironmentName } from '../../shared/config/environment-settings.ts';
import { type FunctionRole, functionDescriptions } from '../../shared/config/function-descriptions.ts';
import { requireCredentials } from '../common/require-credentials.ts';
import { defineCommand } from '../kit/define-command.ts';
import { flag, oneOf, text, wholeNumberFrom } from '../kit/option.ts';
import { CommandError } from '../kit/report-errors.ts';
import { linesOf, rollback, type RollbackResult } from './rollback.ts';
import { withLambda } from './with-lambda.ts';

const environmentNames = Object.keys(environments) as EnvironmentName[];
const roles = Object.keys(functionDescriptions) as FunctionRole[];

export const rollbackCommand = defineCommand({
  name: 'rollback',
  summary: 'Points the functions of an environment back to the versions before the last deployment, within seconds.',
  page: 'docs/deploy.md',
  examples: [
    'npm run rollback -- --env production',
    'npm run rollback -- --env production --list',
    'npm run rollback -- --env production --function deliver --to 12',
  ],
  options: {
    env: text('<name>', environmentNames.join(', '), oneOf(environmentNames)),
    function: text(
      '<name>',
      `${roles.join(' or ')}; if left out, those that the last deployment changed`,
      oneOf(roles).optional(),
    ),
    to: text(
      '<version>',
      'to this version, which may be a newer one; with --function',
      wholeNumberFrom(1, 1e9).optional(),
    ),
    list: flag('shows the versions that are kept, and changes nothing'),
    keep: text('<n>', 'removes all but the newest so many versions instead', wholeNumberFrom(1, 1_000).optional()),
  },
  async run({ env: environment, function: role, to, list, keep }) {
    await requireCredentials();
    try {
      const result = await withLambda(environment, (effects) =>
        rollback({ environment, role, to, list, keep }, effects),
      );
      if ('obstacle' in result) throw new CommandError(result.obstacle);
      return { result: { environment, ...result } };
    } catch (error) {
      if (error instanceof CommandError || !(error instanceof Error) || !('$metadata' in error)) throw error;
      throw new CommandError(
        {
          reason: `AWS refused: ${error.name}.`,
          fix: 'The credentials need lambda:ListFunctions, GetAlias, ListVersionsByFunction and UpdateAlias; --keep needs DeleteFunction.',
        },
        error,
      );
    }
  },
  print(result: Exclude<RollbackResult, { obstacle: unknown }> & { readonly environment: EnvironmentName }, { out }) {
    for (const line of linesOf(result, result.environment)) out(line);
  },
});
