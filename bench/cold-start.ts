import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildBundles } from '../build/bundles.ts';
import { writeBundles } from '../build/write-bundles.ts';
import config from '../config/local.ts';

const runs = 9;

/** CPU time that importing each bundle takes in a fresh process, the least of some runs. */
export async function coldStart(root: string): Promise<{ name: string; cpuMs: number; emptyMs: number }[]> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const bundles = await buildBundles(root);
    writeBundles(directory, bundles, config);
    writeFileSync(join(directory, 'empty.mjs'), '');
    const emptyMs = leastCpuMs(join(directory, 'empty.mjs'));
    return bundles.map(({ name }) => ({ name, cpuMs: leastCpuMs(resolve(directory, name, 'index.mjs')), emptyMs }));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const measure = `
  const before = process.cpuUsage();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);
  process.exit(0);
`;

function leastCpuMs(file: string): number {
  const times = Array.from({ length: runs }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', measure, file], {
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
  });
  return Math.round(Math.min(...times));
}
