import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from './support/pipeline.ts';

const root = resolve(import.meta.dirname, '../..');

it('holds against the short attack: fuzz, hostile texts, poison, floods, kills and a full disk', () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', './build/require-node.mjs', 'test/attack/cli.ts', '--short'],
    { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'] } },
  );

  expect(stderr).toBe('');
  expect(stdout).toMatch(/fuzz: \d+ good events beside them accepted, \d+ delivered\n/);
  expect(stdout).not.toContain('NOT HELD');
  expect(stdout).toContain('seed 1: the pipeline held');
  expect(status).toBe(0);
}, 180_000);

it.each([
  // Before the pipeline is healthy, and under fire.
  { signal: 'SIGTERM', code: 143, until: 'starting' },
  { signal: 'SIGINT', code: 130, until: 'attacked' },
] as const)(
  'leaves no folder and no process behind when it is ended by $signal while it is $until',
  async ({ signal, code, until }) => {
    const folder = mkdtempSync(join(tmpdir(), 'interrupted-'));
    const attack = spawn(
      process.execPath,
      ['--import', './build/require-node.mjs', 'test/attack/cli.ts', '--only', 'flood', '--short'],
      { cwd: root, env: { PATH: process.env['PATH'], TMPDIR: folder }, stdio: 'ignore' },
    );
    const ended = once(attack, 'exit');
    const children = await eventually('the pipeline starts', () => {
      const state = globSync('*/state/queues.jsonl', { cwd: folder })[0];
      const isFar =
        until === 'starting' ? readdirSync(folder).length > 0 : state && statSync(join(folder, state)).size > 0;
      const pids = childrenOf(attack.pid);
      return isFar && pids.length > 0 ? pids : undefined;
    });

    attack.kill(signal);

    expect(await ended).toEqual([code, null]);
    expect(readdirSync(folder)).toEqual([]);
    expect(children.filter(isRunning)).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  60_000,
);

const childrenOf = (pid: number | undefined): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
