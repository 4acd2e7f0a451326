import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deploy as command } from '../../cdk/cdk-commands.ts';
import { readCommandLine } from '../../commands/kit/read-command-line.ts';
import packageJson from '../../package.json' with { type: 'json' };

const folder = resolve(import.meta.dirname, '../../examples/github-actions');
const workflow = readFileSync(resolve(folder, 'deploy.yml'), 'utf8');
const [head = '', body = ''] = workflow.split(/^jobs:$/m);

/** Jobs by name, each with its lines. */
const jobs: Readonly<Record<string, string>> = Object.fromEntries(
  [...body.matchAll(/^ {2}([a-z]+):\n((?: {4}.*\n|\n)*)/gm)].map(([, name = '', lines = '']) => [name, lines]),
);
const deployments = ['staging', 'production'];
const runsOf = (lines: string): readonly string[] =>
  [...lines.matchAll(/^ {6}- run: (.+)$/gm)].map(([, run = '']) => run);

describe('deploy.yml', () => {
  it('has a job that checks and one for each deployment', () => {
    expect(Object.keys(jobs)).toEqual(['check', ...deployments]);
  });

  it('runs scripts that exist, from a clean installation', () => {
    const runs = Object.values(jobs).flatMap(runsOf);
    const scripts = runs.flatMap((run) => /^npm run ([\w:-]+)/.exec(run)?.[1] ?? []);

    expect(runs.filter((run) => !/^npm (ci$|run )/.test(run))).toEqual([]);
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(scripts));
    for (const lines of Object.values(jobs)) expect(runsOf(lines)[0]).toBe('npm ci');
  });

  it('checks and synthesizes before anything is deployed', () => {
    expect(runsOf(jobs['check'] ?? '')).toEqual(['npm ci', 'npm run check', 'npm run synth']);
    expect(jobs['staging']).toContain('    needs: check\n');
    expect(jobs['production']).toContain('    needs: staging\n');
  });

  it('reads the repository and nothing else by default', () => {
    expect(head).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    expect(jobs['check']).not.toContain('permissions');
  });

  it.each(deployments)('deploys %s from main alone, as its environment, with the credentials of that job', (name) => {
    const job = jobs[name] ?? '';
    const deploy = runsOf(job).find((run) => run.startsWith('npm run deploy')) ?? '';
    const argv = deploy.replace('npm run deploy -- ', '').split(' ');

    expect(readCommandLine(command, argv)).toMatchObject({
      values: { env: name },
      rest: ['--require-approval', 'never'],
    });
    expect(job).toContain("    if: github.event_name == 'push'\n");
    expect(job).toContain(`    environment: ${name}\n`);
    expect(job).toMatch(/^ {4}permissions:\n {6}contents: read\n {6}id-token: write\n {4}steps:$/m);
    expect(job).toContain('aws-actions/configure-aws-credentials@');
    expect(job).toMatch(/role-to-assume: \$\{\{ vars\.AWS_DEPLOY_ROLE \}\}/);
  });

  it('reacts to pushes on main and to pull requests that get no secrets', () => {
    expect(head).toMatch(/^on:\n {2}pull_request:\n {2}push:\n {4}branches: \[main\]\n\n/m);
  });

  it('pins the major version of every action, bounds every job, and holds no secret', () => {
    const actions = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);

    expect(actions.length).toBeGreaterThan(5);
    expect(actions.filter((action) => !/^(actions|aws-actions)\/[a-z-]+@v\d+$/.test(action))).toEqual([]);
    for (const lines of Object.values(jobs)) expect(lines).toMatch(/^ {4}timeout-minutes: \d+$/m);
    expect(workflow).not.toMatch(/secrets\.|AKIA|aws-access-key/);
  });
});

const policy = (file: string) => JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as Policy;
interface Policy {
  readonly Statement: readonly {
    readonly Action: string;
    readonly Resource?: string | readonly string[];
    readonly Condition?: { readonly StringEquals?: Readonly<Record<string, string>> };
  }[];
}

describe('the role', () => {
  it('is for one environment of one repository', () => {
    const [statement] = policy('trust-policy.json').Statement;

    expect(statement?.Action).toBe('sts:AssumeRoleWithWebIdentity');
    expect(statement?.Condition?.StringEquals).toEqual({
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': expect.stringMatching(/^repo:[\w-]+\/[\w-]+:environment:staging$/),
    });
  });

  it('may take the roles of the bootstrap, and no wildcard', () => {
    const { Statement: statements } = policy('permissions-policy.json');

    expect(statements.map(({ Action }) => Action)).toEqual(['sts:AssumeRole', 'ssm:GetParameter']);
    expect(JSON.stringify(statements)).not.toContain('*');
    for (const resource of statements[0]?.Resource ?? []) expect(resource).toMatch(/:role\/cdk-hnb659fds-/);
  });
});
