import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordFolder } from '../../local/runtime/local-record.ts';
import { findQueues, readQueue } from '../common/find-queues.ts';
import { namedQueues } from '../common/queue-options.ts';
import { withServices } from '../common/services.ts';
import { type Target, targetOf } from '../common/target-options.ts';
import type { CommandEffects } from '../kit/effects.ts';
import type { OptionValues } from '../kit/option.ts';
import { CommandError } from '../kit/report-errors.ts';
import { UsageError } from '../kit/usage-error.ts';
import type { eraseOptions } from './erase-options.ts';
import { type ErasedFiles, eraseFromFiles } from './erase-files.ts';
import { eraseFromLocalQueue, eraseFromQueue } from './erase-messages.ts';
import { stateDirectoryOf, withRecord } from './open-record.ts';
import { type PersonMatcher, personMatcher } from './person-matcher.ts';
import { readTimelines } from './read-timelines.ts';
import { localFiles, type RecordFiles } from './record-files.ts';
import { identifiersIn, wantedBy } from './selectors.ts';

/** Proof of an erasure, without anything that names the person. */
export interface Certificate {
  readonly certificate: string;
  readonly deployment: string;
  readonly erasedAt: string;
  readonly record: ErasedFiles;
  readonly deadLetters: { readonly events: number; readonly messages: number };
  readonly waiting: { readonly events: number; readonly messages: number };
  /** Messages that nobody could look into, since they wait for their time or are being worked on. */
  readonly notSeen: number;
  /** Events of the person that the record still has when it is asked again. */
  readonly found: number;
  readonly complete: boolean;
}

const rounds = 5;
const pauseMs = 1_000;

/** Erases, asks again, and repeats it until nothing is found. @throws UsageError, CommandError */
export async function runErase(
  { yes, wait, ...options }: OptionValues<typeof eraseOptions>,
  effects: CommandEffects,
): Promise<{ readonly result: Certificate; readonly failed: boolean }> {
  const identifiers = identifiersIn(options);
  if (identifiers.length === 0) throw new UsageError('name a person: --user-id, --anonymous-id, --email, --phone');
  const target = targetOf(options, effects);
  if (!yes && !(await confirmed(effects))) {
    throw new CommandError({ reason: 'Nothing was erased.', fix: 'Say yes, or give --yes.' });
  }
  const salt = saltOf(effects.root, [target.deployment, target.port, identifiers]);
  return withServices(target, async (services) => {
    const queues = namedQueues(options) ?? (await findQueues(services));
    const total = { record: nothing, deadLetters: noMessages, waiting: noMessages };
    let notSeen = 0;
    let found = 0;
    const until = Date.now() + wait * 1_000;
    for (let round = 1; round <= rounds || Date.now() < until; round++) {
      const pollSeconds = target.deployment === 'local' ? 0 : 1;
      const person = await withRecord(target, async ({ digest }) => personMatcher(identifiers, digest));
      const how = { pollSeconds, stopped: effects.stopped };
      const waiting = await (target.deployment === 'local'
        ? eraseFromLocalQueue(target.port, services.sqs, queues.events, person, effects.fetch)
        : eraseFromQueue(services.sqs, queues.events, person, how));
      const letters = await eraseFromQueue(services.sqs, queues.deadLetters, person, how);
      total.waiting = sum(total.waiting, waiting);
      total.deadLetters = sum(total.deadLetters, letters);
      const erased = await eraseRecord(target, person, salt.value, effects);
      total.record = sum(total.record, erased);
      const { inFlight, delayed } = await readQueue(services.sqs, queues.events);
      // On this machine every message can be seen.
      notSeen = target.deployment === 'local' ? 0 : inFlight + delayed;
      found = await askAgain(target, options, effects);
      const isDone = notSeen + found + waiting.failed + letters.failed === 0;
      // Receipts of what was under way come a moment later.
      const isQuiet = waiting.messages + letters.messages + erased.receipts === 0;
      if ((isDone && isQuiet && round > 1) || effects.stopped.aborted) break;
      await sleep(pauseMs);
    }
    const complete = notSeen === 0 && found === 0 && !effects.stopped.aborted;
    if (complete) salt.remove();
    const certificate: Certificate = {
      certificate: randomBytes(8).toString('hex'),
      deployment: target.deployment,
      erasedAt: effects.clock().toISOString(),
      ...total,
      ...{ notSeen, found, complete },
    };
    return { result: certificate, failed: !complete };
  });
}

const nothing: ErasedFiles = { files: 0, receipts: 0, events: 0 };
const noMessages = { events: 0, messages: 0 };

/** Adds up the members of the first. */
function sum<Counts extends object>(one: Counts, other: Counts): Counts {
  const numbers = other as Readonly<Record<string, number>>;
  return Object.fromEntries(Object.entries(one).map(([name, count]) => [name, count + (numbers[name] ?? 0)])) as Counts;
}

async function eraseRecord(
  target: Target,
  person: PersonMatcher,
  salt: string,
  { clock, fetch }: CommandEffects,
): Promise<ErasedFiles> {
  let files: RecordFiles;
  if (target.deployment === 'local') {
    // Its files are complete then, and the journal of the queues holds nothing that is gone.
    const { ok } = await fetch(`http://127.0.0.1:${target.port}/settle`, { method: 'POST' });
    if (!ok) throw new CommandError({ reason: 'The runtime could not close its files.', fix: 'Restart `npm start`.' });
    files = localFiles(recordFolder(await stateDirectoryOf(target)));
  } else files = await (await import('./bucket-files.ts')).bucketFiles(target);
  try {
    return await eraseFromFiles(files, person, salt, clock());
  } finally {
    files.close();
  }
}

const allTime = 400 * 86_400_000;

const askAgain = (
  target: Target,
  options: Parameters<typeof wantedBy>[0],
  { clock }: Pick<CommandEffects, 'clock'>,
): Promise<number> =>
  withRecord(target, async ({ store, digest }) => {
    const to = clock().getTime();
    const timelines = await readTimelines(store, { from: to - allTime, to }, wantedBy(options, [], digest));
    return timelines.length;
  });

/** Made once for an erasure, and kept until it is complete: a run that was killed goes on with the same made-up ids. */
function saltOf(root: string, wanted: unknown): { readonly value: string; remove(): void } {
  const name = createHash('sha256').update(JSON.stringify(wanted)).digest('hex').slice(0, 16);
  const file = resolve(root, '.local', 'erasures', name);
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  return { value: readFileSync(file, 'utf8'), remove: () => rmSync(file, { force: true }) };
}

async function confirmed({ prompt, input }: Pick<CommandEffects, 'prompt' | 'input'>): Promise<boolean> {
  if (input.isTTY !== true) return false;
  prompt('This cannot be undone. Erase the person? [y/N] ');
  for await (const chunk of input) return /^y/i.test(String(chunk).trim());
  return false;
}
