import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { compareSides, type DedupReport, type Sighting } from '../../shared/dedup/compare-sides.ts';
import { loadDeployedConfig } from '../common/services.ts';
import { targetOf, targetOptions } from '../common/target-options.ts';
import { withRecord } from '../events/open-record.ts';
import { spanOf, spanOptions } from '../events/span-options.ts';
import { defineCommand } from '../kit/define-command.ts';
import { text } from '../kit/option.ts';
import { CommandError } from '../kit/report-errors.ts';
import { safeText } from '../kit/safe-text.ts';
import { textTable } from '../kit/table.ts';
import { compareRecord } from './compare-record.ts';

const weekMs = 7 * 86_400_000;

export const dedup = defineCommand({
  name: 'dedup',
  summary:
    'Compares what the Pixel in the pages and the server gave to Meta, and names what keeps Meta from counting both as one.',
  page: 'docs/browser.md',
  examples: ['npm run dedup -- --since 7d', 'npm run dedup -- --from sightings.ndjson'],
  options: {
    from: text(
      '<file>',
      'sightings instead of the record: a line of JSON each, {"side": "browser" or "server", "name", "id", "at", "testCode"}',
    ),
    ...spanOptions('a week'),
    ...targetOptions,
  },
  async run({ from, ...options }, effects) {
    const result = from === undefined ? await recorded(options, effects) : await readFile(from);
    return { result, failed: result.findings.length > 0 };
  },
  print({ names, findings }: DedupReport, { out }) {
    if (names.length === 0) {
      out('Neither side gave an event to Meta in this time that the pages could know of.');
      return;
    }
    const header = ['event', 'both', 'browser only', 'server only'];
    const rows = names.map(({ name, both, browserOnly, serverOnly }) => [
      safeText(name, 60),
      ...[both, browserOnly, serverOnly].map(String),
    ]);
    for (const line of textTable([header, ...rows])) out(line);
    out('');
    for (const { fault, name, count, share, samples, what, cause, fix } of findings) {
      out(
        `${fault}: ${safeText(name, 60)}, ${count} times (${Math.round(share * 100)} %), such as ${safeText(samples.join(', '), 200)}`,
      );
      out(`  ${what} ${cause}`);
      out(`  → ${fix}`);
    }
    if (findings.length === 0) out('Nothing keeps Meta from counting browser and server once.');
  },
});

type Options = Parameters<typeof targetOf>[0] & Parameters<typeof spanOf>[0];

async function recorded(
  options: Options,
  effects: Parameters<typeof targetOf>[1] & { clock(): Date },
): Promise<DedupReport> {
  const target = targetOf(options, effects);
  const span = spanOf(options, effects.clock(), weekMs);
  const config = await loadDeployedConfig(target);
  return withRecord(target, ({ store }) => compareRecord(store, span, config));
}

const Line = z.object({
  side: z.enum(['browser', 'server']),
  name: z.string(),
  id: z.union([z.string(), z.number().transform(String)]).optional(),
  at: z.union([z.number(), z.iso.datetime({ offset: true }).transform((time) => Date.parse(time))]),
  testCode: z.string().optional(),
  visitor: z.string().optional(),
});

async function readFile(from: string): Promise<DedupReport> {
  const path = resolve(from);
  if (!existsSync(path))
    throw new CommandError({ reason: `There is no file ${path}.`, fix: 'Name a file with --from.' });
  const sides: Record<'browser' | 'server', Sighting[]> = { browser: [], server: [] };
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    number++;
    if (line.trim() === '') continue;
    const { side, ...sighting } = readLine(line, number);
    sides[side].push(sighting);
  }
  return compareSides(sides.browser, sides.server);
}

function readLine(line: string, number: number): z.infer<typeof Line> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  const parsed = Line.safeParse(value);
  if (parsed.success) return parsed.data;
  const fix = 'Write {"side": "browser", "name": "Purchase", "id": "order-1", "at": "2026-03-10T12:00:00Z"}.';
  throw new CommandError({ reason: `Line ${number} is no sighting.`, fix });
}
