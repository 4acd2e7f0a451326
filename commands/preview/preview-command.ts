import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { defineCommand } from '../kit/define-command.ts';
import type { CommandEffects, Input } from '../kit/effects.ts';
import { CommandError } from '../kit/report-errors.ts';
import { configuredPreview } from './configured.ts';
import { jsonValues } from './json-values.ts';
import { previewValue, previewFault } from './preview.ts';

export const previewCommand = defineCommand({
  name: 'preview',
  summary:
    'What each event would become: one line per event, with the exact body of the request that each matching mapping would send, or why not. Sends nothing.',
  page: 'docs/mapping.md',
  examples: [
    'npm run -s preview -- docs/samples/order.json',
    `echo '{"event":{"type":"track","event":"Order Completed","userId":"u-1","properties":{"total":10,"currency":"EUR"},"context":{"userAgent":"Mozilla/5.0"}}}' | npm run -s preview`,
    'CONFIG=config/production.ts npm run -s preview -- docs/samples/order.json',
  ],
  operands: [
    {
      name: 'file',
      help: 'events as JSON: {"event": …} or an event as libraries send it, one per line or formatted, or a list of them; standard input if left out',
      required: false,
    },
  ],
  options: {},
  async run(_, effects, { positionals: [file] }) {
    const { env, out } = effects;
    const input = file === undefined ? waiting(effects) : await opened(file);
    const configured = configuredPreview(env['CONFIG'] ?? 'config/local.ts');
    try {
      for await (const read of jsonValues(createInterface({ input }))) {
        const values = 'value' in read && Array.isArray(read.value) ? read.value.map((value) => ({ value })) : [read];
        for (const each of values) {
          out('fault' in each ? previewFault(each.fault) : await previewValue(each.value, () => configured.get()));
        }
        await drained();
      }
    } finally {
      // Who still writes to it would keep this process alive.
      input.destroy();
    }
    return { result: undefined };
  },
});

function waiting({ input, prompt }: CommandEffects): Input {
  if (input.isTTY) {
    prompt(
      'Waiting for events as JSON: paste one, formatted or not, or one {"event": …} per line. Ctrl-D ends, --help says more.\n',
    );
  }
  return input;
}

async function opened(file: string): Promise<Input> {
  const path = resolve(file);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return createReadStream(path);
  throw new CommandError({
    reason: `There is no file ${path}.`,
    fix: 'Name a file with events as JSON, or pipe them in: npm run -s preview < events.ndjson',
  });
}

/** Waits while the reader of the output is slower than this. */
const drained = async (): Promise<void> => {
  if (process.stdout.writableNeedDrain) await new Promise((resume) => process.stdout.once('drain', resume));
};
