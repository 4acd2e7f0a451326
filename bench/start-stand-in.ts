import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { StandInCounts } from './graph-stand-in.ts';

export interface StandIn extends AsyncDisposable {
  readonly url: string;
  /** Counts since the last call. */
  counts(): Promise<StandInCounts>;
}

/** Starts a Graph API stand-in in a process of its own, which answers after `latencyMs`. */
export async function startStandIn(latencyMs: number): Promise<StandIn> {
  const child: ChildProcess = fork(resolve(import.meta.dirname, 'graph-stand-in.ts'), [String(latencyMs)]);
  const [port] = (await once(child, 'message')) as [number];
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    counts: async () => (await (await fetch(`${url}/counts`)).json()) as StandInCounts,
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
