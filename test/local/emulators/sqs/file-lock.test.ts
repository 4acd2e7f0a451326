import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockFile } from '../../../../local/emulators/sqs/file-lock.ts';

let directory: string;
let file: string;
let lock: string;
const cleanups: (() => unknown)[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(directory, 'queues.jsonl');
  lock = `${file}.lock`;
});
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
  rmSync(directory, { recursive: true });
});

const isLinux = existsSync('/proc/self/stat');

/** A process that lives until the test ends. */
function living(): number {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  cleanups.push(() => child.kill('SIGKILL'));
  return child.pid ?? 0;
}

/** A process that has ended and that its parent, which lives on, never collects. */
async function zombie(): Promise<number> {
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  cleanups.push(() => parent.kill('SIGKILL'));
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(String(line));
  await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /), { timeout: 10_000 });
  return pid;
}

describe('lockFile', () => {
  it('is given up, and leaves nothing behind', () => {
    const unlock = lockFile(file);
    expect(readdirSync(directory)).toEqual(['queues.jsonl.lock']);
    unlock();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('refuses what a living process holds', () => {
    const pid = living();
    writeFileSync(lock, `${pid}`);
    expect(() => lockFile(file)).toThrow(`in use by process ${pid}`);
    expect(readFileSync(lock, 'utf8')).toBe(`${pid}`);
  });

  // stellar/stellar-core#883 and tenzir/tenzir#2526: after a crash and a reboot somebody else has the pid.
  it.skipIf(!isLinux)('takes over from a process whose pid another one has by now', () => {
    writeFileSync(lock, `${living()} 1@00000000-0000-0000-0000-000000000000`);
    lockFile(file)();
    expect(existsSync(lock)).toBe(false);
  });

  it.skipIf(!isLinux)('takes over from a process that ended and that nobody collected', async () => {
    writeFileSync(lock, `${await zombie()}`);
    lockFile(file)();
    expect(existsSync(lock)).toBe(false);
  });

  // stellar/stellar-core#652: in a container, the run before had the same pid.
  it.each([
    { title: 'a process that is gone', text: '4194303 1@x' },
    { title: 'a run before this one that had the same pid', text: `${process.pid}` },
    { title: 'nobody, as a full disk leaves it', text: '' },
    { title: 'no process', text: 'not a pid' },
  ])('takes over from $title', ({ text }) => {
    writeFileSync(lock, text);
    const unlock = lockFile(file);
    expect(readFileSync(lock, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    unlock();
  });

  it('says that a folder is in its place', () => {
    mkdirSync(lock);
    expect(() => lockFile(file)).toThrow(`${lock} is a folder`);
  });
});
