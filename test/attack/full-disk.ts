import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startPipeline } from '../e2e/support/pipeline.ts';
import type { Round } from './round.ts';
import { order, sendBatch, sendUntilTaken, until } from './send.ts';

/** A pipeline whose state is on a disk of a few megabytes: it says 503 when that is full, loses nothing, and goes on by itself. */
export const fullDisk: Round = async ({ graph, short, stateDirectory }) => {
  const disk = `${stateDirectory}-disk`;
  mkdirSync(disk, { recursive: true });
  if (!mount(disk)) return { figures: ['left out: this user may not mount a small disk'], breaches: [] };
  // Who interrupts the attack must not be left with a disk that nobody knows of; the folder that it is in goes after it.
  const leave = (): void => unmount(disk);
  process.prependOnceListener('exit', leave);
  try {
    const pipeline = await startPipeline({
      port: await freePort(),
      stateDirectory: join(disk, 'state'),
      env: { GRAPH_API_URL: graph.url, CONFIG: 'test/attack/config.ts', WRITE_KEY: 'server-key' },
    });
    try {
      const accepted: string[] = [];
      const refused = new Map<number, number>();
      const requests = short ? 100 : 400;
      for (let n = 0; n < requests; n++) {
        const batch = Array.from({ length: 100 }, (_, each) => order(`disk-${n}-${each}`));
        const { status } = await sendBatch(pipeline.url, 'server-key', batch);
        if (status === 200) accepted.push(...batch.map(({ messageId }) => String(messageId)));
        else refused.set(status, (refused.get(status) ?? 0) + 1);
      }
      await until(() => accepted.every((id) => graph.stored.has(id)), 60_000);
      const lost = accepted.filter((id) => !graph.stored.has(id)).length;
      const afterwards = await sendUntilTaken(pipeline.url, 'server-key', [order('disk-afterwards')]);
      const others = [...refused.keys()].filter((status) => status !== 503);
      return {
        figures: [
          `${accepted.length} events answered 200 on a disk of 3 MB, ${accepted.length - lost} delivered, ` +
            `503 × ${refused.get(503) ?? 0}; afterwards ${afterwards.at(-1)} after ${afterwards.length} tries`,
        ],
        breaches: [
          ...(lost > 0 ? [`${lost} events were answered 200 and lost`] : []),
          ...(others.length > 0 ? [`answers ${others.join(', ')}`] : []),
          ...(afterwards.at(-1) === 200 ? [] : ['it did not go on once there was room']),
        ],
      };
    } finally {
      await pipeline.stop();
    }
  } finally {
    process.off('exit', leave);
    unmount(disk);
  }
};

/** Even while files on it are open: the pipeline may still be ending. */
function unmount(directory: string): void {
  execFileSync('umount', ['--lazy', directory]);
}

function mount(directory: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', directory], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
