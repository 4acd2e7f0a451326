import { statSync, unwatchFile, watchFile } from 'node:fs';
import type { Config } from '../../shared/config/config.ts';
import type { ConfigurationProblem, Reading } from './reading.ts';

export interface WatchOptions {
  /** Configuration that runs now. */
  readonly config: Config;
  readonly files: readonly string[];
  /** Epoch milliseconds; what changed since then was not seen by the first reading. */
  readonly since: number;
  /** Never rejects. */
  readonly read: (signal: AbortSignal) => Promise<Reading>;
  /** Makes another configuration run. May reject, and then what ran before must run still. */
  readonly apply: (config: Config) => Promise<void>;
  /** Told of each problem once, however often the file is saved with it. What ran before goes on. */
  readonly onProblem: (problem: ConfigurationProblem) => void;
  /** The files say again what runs already, after a problem. */
  readonly onMended: () => void;
}

export interface ConfigurationWatch {
  /** Ends what is under way, and watches nothing any more. */
  close(): Promise<void>;
}

/** Files are looked at, not listened to: that survives replaced files and folders, and works on mounts of every kind. */
const lookEveryMs = 200;
/** Editors write in several steps, and tools several files. */
const settledAfterMs = 100;

/** Reads a configuration again whenever one of its files changes, and has it applied when it says something else. */
export function watchConfiguration(options: WatchOptions): ConfigurationWatch {
  const { read, apply, onProblem, onMended } = options;
  const watched = new Set<string>();
  const closed = new AbortController();
  let running = JSON.stringify(options.config);
  let reported: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let checking: Promise<void> = Promise.resolve();

  function changed(): void {
    clearTimeout(timer);
    if (closed.signal.aborted) return;
    timer = setTimeout(() => {
      checking = checking.then(check);
    }, settledAfterMs);
  }

  async function check(): Promise<void> {
    if (closed.signal.aborted) return;
    const startedAt = Date.now();
    const reading = await read(closed.signal);
    if (closed.signal.aborted) return;
    watch(reading.files, startedAt);
    if ('problem' in reading) return tell(reading.problem);
    const next = JSON.stringify(reading.config);
    if (next === running) {
      if (reported !== undefined) onMended();
      reported = undefined;
      return;
    }
    try {
      await apply(reading.config);
      running = next;
      reported = undefined;
    } catch (error) {
      if (!closed.signal.aborted) tell({ title: `The new configuration could not be started: ${error}`, issues: [] });
    }
  }

  function tell(problem: ConfigurationProblem): void {
    const text = JSON.stringify(problem);
    if (text !== reported) onProblem(problem);
    reported = text;
  }

  /** Files are only ever added: one that is imported no more may be so again. */
  function watch(files: readonly string[], since: number): void {
    for (const file of files) {
      if (watched.has(file)) continue;
      watched.add(file);
      watchFile(file, { interval: lookEveryMs, persistent: false }, changed);
      const { mtimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
      if (mtimeMs > since) changed();
    }
  }

  watch(options.files, options.since);
  return {
    async close() {
      closed.abort();
      clearTimeout(timer);
      for (const file of watched) unwatchFile(file, changed);
      await checking;
    },
  };
}
