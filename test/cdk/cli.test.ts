import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cdkArguments, deploy, synth } from '../../cdk/cdk-commands.ts';
import { readCommandLine } from '../../commands/kit/read-command-line.ts';
import { execute } from '../commands/execute.ts';

describe('the arguments for cdk', () => {
  it('name the environment and its folder', () => {
    expect(cdkArguments('deploy', 'production', ['--require-approval', 'never'])).toEqual([
      'deploy',
      '--context',
      'env=production',
      '--output',
      'cdk.out/production',
      '--require-approval',
      'never',
    ]);
  });

  it('are what follows the second dashes', () => {
    expect(readCommandLine(synth, ['--env', 'staging', '--', '--help'])).toMatchObject({
      values: { env: 'staging' },
      rest: ['--help'],
    });
  });
});

describe('the command line', () => {
  it.each([
    { args: ['--enviroment', 'staging'], says: 'there is no option --enviroment' },
    { args: ['--env', 'prod'], says: '--env "prod" is not one of development, staging, production' },
    { args: ['--env'], says: '--env needs a value' },
    { args: ['staging'], says: 'npm run deploy -- --' },
    { args: [], says: '--env is missing: development, staging, production' },
  ])('refuses $args', async ({ args, says }) => {
    const { code, out, err } = await execute(deploy, args);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });

  it.each([
    { command: synth, usage: 'npm run synth -- [options] [-- options for cdk]' },
    { command: deploy, usage: 'npm run deploy -- [options] [-- options for cdk]' },
  ])('explains itself: $usage', async ({ command, usage }) => {
    expect(await execute(command, ['--help'])).toMatchObject({ code: 0, out: expect.stringContaining(usage) });
  });

  it.each(['development', 'staging', 'production'])(
    'refuses to deploy the keys and ids of the examples to %s',
    async (env) => {
      const { code, err } = await execute(deploy, ['--env', env]);

      expect(code).toBe(1);
      expect(err).toContain(`config/${env}.ts still holds values of the examples:`);
      expect(err).toMatch(/sources\.\w+\.writeKeyHashes: holds an example's write key/);
      expect(err).toContain("destinations.main.datasetId: 1234567890123456 is the example's");
    },
  );
});

describe('cdk/cli.ts', () => {
  const run = (...args: string[]) => {
    const cli = join(import.meta.dirname, '../../cdk/cli.ts');
    return spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
  };

  it('exits with 0 when it is asked how it is used', () => {
    const { status, stdout, stderr } = run('synth', '--help');

    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: expect.stringContaining('npm run synth'),
      stderr: '',
    });
  });

  it('exits with 2 on a mistake in its arguments', () => {
    const { status, stdout, stderr } = run('deploy');

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('deploy: --env is missing');
  });
});
