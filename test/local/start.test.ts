import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs `npm start`'s command, which is expected to end by itself. */
function start(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['local/start.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', LOCAL_STATE_DIRECTORY: folder, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  return new Promise<{ code: number | null; lines: string[] }>((done) => {
    child.once('close', (code) => done({ code, lines: errors.trimEnd().split('\n') }));
  });
}

describe('npm start, when it cannot', () => {
  it('says that another process has its folder', async () => {
    const bundles = join(folder, 'bundles');
    writeFileSync(`${bundles}.lock`, String(process.pid));

    expect(await start({})).toEqual({
      code: 1,
      lines: [
        `${bundles} is in use by process ${process.pid}. Stop it, or remove ${bundles}.lock if it is something else.`,
        "Or keep this run's queues in another folder: LOCAL_STATE_DIRECTORY=… npm start",
      ],
    });
  });

  it.each([
    { title: 'its folder is a file', below: [], reason: 'is a file, not a folder' },
    { title: 'its folder would be in a file', below: ['deep', 'er'], reason: 'is a file, not a folder' },
  ])('says that $title', async ({ below, reason }) => {
    const file = join(folder, 'state');
    writeFileSync(file, '');
    const wanted = join(file, ...below);

    expect(await start({ LOCAL_STATE_DIRECTORY: wanted })).toEqual({
      code: 1,
      lines: [
        `${wanted} cannot be used: ${file} ${reason}.`,
        expect.stringContaining('LOCAL_STATE_DIRECTORY=… npm start'),
      ],
    });
  });

  // Root may write anywhere but where the system itself says no.
  it.skipIf(!existsSync('/proc/sys'))('says why its folder cannot be written to', async () => {
    const { code, lines } = await start({ LOCAL_STATE_DIRECTORY: '/proc/sys/state' });
    expect(code).toBe(1);
    expect(lines[0]).toMatch(
      /^\/proc\/sys\/state cannot be used: \/proc\/sys (is read-only|may not be written to|takes no)/,
    );
  });

  it('names a configuration that cannot be loaded', async () => {
    expect(await start({ CONFIG: join(folder, 'nope.ts') })).toMatchObject({
      code: 1,
      lines: [expect.stringContaining('nope.ts cannot be loaded'), expect.stringContaining('Cannot find module')],
    });
  });
});
