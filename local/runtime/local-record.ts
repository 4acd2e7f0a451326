import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ReceiptFiles } from '../emulators/firehose/receipt-files.ts';
import { writeDurably } from '../emulators/firehose/write-durably.ts';
import { makeFolder } from '../emulators/sqs/make-folder.ts';

/** Days that the record on this machine goes back. */
const keepDays = 30;

/** Record of a state directory: its files, and the secret that persons' digests are keyed with. */
export interface LocalRecord {
  readonly files: ReceiptFiles;
  readonly secret: string;
}

export const recordFolder = (stateDirectory: string): string => resolve(stateDirectory, 'record', 'receipts');

const secretFile = (stateDirectory: string): string => resolve(stateDirectory, 'record', 'secret');

/** The secret of a state directory; undefined where nothing was ever recorded. */
export function readRecordSecret(stateDirectory: string): string | undefined {
  const file = secretFile(stateDirectory);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Opens the record of a state directory, and makes it where there is none. The secret stays the same from run to run. */
export function openLocalRecord(stateDirectory: string, now: () => number = Date.now): LocalRecord {
  const folder = recordFolder(stateDirectory);
  makeFolder(folder);
  const secret = readRecordSecret(stateDirectory) ?? randomBytes(32).toString('hex');
  writeDurably(secretFile(stateDirectory), Buffer.from(secret));
  return { files: new ReceiptFiles({ folder, now, keepDays }), secret };
}
