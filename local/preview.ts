import { createInterface } from 'node:readline';
import { configuredPreview } from './preview/configured.ts';
import { preview } from './preview/preview.ts';

/**
 * `npm run preview`: NDJSON on standard input, one `{"event": …}` per line; one line out per line in, with the exact body
 * of the request that each matching mapping would send, or why not.
 */
const configured = configuredPreview(process.env['CONFIG'] ?? 'config/local.ts');

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const answer = await preview(line, () => configured.get());
  if (!process.stdout.write(`${answer}\n`)) await new Promise((resume) => process.stdout.once('drain', resume));
}
