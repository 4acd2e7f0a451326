import { spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { startSns } from '../doctor/sns-server.ts';
import { type LocalRuntime, root, startLocalRuntime } from './local-runtime.ts';

let runtime: LocalRuntime | undefined;
let sns: Awaited<ReturnType<typeof startSns>> | undefined;
afterEach(async () => {
  await runtime?.close();
  runtime = undefined;
  sns?.close();
  sns = undefined;
});

const secret = 'conversions/staging/main';

/** An account that staging is deployed in. */
async function deploy() {
  // The commands run in a process with the real clock: Meta's has to agree with it.
  const started = await startLocalRuntime({ graph: { now: () => new Date() } });
  runtime = started;
  sns = await startSns({ [topic]: ['arn:subscription'] });
  const { queues, secrets } = started.aws;
  secrets.put(secret, 'local-token');
  const name = 'ConversionsPipeline-staging-Pipeline-Queue-1785D510';
  const { arn } = queues.ensureQueue(`${name}-dead-letters`);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 5 });
  queues.ensureQueue(`${name}-events`, { VisibilityTimeout: '361', RedrivePolicy });
  queues.ensureQueue('ConversionsPipeline-production-Pipeline-Queue-1785D510-events');
  return started;
}

const topic = 'arn:aws:sns:us-east-1:1:ConversionsPipeline-staging-AlarmTopic';

function runCli({ aws, graph }: LocalRuntime, command: string, args: readonly string[], input = '') {
  const child = spawn(process.execPath, ['commands/cli.ts', command, '--env', 'staging', ...args], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_SQS: aws.url,
      AWS_ENDPOINT_URL_SNS: sns?.url ?? aws.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      GRAPH_API_URL: graph.url,
    },
  });
  child.stdin.end(input);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  return new Promise<{ code: number | null; out: string; err: string }>((done) => {
    child.once('close', (code) => done({ code, out, err }));
  });
}

describe('commands on an account', { timeout: 30_000 }, () => {
  it('token:set reads a pipe and promotes', async () => {
    const account = await deploy();

    const { code, out, err } = await runCli(account, 'token:set', [], 'local-token-2\n');

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`staging: secret ${secret}, read by main`);
    expect(out).not.toContain('local-token');
  });

  it('token:set ends with 1 on a token that Meta refuses', async () => {
    expect(await runCli(await deploy(), 'token:set', [], 'EAAB-wrong')).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing was promoted'),
    });
  });

  it('datasets lists', async () => {
    expect(await runCli(await deploy(), 'datasets', [])).toMatchObject({
      code: 0,
      out: expect.stringContaining('*  1234567890123456'),
    });
  });

  it('doctor finds the queues by their names, and the keys of the examples', async () => {
    const { code, out } = await runCli(await deploy(), 'doctor', ['--json']);

    const { checks } = JSON.parse(out) as { checks: { check: string; status: string }[] };
    const notOk = checks.filter(({ status }) => status !== 'ok').map(({ check, status }) => `${check} ${status}`);
    expect({ code, notOk }).toEqual({ code: 1, notOk: ['write keys failed', 'sending skipped'] });
  });

  it('doctor says that nothing is deployed', async () => {
    runtime = await startLocalRuntime();

    const { out } = await runCli(runtime, 'doctor', []);

    expect(out).toContain('No queue is named ConversionsPipeline-staging-…-events.');
    expect(out).toMatch(/failed +secret/);
  });

  it.each(['token:set', 'datasets', 'doctor'])('%s --help ends with 0', async (command) => {
    runtime = await startLocalRuntime();

    expect(await runCli(runtime, command, ['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('npm run'),
    });
  });
});
