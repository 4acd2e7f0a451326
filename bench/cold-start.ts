import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
}

/** Cost of a queue's client by itself: the least that a function with the AWS SDK inside can load. */
const bareClient = `
  import { SQSClient, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
  export const client = new SQSClient({});
  export const handler = (input) => client.send(new SendMessageBatchCommand(input));
`;

/** Imports every bundle in fresh processes, in turn, beside an empty module and the bundle of a bare SQS client. */
export async function measureColdStart(root: string, runs: number): Promise<ColdStart[]> {
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
    const subjects = [
      ...others,
      ...bundles.map(({ name, startBytes, totalBytes }) => ({ name, startBytes, totalBytes })),
    ];
    const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
    for (let run = 0; run < runs; run++) {
      for (const { name } of subjects) times.get(name)?.push(cpuMsOf(join(directory, name, 'index.mjs')));
    }
    return subjects.map((subject) => ({ ...subject, cpuMs: median(times.get(subject.name) ?? []) }));
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

function cpuMsOf(file: string): number {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', importAndTell, file], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      AWS_REGION: 'us-east-1',
      EVENTS_QUEUE_URL: 'http://127.0.0.1:1/events',
      DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:1/dead-letters',
    },
  });
  if (status !== 0) throw new Error(`${file} could not be loaded: ${stderr}`);
  return Number(stdout);
}
