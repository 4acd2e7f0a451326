import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { removeReceiptIndex, writeReceiptIndex } from '../../local/emulators/firehose/receipt-index.ts';
import { writeDurably } from '../../local/emulators/firehose/write-durably.ts';

/** Files of a record, to be written anew; each is compressed lines. */
export interface RecordFiles {
  names(): Promise<readonly string[]>;
  read(name: string): Promise<Buffer>;
  /** Puts other contents in the place of a file's, whole or not at all. */
  write(name: string, contents: Buffer): Promise<void>;
  close(): void;
}

/** Files of a record on this machine, of which none is being written. */
export const localFiles = (folder: string): RecordFiles => ({
  names: async () => globSync('day=*/hour=*/*.gz', { cwd: folder }).toSorted(),
  read: async (name) => readFileSync(resolve(folder, name)),
  async write(name, contents) {
    const file = resolve(folder, name);
    // First: what it knows of those who are erased goes, even if this is killed.
    removeReceiptIndex(file);
    writeDurably(file, contents);
    writeReceiptIndex(file, gunzipSync(contents));
  },
  close: () => {},
});
