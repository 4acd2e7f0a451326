import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Runs `npm run chaos`'s command. */
async function chaos(...options: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['test/chaos/cli.ts', ...options], { cwd: root });
  const printed: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, output: printed.join('') };
}

describe('npm run chaos', () => {
  it('accounts for every event when everything goes wrong at once', async () => {
    const { code, output } = await chaos('--events', '1200', '--outage-seconds', '3', '--timeout', '45');

    expect(output).toMatch(/balance +0\n/);
    expect(output).toMatch(/dead +4 {2}meta_rejected 100\/2804019\n +dead +8 {2}meta_rejected 100\/2804050\n/);
    // Faults that the steps of the run wait for: they cannot be missing by chance.
    for (const fault of ['killAfter', 'killBefore', 'outage', 'silence', 'deadToken', 'queueDown']) {
      expect(output).toMatch(new RegExp(`faults: .*\\b${fault} [1-9]`));
    }
    expect(output).toContain('\nBALANCED\n');
    expect(code).toBe(0);
  });

  it('notices an event that is lost on purpose, and names it', async () => {
    const { code, output } = await chaos('--scenario', 'outage', '--events', '300', '--outage-seconds', '1', '--leak');

    expect(output).toMatch(/balance +1\n/);
    expect(output).toMatch(/OFF: main good-\d{6} missing: not delivered\n/);
    expect(output).toContain('NOT BALANCED: off by 1\n');
    expect(code).toBe(1);
  });

  it('isolates bad events with few requests', async () => {
    const { code, output } = await chaos('--scenario', 'isolation');

    expect(output.match(/^BALANCED$/gm)).toHaveLength(3);
    expect(code).toBe(0);
  });

  it('says what is wrong with an option', async () => {
    const { code, output } = await chaos('--events', 'many');

    expect(output).toContain('--events');
    expect(code).toBe(2);
  });
});
