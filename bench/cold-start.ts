import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildBundles, bundleText } from '../build/bundles.ts';
import { writeBundles } from '../build/write-bundles.ts';
import config from '../config/local.ts';
import { median } from './measure.ts';

export interface ColdStart {
  readonly name: string;
  /** Loaded at the start, and with all that may be loaded later. */
  readonly startBytes: number;
  readonly totalBytes: number;
  /** Median of the CPU that the import takes in a fresh process, in milliseconds. */
  readonly cpuMs: number;
  readonly leastCpuMs: number;
}

interface Subject {
  readonly name: string;
  readonly startBytes: number;
  readonly totalBytes: number;
  /** Of its bundle. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Cost of a queue's client by itself: the least that a function with the AWS SDK inside can load. */
const bareClient = `
  import { SQSClient, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
  export const client = new SQSClient({});
  export const handler = (input) => client.send(new SendMessageBatchCommand(input));
`;

/** Imports every bundle in fresh processes, in turn, beside an empty module and the bundle of a bare SQS client. */
export async function measureColdStart(root: string, runs: number): Promise<ColdStart[]> {
  await using secrets = await startSecrets();
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const bundles = await buildBundles(root);
    writeBundles(directory, bundles, config);
    const others = [
      { name: 'empty module', contents: '' },
      { name: 'bare SQS client', contents: await bundleText(root, bareClient, false) },
      { name: 'bare SQS client, our plugins', contents: await bundleText(root, bareClient, true) },
    ].map(({ name, contents }) => {
      mkdirSync(join(directory, name));
      writeFileSync(join(directory, name, 'index.mjs'), contents);
      const bytes = Buffer.byteLength(contents);
      return { name, startBytes: bytes, totalBytes: bytes };
    });
    const functions = bundles.map(({ name, startBytes, totalBytes }) => ({ name, startBytes, totalBytes }));
    const recording = functions.filter(({ name }) => name === 'ingest' || name === 'deliver');
    const subjects: Subject[] = [
      ...[...others, ...functions].map((subject) => ({ ...subject, folder: subject.name, env: {} })),
      ...recording.map((subject) => ({
        ...subject,
        folder: subject.name,
        name: `${subject.name}, with the record`,
        env: recordOn(secrets.url),
      })),
    ];
    const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
    for (let run = 0; run < runs; run++) {
      for (const { name, folder, env } of subjects) {
        times.get(name)?.push(await cpuMsOf(join(directory, folder, 'index.mjs'), env));
      }
    }
    return subjects.map(({ name, startBytes, totalBytes }) => {
      const all = times.get(name) ?? [];
      return { name, startBytes, totalBytes, cpuMs: median(all), leastCpuMs: Math.min(...all) };
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const importAndTell = `
  const before = process.cpuUsage();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);
  process.exit(0);
`;

async function cpuMsOf(file: string, settings: NodeJS.ProcessEnv): Promise<number> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', importAndTell, file], {
    env: {
      PATH: process.env['PATH'],
      AWS_REGION: 'us-east-1',
      EVENTS_QUEUE_URL: 'http://127.0.0.1:1/events',
      DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:1/dead-letters',
      ...settings,
    },
  });
  return Number(stdout);
}

const run = promisify(execFile);

/** Settings of a function that keeps the record, whose secret it reads as it starts. */
const recordOn = (secretsUrl: string): NodeJS.ProcessEnv => ({
  RECORD_LEVEL: 'receipts',
  RECORD_STREAM: 'record',
  RECORD_SECRET: 'record',
  AWS_ENDPOINT_URL: secretsUrl,
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
});

/** Answers as Secrets Manager does, on this machine. */
async function startSecrets(): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ SecretString: 'bench-secret' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
