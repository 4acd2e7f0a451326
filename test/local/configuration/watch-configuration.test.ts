import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { watchConfiguration } from '../../../local/configuration/watch-configuration.ts';
import type { Reading } from '../../../local/configuration/reading.ts';
import type { Config } from '../../../shared/config/config.ts';

/** As good as another: only whether it differs matters here. */
const configOf = (name: string): Config => ({
  sources: { [name]: { writeKeyHashes: [], destinations: [] } },
  destinations: {},
});
const nameOf = ({ sources }: Config): string => Object.keys(sources)[0] ?? '';

/** Watches a file whose text is the name of its configuration, or a problem if it begins with a question mark. */
function watching({ apply = async () => {} }: { apply?: (config: Config) => Promise<void> } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'watch-'));
  const file = join(folder, 'config.ts');
  const log: string[] = [];
  const state = { reading: (): Reading => ({ config: configOf('first'), files: [file] }), reads: 0 };
  const says = (text: string, ...files: string[]): void => {
    state.reading = () =>
      text.startsWith('?')
        ? { problem: { title: text, issues: [] }, files: [file, ...files] }
        : { config: configOf(text), files: [file, ...files] };
  };
  writeFileSync(file, 'first');
  const watch = watchConfiguration({
    config: configOf('first'),
    files: [file],
    since: Date.now() + 1_000,
    async read() {
      state.reads++;
      return state.reading();
    },
    async apply(config) {
      await apply(config);
      log.push(`applied ${nameOf(config)}`);
    },
    onProblem: ({ title }) => log.push(`problem ${title}`),
    onMended: () => log.push('mended'),
  });
  onTestFinished(async () => {
    await watch.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    ...{ folder, file, log, state, watch, says },
    save(text: string) {
      says(text);
      writeFileSync(file, `${text} ${state.reads}`);
    },
    /** Waits until the log is this, and then a while for what should not come. */
    async becomes(...expected: string[]) {
      await vi.waitFor(() => expect(log).toEqual(expected), { timeout: 5_000, interval: 20 });
    },
    /** Long enough to see a change and read it. */
    settle: () => sleep(700),
  };
}

describe('watchConfiguration', () => {
  it('applies what a file says when it changes', async () => {
    const { save, becomes } = watching();

    await sleep(300);
    save('second');

    await becomes('applied second');
  });

  it('sees a file that is replaced, as many editors write it', async () => {
    const { file, folder, says, becomes } = watching();
    await sleep(300);
    for (const name of ['second', 'third']) {
      says(name);
      writeFileSync(join(folder, 'new'), name);
      renameSync(join(folder, 'new'), file);
      await becomes(...['applied second', 'applied third'].slice(0, name === 'second' ? 1 : 2));
    }
  });

  it('sees a file come back with its whole folder', async () => {
    const { file, folder, says, becomes, log } = watching();
    await sleep(300);
    says('?gone');
    rmSync(folder, { recursive: true });
    await becomes('problem ?gone');
    says('second');
    mkdirSync(folder);
    writeFileSync(file, 'second');

    await vi.waitFor(() => expect(log).toContain('applied second'), { timeout: 5_000 });
  });

  it('reads once for a burst of changes', async () => {
    const { save, becomes, state, settle } = watching();
    await sleep(300);
    for (const name of ['a', 'b', 'c', 'd']) {
      save(name);
      await sleep(10);
    }
    await becomes('applied d');
    await settle();

    expect(state.reads).toBeLessThanOrEqual(2);
  });

  it('follows a file that is imported only since a change, and one that is missing yet', async () => {
    const { folder, save, says, becomes } = watching();
    const imported = join(folder, 'mappings.ts');
    await sleep(300);
    save('?no mappings.ts');
    says('?no mappings.ts', imported);
    await becomes('problem ?no mappings.ts');
    says('second', imported);
    writeFileSync(imported, 'second');

    await becomes('problem ?no mappings.ts', 'applied second');
  });

  it('applies nothing when the configuration is the same', async () => {
    const { save, settle, log, state } = watching();
    await sleep(300);
    save('first');
    await settle();

    expect(state.reads).toBe(1);
    expect(log).toEqual([]);
  });

  it('tells a problem once, and when it is gone', async () => {
    const { save, becomes, settle } = watching();
    await sleep(300);
    save('?wrong');
    await becomes('problem ?wrong');
    save('?wrong');
    await settle();
    save('?otherwise');
    await becomes('problem ?wrong', 'problem ?otherwise');
    save('first');
    await becomes('problem ?wrong', 'problem ?otherwise', 'mended');
    save('second');
    await becomes('problem ?wrong', 'problem ?otherwise', 'mended', 'applied second');
  });

  it('tells when a configuration cannot be started, and tries the next', async () => {
    const { save, becomes } = watching({
      apply: async (config) => {
        if (nameOf(config) === 'second') throw new Error('deliver: no memory');
      },
    });
    await sleep(300);
    save('second');
    const problem = 'problem The new configuration could not be started: Error: deliver: no memory';
    await becomes(problem);
    save('third');

    await becomes(problem, 'applied third');
  });

  it('sees a change from before it began to watch', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'watch-'));
    const file = join(folder, 'config.ts');
    const since = Date.now() - 1_000;
    writeFileSync(file, 'second');
    const applied: string[] = [];
    const watch = watchConfiguration({
      ...{ config: configOf('first'), files: [file], since },
      read: async () => ({ config: configOf('second'), files: [file] }),
      apply: async (config) => void applied.push(nameOf(config)),
      onProblem: () => {},
      onMended: () => {},
    });
    onTestFinished(async () => {
      await watch.close();
      rmSync(folder, { recursive: true });
    });

    await vi.waitFor(() => expect(applied).toEqual(['second']), { timeout: 5_000 });
  });

  it('finishes what it applies when it is closed, and sees nothing any more', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { save, watch, log, settle, state } = watching({ apply: () => promise });
    await sleep(300);
    save('second');
    await vi.waitFor(() => expect(state.reads).toBe(1), { timeout: 5_000 });
    const closed = watch.close();
    resolve();
    await closed;
    save('third');
    await settle();

    expect(log).toEqual(['applied second']);
    expect(state.reads).toBe(1);
  });
});
