import { randomUUID } from 'node:crypto';
import { linkSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { StateFileError } from './state-file-error.ts';

const held = new Set<string>();

/** Who holds a lock: a process, and when it started, since pids are used again. */
interface Owner {
  readonly pid: number;
  /** In the system's own ticks since it booted, and the boot it means; undefined where the system does not say. */
  readonly startedAt: string | undefined;
}

/**
 * Claims a file for this process by writing who it is beside it. A claim counts for nothing once its process has ended,
 * even if nobody has collected it yet or another process has its pid by now.
 *
 * @returns gives the claim up
 * @throws StateFileError when another living process, or this one, holds it
 */
export function lockFile(file: string): () => void {
  const lock = `${file}.lock`;
  const text = readLock(lock);
  const owner = text === undefined ? undefined : parseOwner(text);
  if (owner !== undefined && (isSelf(owner) ? held.has(lock) : isRunning(owner))) {
    throw new StateFileError(
      `${file} is in use by process ${owner.pid}. Stop it, or remove ${lock} if it is something else.`,
    );
  }
  if (text !== undefined) removeStale(lock, text);
  claim(file, lock);
  held.add(lock);
  return () => {
    held.delete(lock);
    rmSync(lock, { force: true });
  };
}

/** Written whole before it has its name, so that nobody reads a half of it. */
function claim(file: string, lock: string): void {
  const draft = `${lock}.${process.pid}.${randomUUID().slice(0, 8)}`;
  const text = `${process.pid} ${startOf(process.pid)}`;
  try {
    writeFileSync(draft, text, { flag: 'wx', mode: 0o600 });
    linkSync(draft, lock);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new StateFileError(`${file} was taken by another process a moment ago. Start again.`);
    // Some file systems have no links.
    if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(code)) throw error;
    writeFileSync(lock, text, { flag: 'wx', mode: 0o600 });
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes away the lock that was read, and no other: somebody else may have found it stale and put theirs there since. */
function removeStale(lock: string, text: string): void {
  const aside = `${lock}.${randomUUID().slice(0, 8)}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== text) linkSync(aside, lock);
  rmSync(aside, { force: true });
}

function readLock(lock: string): string | undefined {
  if (lstatSync(lock, { throwIfNoEntry: false })?.isDirectory()) {
    throw new StateFileError(`${lock} is a folder where a file is expected. Remove it if it is nobody's.`);
  }
  try {
    return readFileSync(lock, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Undefined for anything that is no claim, such as a file that a full disk left empty. */
function parseOwner(text: string): Owner | undefined {
  const [pid, startedAt] = text.trim().split(' ');
  const number = Number(pid);
  return Number.isSafeInteger(number) && number > 0 ? { pid: number, startedAt: startedAt || undefined } : undefined;
}

// A container restarts with the same small pids, so our own pid alone proves nothing.
const isSelf = ({ pid, startedAt }: Owner): boolean =>
  pid === process.pid && (startedAt === undefined || startedAt === startOf(pid));

function isRunning({ pid, startedAt }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const stat = statOf(pid);
  if (stat === undefined) return true;
  const isZombie = stat.state === 'Z' || stat.state === 'X';
  return !isZombie && (startedAt === undefined || startedAt === startOf(pid));
}

/** When a process started, told apart from every other start on this machine; empty where the system does not say. */
function startOf(pid: number): string {
  const stat = statOf(pid);
  return stat === undefined ? '' : `${stat.startTicks}@${bootId()}`;
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function statOf(pid: number): { readonly state: string; readonly startTicks: string } | undefined {
  const text = readOptional(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The second field is the command in brackets, and may hold anything, brackets and spaces too.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTicks: fields[19] ?? '' };
}

const bootId = (): string => readOptional('/proc/sys/kernel/random/boot_id')?.trim() ?? '';

function readOptional(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
