import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { StandInCounts } from './graph-stand-in.ts';

export interface StandIn extends AsyncDisposable {
  readonly url: string;
  /** Counts since the last call. */
  counts(): Promise<StandInCounts>;
  /** Answers as if Meta were down, until it is opened. */
  close(): Promise<void>;
  open(): Promise<void>;
}

/** Starts a Graph API stand-in in a process of its own, which answers after `latencyMs`. */
export async function startStandIn(latencyMs: number): Promise<StandIn> {
  const child: ChildProcess = fork(resolve(import.meta.dirname, 'graph-stand-in.ts'), [String(latencyMs)]);
  const [port] = (await once(child, 'message')) as [number];
  const url = `http://127.0.0.1:${port}`;
  const ask = async (path: string): Promise<unknown> => (await fetch(url + path)).json();
  return {
    url,
    counts: async () => (await ask('/counts')) as StandInCounts,
    close: async () => void (await ask('/close')),
    open: async () => void (await ask('/open')),
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
