import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { StateFileError } from './state-file-error.ts';

const held = new Set<string>();

/**
 * Claims a file for this process by writing its pid beside it; a claim whose process is dead counts for nothing.
 *
 * @returns gives the claim up
 * @throws StateFileError when another living process, or this one, holds it
 */
export function lockFile(file: string): () => void {
  const lock = `${file}.lock`;
  const owner = ownerOf(lock);
  // A container restarts with the same small pids, so our own pid alone proves nothing.
  const taken = owner === process.pid ? held.has(lock) : owner !== undefined && isAlive(owner);
  if (taken) {
    throw new StateFileError(
      `${file} is in use by process ${owner}. Stop it, or remove ${lock} if it is something else.`,
    );
  }
  if (owner !== undefined) rmSync(lock, { force: true });
  writeFileSync(lock, String(process.pid), { flag: 'wx' });
  held.add(lock);
  return () => {
    held.delete(lock);
    rmSync(lock, { force: true });
  };
}

function ownerOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
