import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Intercept } from '../../../local/emulators/aws/request-listener.ts';
import { type Fixture, startFixture } from '../../local/emulators/aws-fixture.ts';
import { refused } from '../../support/dead-letters.ts';

const root = resolve(import.meta.dirname, '../../..');
let fixture: Fixture | undefined;

afterEach(async () => {
  await fixture?.close();
  fixture = undefined;
});

/** One letter, in queues that are found by their URLs, as those of an account are. */
async function start(intercept?: (target: string, child: ChildProcess | undefined) => ReturnType<Intercept>) {
  let child: ChildProcess | undefined;
  const started = await startFixture({ intercept: (target) => intercept?.(target, child) });
  fixture = started;
  const { server, sqs: _, ...queues } = started;
  const deadLetters = server.queues.ensureQueue('dead-letters').url;
  const events = server.queues.ensureQueue('events').url;
  const today = new Date().toISOString();
  await queues.send(deadLetters, JSON.stringify(refused('order-1', { firstFailedAt: today })));
  return {
    clock: queues.clock,
    counts: () => ({ events: server.queues.counts('events'), deadLetters: server.queues.counts('dead-letters') }),
    run: (command: string, ...more: string[]) => {
      const place = ['--dead-letter-queue', deadLetters, '--events-queue', events];
      child = spawn(process.execPath, ['commands/cli.ts', 'dead-letters', command, ...place, ...more], {
        cwd: root,
        env: {
          PATH: process.env['PATH'],
          AWS_REGION: 'us-east-1',
          AWS_ENDPOINT_URL_SQS: server.url,
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      return ended(child);
    },
  };
}

function ended(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  return new Promise((done) => child.once('close', (code) => done({ code, out, err })));
}

describe('npm run dead-letters', () => {
  it('works on the queues of an account, by their URLs', async () => {
    const queues = await start();

    const { code, out } = await queues.run('redrive', '--yes');

    expect({ code, last: out.trim().split('\n').at(-1) }).toEqual({
      code: 0,
      last: '1 event went back on the events queue.',
    });
    expect(queues.counts()).toMatchObject({ events: { visible: 1 }, deadLetters: { visible: 0, inFlight: 0 } });
  });

  it('loses nothing when it is killed between sending and deleting', async () => {
    const queues = await start((target, child) => {
      if (target !== 'AmazonSQS.DeleteMessageBatch') return undefined;
      child?.kill('SIGKILL');
      return { status: 503, code: 'ServiceUnavailable', message: 'Too late.' };
    });

    await queues.run('redrive', '--yes');
    queues.clock.advance(600);

    expect(queues.counts()).toMatchObject({ events: { visible: 1 }, deadLetters: { visible: 1 } });
  });

  it('gives everything back on Ctrl-C, even when it comes twice', async () => {
    const queues = await start((target, child) => {
      if (target !== 'AmazonSQS.ReceiveMessage') return undefined;
      child?.kill('SIGINT');
      child?.kill('SIGINT');
      return undefined;
    });

    expect(await queues.run('purge', '--yes')).toEqual({
      code: 1,
      out: '',
      err: 'Interrupted: nothing was done.\n→ Run it again.\n',
    });
    expect(queues.counts()).toMatchObject({ deadLetters: { visible: 1, inFlight: 0 } });
  });

  it('ends with 2 when the command line makes no sense', async () => {
    const queues = await start();

    expect(await queues.run('lst')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no command "lst"'),
    });
  });
});
