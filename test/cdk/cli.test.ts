import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCliArguments } from '../../cdk/cli-arguments.ts';

const cdkFor = (environment: string) => ['--context', `env=${environment}`, '--output', `cdk.out/${environment}`];

describe('readCliArguments', () => {
  it.each([
    {
      title: 'synthesizes one environment',
      argv: ['synth', '--env', 'staging'],
      runs: [['synth', ...cdkFor('staging')]],
    },
    {
      title: 'synthesizes every environment, without printing templates, when none is named',
      argv: ['synth'],
      runs: ['development', 'staging', 'production'].map((name) => ['synth', ...cdkFor(name), '--quiet']),
    },
    {
      title: 'deploys one environment',
      argv: ['deploy', '--env=production'],
      runs: [['deploy', ...cdkFor('production')]],
    },
    {
      title: 'deploys without a canary for once',
      argv: ['deploy', '--env', 'production', '--all-at-once'],
      runs: [['deploy', ...cdkFor('production'), '--context', 'all-at-once=true']],
    },
    {
      title: 'hands on what follows the dashes',
      argv: ['deploy', '--env', 'production', '--', '--require-approval', 'never'],
      runs: [['deploy', ...cdkFor('production'), '--require-approval', 'never']],
    },
  ])('$title', ({ argv, runs }) => {
    expect(readCliArguments(argv)).toEqual({ runs });
  });

  it.each([
    { title: 'no command', argv: [], says: /expected "synth" or "deploy"/ },
    { title: 'an unknown command', argv: ['destroy'], says: /not "destroy"/ },
    { title: 'a command that only objects have', argv: ['toString'], says: /not "toString"/ },
    { title: 'an unknown option', argv: ['synth', '--enviroment', 'staging'], says: /unknown option "enviroment"/ },
    { title: 'an option of another command', argv: ['synth', '--all-at-once'], says: /unknown option "all-at-once"/ },
    { title: 'an unknown environment', argv: ['synth', '--env', 'prod'], says: /no environment "prod"/ },
    { title: 'an option without its value', argv: ['deploy', '--env'], says: /--env needs a value/ },
    { title: 'an environment that npm stripped of its option', argv: ['deploy', 'staging'], says: /deploy -- --env/ },
    { title: 'a deployment to nowhere', argv: ['deploy'], says: /deploy needs an environment/ },
  ])('refuses $title in one line with the usage', ({ argv, says }) => {
    const request = readCliArguments(argv);

    expect(request).toEqual({ usageError: expect.stringMatching(says) });
    expect(request).toEqual({
      usageError: expect.stringMatching(/^[^\n]*Usage: [^\n]*development\|staging\|production[^\n]*$/),
    });
  });
});

describe('--help', () => {
  it.each([
    {
      argv: ['synth', '--help'],
      usage: 'npm run synth -- [--env development|staging|production] [-- <options for cdk>]',
    },
    {
      argv: ['deploy', '--help'],
      usage: 'npm run deploy -- --env development|staging|production [--all-at-once] [-- <options for cdk>]',
    },
    { argv: ['deploy', '--env', 'staging', '--help'], usage: expect.stringContaining('npm run deploy') },
    { argv: ['--help'], usage: expect.stringContaining('synth|deploy') },
  ])('says how to use $argv', ({ argv, usage }) => {
    expect(readCliArguments(argv)).toEqual({ usage });
  });

  it('is for cdk after the dashes', () => {
    expect(readCliArguments(['synth', '--env', 'staging', '--', '--help'])).toEqual({
      runs: [['synth', ...cdkFor('staging'), '--help']],
    });
  });
});

describe('cli', () => {
  it('exits with 0 when it is asked how it is used', () => {
    const cli = join(import.meta.dirname, '../../cdk/cli.ts');

    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'synth', '--help'], { encoding: 'utf8' });

    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: expect.stringContaining('npm run synth'),
      stderr: '',
    });
  });

  it('exits with 2 and one line on a mistake in its arguments', () => {
    const cli = join(import.meta.dirname, '../../cdk/cli.ts');

    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'deploy'], { encoding: 'utf8' });

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining('deploy needs an environment')]);
  });
});
