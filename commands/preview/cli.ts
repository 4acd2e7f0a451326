import { createInterface } from 'node:readline';
import { takeNoOptions } from '../../build/without-options.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import { configuredPreview } from './configured.ts';
import { preview } from './preview.ts';

/**
 * `npm run preview`: NDJSON on standard input, one `{"event": …}` per line; one line out per line in, with the exact body
 * of the request that each matching mapping would send, or why not.
 */
takeNoOptions(`npm run preview: what each event on standard input would become, one JSON object {"event": …} per line; see docs/mapping.md

  echo '{"event":{"type":"track","event":"Order Completed","userId":"u-1","properties":{"total":10,"currency":"EUR"}}}' | npm run -s preview

CONFIG names another configuration than config/local.ts.`);

const configured = configuredPreview(process.env['CONFIG'] ?? 'config/local.ts');

try {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const answer = await preview(line, () => configured.get());
    if (!process.stdout.write(`${answer}\n`)) await new Promise((resume) => process.stdout.once('drain', resume));
  }
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
  // Whoever still writes to it would keep this process alive.
  process.stdin.destroy();
}
