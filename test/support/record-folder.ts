import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Receipt } from '../../shared/record/receipt.ts';

/** Writes receipts as Firehose leaves them: compressed, in the folder of their hour. */
export function writeReceipts(folder: string, receipts: readonly Receipt[], name = 'file'): void {
  for (const [place, group] of Map.groupBy(receipts, ({ t }) => placeOf(t))) {
    const directory = resolve(folder, place);
    mkdirSync(directory, { recursive: true });
    const text = group.map((receipt) => `${JSON.stringify(receipt)}\n`).join('');
    writeFileSync(resolve(directory, `${name}.ndjson.gz`), gzipSync(text));
  }
}

function placeOf(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `day=${iso.slice(0, 10)}/hour=${iso.slice(11, 13)}`;
}
