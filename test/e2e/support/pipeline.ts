import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../../..');

/** Processes that were started here and run, each with its end. */
const running = new Map<ChildProcess, Promise<unknown>>();

/** Ends every pipeline that was started here with SIGKILL, also while it is starting; nothing of them writes afterwards. */
export async function endPipelines(): Promise<void> {
  while (running.size > 0) {
    for (const child of running.keys()) child.kill('SIGKILL');
    await Promise.all(running.values());
  }
}

export interface Health {
  readonly status: string;
  readonly endpoints: { readonly sqs: string; readonly secretsManager: string; readonly graph: string };
  readonly queues: { readonly events: string; readonly deadLetters: string };
  readonly configuration: { readonly file: string | null; readonly datasetId?: string };
}

export interface Pipeline {
  readonly url: string;
  readonly health: Health;
  /** Everything printed so far, on both streams. */
  output(): string;
  /** @returns the exit code */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

export interface PipelineOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly stateDirectory: string;
}

/** Runs `npm start`'s command as a user would and waits until it is healthy. */
export async function startPipeline({ env = {}, port, stateDirectory }: PipelineOptions): Promise<Pipeline> {
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, ['--import', './build/require-node.mjs', 'local/start.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: String(chosen), LOCAL_STATE_DIRECTORY: stateDirectory, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const exited = new Promise<number | null>((done) => {
    child.once('exit', (code) => {
      running.delete(child);
      done(code);
    });
  });
  running.set(child, exited);
  const url = `http://127.0.0.1:${chosen}`;
  try {
    const health = await waitForHealth(url, child);
    return {
      url,
      health,
      output: () => printed.join(''),
      stop() {
        child.kill('SIGTERM');
        return exited;
      },
      async kill() {
        child.kill('SIGKILL');
        await exited;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${error}\n${printed.join('')}`);
  }
}

async function waitForHealth(url: string, child: ChildProcess): Promise<Health> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
    const response = await fetch(`${url}/health`).catch(() => undefined);
    if (response?.status === 200) return (await response.json()) as Health;
    await sleep(100);
  }
  throw new Error('npm start did not become healthy within 60 seconds');
}

export const freePort = (): Promise<number> =>
  new Promise((resolvePort) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolvePort(port));
    });
  });

export function temporaryDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'pipeline-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Waits for something that other processes bring about. @throws Error naming what did not happen in time */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  withinMs = 45_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await sleep(50);
  }
}
