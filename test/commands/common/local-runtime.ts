import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { type AwsServerOptions, startAwsServer } from '../../../local/emulators/aws/aws-server.ts';
import { type GraphApiOptions, startGraphApi } from '../../../local/graph-stand-in/graph-api.ts';
import type { CommandEffects } from '../../../commands/kit/effects.ts';
import { ensureQueues } from '../../../local/runtime/queues.ts';
import { secretsClient } from '../../local/emulators/aws-fixture.ts';

export const root = resolve(import.meta.dirname, '../../..');
export const secretName = 'conversions/local/main';
export const now = new Date('2026-11-22T12:00:00Z');

export type LocalRuntime = Awaited<ReturnType<typeof startLocalRuntime>>;

/** Writes a configuration as a file that `CONFIG` can name. The folder goes when the process ends. */
export function configFile(config: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'config.mjs');
  writeFileSync(file, `export default ${JSON.stringify(config)};`);
  return file;
}

/**
 * Starts what `npm start` offers to commands, without its functions: queues, a secret, the Graph stand-in, `/health`.
 */
export async function startLocalRuntime({
  token = 'local-token',
  graph: graphOptions,
  aws: awsOptions,
  configuration = { file: null, datasetId: '1234567890123456' },
}: {
  /** In the secret; null leaves it out. */
  readonly token?: string | null;
  readonly graph?: Partial<GraphApiOptions>;
  readonly aws?: AwsServerOptions;
  /** Configuration that it runs; the file is null for `config/local.ts`. */
  readonly configuration?: { readonly file: string | null; readonly datasetId: string };
} = {}) {
  const aws = await startAwsServer(awsOptions);
  const queues = ensureQueues(aws);
  if (token !== null) aws.secrets.put(secretName, token);
  const graph = await startGraphApi({
    accepts: (each) => each.startsWith('local-token'),
    now: () => now,
    ...graphOptions,
  });
  const health = createServer((_, response) => {
    response.setHeader('connection', 'close');
    const endpoints = { sqs: aws.url, secretsManager: aws.url, graph: graph.url };
    response.end(JSON.stringify({ status: 'ok', endpoints, queues, configuration }));
  });
  await new Promise<void>((done) => health.listen(0, '127.0.0.1', done));
  const port = String((health.address() as AddressInfo).port);
  const secrets = secretsClient(aws.url);
  return {
    aws,
    graph,
    queues,
    secrets,
    port,
    /** Effects for a command, and what it wrote. */
    effects: (more: Partial<CommandEffects> = {}) => {
      const out: string[] = [];
      const err: string[] = [];
      const effects: CommandEffects = {
        env: { PORT: port },
        root,
        fetch,
        clock: () => now,
        input: Readable.from([]),
        prompt: () => {},
        stopped: new AbortController().signal,
        out: (line) => out.push(line),
        err: (line) => err.push(line),
        ...more,
      };
      return { effects, out: () => out.join('\n'), err: () => err.join('\n') };
    },
    async close() {
      secrets.destroy();
      await new Promise((done) => health.close(done));
      await graph.close();
      await aws.close();
    },
  };
}
