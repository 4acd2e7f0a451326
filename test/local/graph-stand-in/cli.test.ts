import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serverEvent } from './server-events.ts';

const root = resolve(import.meta.dirname, '../../..');

function run(...args: string[]) {
  const child = spawn(process.execPath, ['local/graph-stand-in/cli.ts', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.err += chunk.toString();
  });
  return { child, output };
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

const printed = (output: { out: string }, pattern: RegExp) =>
  expect.poll(() => pattern.exec(output.out)?.[1], { timeout: 10_000 });

describe('npm run graph-stand-in', () => {
  it('serves until it is stopped, prints a line for each request, and ends with 0', async () => {
    const { child, output } = run('--port', '0', '--token', 'given-token', '--dataset', '7=Seven');
    await printed(output, /^Graph API +(http:\S+)$/m).toBeTruthy();
    const [, url = ''] = /^Graph API +(\S+)$/m.exec(output.out) ?? [];
    const event = serverEvent({ event_time: Math.floor(Date.now() / 1_000) });
    const send = (datasetId: string) =>
      fetch(`${url}/v25.0/${datasetId}/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer given-token' },
        body: JSON.stringify({ data: [event] }),
      });

    expect(await (await send('7')).json()).toMatchObject({ events_received: 1 });
    expect((await send('8')).status).toBe(400);
    await printed(output, /^(400 {2}v25\.0\/8\/events .* 100\/33 .*)$/m).toBeTruthy();
    child.kill('SIGINT');

    expect(await ended(child)).toBe(0);
    expect(output.out).toMatch(/^200 {2}v25\.0\/7\/events {2}1 event/m);
    expect(output).toMatchObject({ out: expect.not.stringContaining('given-token'), err: '' });
  });

  it('ends with 2 for a wrong option, and says which', async () => {
    const { child, output } = run('--port', 'x');

    expect(await ended(child)).toBe(2);
    expect(output.err).toMatch(/^graph-stand-in: --port "x" is not a whole number/);
  });

  it('ends with 0 for --help', async () => {
    const { child, output } = run('--help');

    expect(await ended(child)).toBe(0);
    expect(output.out).toContain('  npm run graph-stand-in -- [options]');
  });

  it('ends with 1 when the port is taken, and names another', async () => {
    const taken = createServer();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as { port: number };
    const { child, output } = run('--port', String(port));

    expect(await ended(child)).toBe(1);
    expect(output.err).toBe(`Port ${port} is taken.\n→ Choose another: npm run graph-stand-in -- --port ${port + 1}\n`);
  });
});
