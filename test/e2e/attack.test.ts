import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

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
