import type { Effects } from './rollback.ts';
import { type DeployedFunction, versionsToForget } from './versions.ts';

/** Versions of each function that stay after a deployment: as many as somebody may want to go back. */
export const keptVersions = 5;

/**
 * Removes versions that nobody goes back to any more: all but the newest few, what is live, and what a rollback would take. Their code
 * counts against the 75 GB that Lambda stores for an account. Never fails: a deployment that is done is no worse for it.
 *
 * @returns lines that say what was done, or why not
 */
export async function tidyVersions({ find, forget }: Pick<Effects, 'find' | 'forget'>): Promise<readonly string[]> {
  const lines: string[] = [];
  try {
    for (const fn of await find()) {
      const removed: number[] = [];
      for (const version of unneeded(fn)) if (await isRemoved(() => forget(fn.name, version))) removed.push(version);
      if (removed.length > 0) lines.push(`${fn.role}: removed version ${removed.join(', ')}`);
    }
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown error';
    lines.push(
      `Old versions could not be removed (${name}); the deployment is not touched by it.`,
      '→ Give the credentials lambda:ListFunctions, GetAlias, ListVersionsByFunction and DeleteFunction, or remove them with `npm run rollback -- --env <environment> --keep 5`.',
    );
  }
  return lines;
}

/** @returns false for a version that somebody's own alias points to: Lambda keeps it */
async function isRemoved(remove: () => Promise<void>): Promise<boolean> {
  try {
    await remove();
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceConflictException') return false;
    throw error;
  }
}

function unneeded(fn: DeployedFunction): readonly number[] {
  // CodeDeploy may turn back to any of the two that it moves traffic between.
  if (fn.shifting) return [];
  const before = fn.versions.findLast(({ number }) => number < fn.live)?.number;
  return versionsToForget(fn, keptVersions).filter((number) => number !== before);
}
