import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { tidyVersions } from '../commands/rollback/tidy-versions.ts';
import { withLambda } from '../commands/rollback/with-lambda.ts';
import { loadConfig } from '../build/load-config.ts';
import { requireCredentials } from '../commands/common/require-credentials.ts';
import { defineCommand } from '../commands/kit/define-command.ts';
import { flag, oneOf, text } from '../commands/kit/option.ts';
import type { EnvironmentName } from '../shared/config/environment-settings.ts';
import { exampleValueIssues } from '../shared/config/example-values.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { environmentNames } from './environment-name.ts';

const forCdk = 'options for cdk';

export const synth = defineCommand({
  name: 'synth',
  summary: 'Writes the CloudFormation templates into cdk.out/, without an AWS account, and checks them.',
  page: 'docs/infrastructure.md',
  examples: ['npm run synth', 'npm run synth -- --env staging'],
  rest: forCdk,
  options: {
    env: text('<name>', `${environmentNames.join(', ')}; all of them if left out`, oneOf(environmentNames).optional()),
  },
  async run({ env }, { root }, { rest }) {
    const runs =
      env === undefined
        ? environmentNames.map((name) => cdkArguments('synth', name, ['--quiet', ...rest]))
        : [cdkArguments('synth', env, rest)];
    const failed = runs.map((each) => runCdk(root, each)).includes(false);
    return { result: undefined, failed };
  },
});

export const deploy = defineCommand({
  name: 'deploy',
  summary: 'Deploys an environment into the AWS account of your credentials, and ends with what to do next.',
  page: 'docs/deploy.md',
  examples: ['npm run deploy -- --env staging', 'npm run deploy -- --env production -- --require-approval never'],
  rest: forCdk,
  options: {
    env: text('<name>', environmentNames.join(', '), oneOf(environmentNames)),
    allAtOnce: flag('leaves out the canary this once: it takes its time, and an alarm that rings would stop it'),
  },
  async run({ env, allAtOnce }, { root, err }, { rest }) {
    await refuseExamples(root, env);
    await requireCredentials();
    const once = allAtOnce ? ['--context', 'all-at-once=true'] : [];
    const isDone = runCdk(root, cdkArguments('deploy', env, [...once, ...rest]));
    if (isDone) for (const line of await withLambda(env, tidyVersions)) err(line);
    return { result: undefined, failed: !isDone };
  },
});

/** Keys that everybody knows would let anybody send, and a dataset that is nobody's would take nothing. */
async function refuseExamples(root: string, env: EnvironmentName): Promise<void> {
  const issues = exampleValueIssues(await loadConfig(resolve(root, 'config', `${env}.ts`)));
  if (issues.length > 0) throw new ConfigurationError(`config/${env}.ts still holds values of the examples:`, issues);
}

/** Arguments of `cdk` for one environment. */
export const cdkArguments = (
  command: 'synth' | 'deploy',
  environment: EnvironmentName,
  more: readonly string[],
): readonly string[] => [command, '--context', `env=${environment}`, '--output', `cdk.out/${environment}`, ...more];

/** @returns whether it ended well */
function runCdk(root: string, args: readonly string[]): boolean {
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  return spawnSync(process.execPath, [cdk, ...args], { cwd: root, stdio: 'inherit' }).status === 0;
}
