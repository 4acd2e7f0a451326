import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StateFileError } from './state-file-error.ts';

/**
 * Makes a folder, and those above it, for its owner only. One that is there already stays as it is.
 *
 * @throws StateFileError saying which folder stands in the way, and why
 */
export function makeFolder(folder: string): void {
  const nearest = nearestThere(resolve(folder));
  const reason = reasonAgainst(nearest);
  if (reason !== undefined) throw new StateFileError(`${folder} cannot be used: ${nearest} ${reason}.`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    // Some file systems let everybody in and then take nothing; the system's own reason is about a path of its own then.
    throw new StateFileError(`${folder} cannot be used: ${nearest} takes no folder of ours.`, { cause: error });
  }
}

function nearestThere(folder: string): string {
  for (let nearest = folder; ; nearest = dirname(nearest)) {
    if (nearest === dirname(nearest) || statSync(nearest, { throwIfNoEntry: false }) !== undefined) return nearest;
  }
}

/** By the code of the system's error. */
const reasons: Readonly<Record<string, string>> = {
  EROFS: 'is read-only',
  EACCES: 'may not be written to by this user',
  EPERM: 'may not be written to by this user',
};

function reasonAgainst(folder: string): string | undefined {
  if (!statSync(folder).isDirectory()) return 'is a file, not a folder';
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return reasons[code] ?? `cannot be written to (${message})`;
  }
}
