import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configuredPreview } from '../../../commands/preview/configured.ts';
import { preview } from '../../../commands/preview/preview.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';

interface Row {
  readonly id: string;
  readonly kind: string;
  /** The rule that the row is an example of. */
  readonly why: string;
  readonly now: string;
  readonly event: JsonObject;
  /** Brings its own mapping, in place of the default ecommerce mappings. */
  readonly action?: string;
  readonly mapping?: JsonObject;
  readonly expect: {
    readonly outcome: 'request' | 'error' | 'skipped';
    /** Paths in the server event: `null` for none, `{ sha256 }` for the digest of a text. */
    readonly event?: JsonObject;
    readonly warns?: true | string;
  };
}

const root = resolve(import.meta.dirname, '../../..');
const rows = readFileSync(resolve(root, 'test/vectors/senders.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): Row => JSON.parse(line));

const configured = configuredPreview(resolve(root, 'config/local.ts'));

/** The first result of one line of the dry run. */
async function answerTo({ now, event, action, mapping }: Row): Promise<JsonObject> {
  const own = action === undefined ? {} : { action, mapping, subscription: null, settings: { pixelId: '1' } };
  const answer = JSON.parse(await preview(JSON.stringify({ now, event, ...own }), () => configured.get()));
  return answer.results?.[0] ?? answer;
}

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((holder, key) => (holder as JsonObject | undefined)?.[key], value);

/** A list of one is compared as its item. */
const single = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);

function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (value === null) return undefined;
  return typeof value === 'object' && 'sha256' in value ? sha256Hex(String(value.sha256)) : value;
}

describe('events as senders send them', () => {
  it.each(rows)('$id: $why', async (row) => {
    const answer = await answerTo(row);
    const { outcome, event = {}, warns } = row.expect;

    expect(answer).toHaveProperty(outcome);
    const sent = at(answer, 'request.data.0');
    for (const [path, value] of Object.entries(event)) {
      expect(single(at(sent, path)), path).toEqual(single(written(value)));
    }
    if (warns !== undefined) expect(answer['warnings']).toHaveProperty('0');
    if (typeof warns === 'string') expect(JSON.stringify(answer['warnings'])).toContain(warns);
  });
});
