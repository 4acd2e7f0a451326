import { existsSync } from 'node:fs';
import * as z from 'zod';
import { readRecordSecret, recordFolder } from '../../local/runtime/local-record.ts';
import { readLocalSettings } from '../../local/runtime/local-settings.ts';
import { recordNames } from '../../shared/config/record-names.ts';
import { type PersonDigest, personDigests } from '../../shared/record/person-digests.ts';
import { readHealth } from '../common/read-health.ts';
import type { Target } from '../common/target-options.ts';
import { CommandError } from '../kit/report-errors.ts';
import type { RecordStore } from './record-store.ts';

/** The record of a deployment, and the way to name persons in it. */
export interface OpenRecord {
  readonly store: RecordStore;
  readonly digest: PersonDigest;
}

/** Opens the record, gives it to a question, and closes it behind it. */
export type AskRecord = <T>(use: (record: OpenRecord) => Promise<T>) => Promise<T>;

/**
 * Opens the record of a deployment for a command, and closes it behind it. The local one is read from its files, whether
 * `npm start` runs or not.
 *
 * @throws CommandError where nothing is recorded
 */
export async function withRecord<T>(target: Target, use: (record: OpenRecord) => Promise<T>): Promise<T> {
  const { store, secret } = target.deployment === 'local' ? await openLocal(target) : await openDeployed(target);
  try {
    return await use({ store, digest: personDigests(secret) });
  } finally {
    await store.close();
  }
}

const Health = z.object({ record: z.object({ stateDirectory: z.string() }) });

/** Folder of the state of the `npm start` that runs on the port, or that would run there. */
export async function stateDirectoryOf({ port, env, root }: Target): Promise<string> {
  try {
    return (await readHealth(port, Health)).record.stateDirectory;
  } catch {
    return readLocalSettings({ ...env, PORT: port }, root).stateDirectory;
  }
}

async function openLocal(target: Target): Promise<{ store: RecordStore; secret: string }> {
  return openIn(await stateDirectoryOf(target));
}

/** Opens the record in a folder of state for one question. @throws CommandError where nothing is recorded */
export async function withRecordIn<T>(state: string, use: (record: OpenRecord) => Promise<T>): Promise<T> {
  const { store, secret } = await openIn(state);
  try {
    return await use({ store, digest: personDigests(secret) });
  } finally {
    await store.close();
  }
}

async function openIn(state: string): Promise<{ store: RecordStore; secret: string }> {
  const secret = readRecordSecret(state);
  const folder = recordFolder(state);
  if (secret === undefined || !existsSync(folder)) {
    const reason = `There is no record in ${state}.`;
    const fix = 'Run `npm start`, name its --port, or a deployment in your AWS account with --env.';
    throw new CommandError({ reason, fix });
  }
  const { openDuckDb } = await import('./duckdb-store.ts');
  return { store: openDuckDb(folder), secret };
}

async function openDeployed(target: Target): Promise<{ store: RecordStore; secret: string }> {
  const names = recordNames(target.deployment);
  // The local record is read without AWS's clients, which take longer to load than it takes to read.
  const { GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
  const { withServices } = await import('../common/services.ts');
  return withServices(target, async ({ secrets, aws }) => {
    const { SecretString: secret } = await secrets
      .send(new GetSecretValueCommand({ SecretId: names.secret }))
      .catch((error: Error) => {
        throw error.name === 'ResourceNotFoundException'
          ? new CommandError(notRecorded(target.deployment), error)
          : error;
      });
    if (!secret) throw new CommandError({ reason: `The secret ${names.secret} is empty.`, fix: 'Deploy once more.' });
    const { openAthena } = await import('./athena-store.ts');
    return { store: openAthena(aws, names), secret };
  });
}

const notRecorded = (deployment: string) => ({
  reason: `Nothing is recorded in ${deployment}.`,
  fix: "Set record: { level: 'receipts' }, or 'events', for it in config/environments.ts and deploy (docs/record.md).",
});
