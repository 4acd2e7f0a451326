import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../../functions/ingest/read-body.ts';
import localConfig from '../../../config/local.ts';
import { testIngest } from '../../support/ingest-request.ts';

/** Whole requests as real senders write them; long paddings are abbreviated in the file. */
interface Row {
  readonly id: string;
  readonly why: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly base64?: string;
  readonly expect: {
    readonly status: number;
    readonly delivered?: readonly string[];
    readonly rejected?: readonly string[];
  };
}

const rows = readFileSync(new URL('../../vectors/requests.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Row);

const padded = (body: string): string =>
  body.replace(/\{\{x\*(\d+)\}\}/g, (_, count: string) => 'x'.repeat(Number(count)));

describe('requests of real senders', () => {
  it.each(rows)('$id: $why', async ({ method, path, headers, body = '', base64, expect: wanted }) => {
    const url = new URL(
      path.replace(/^\/+/, (slashes) => `/.${slashes}`),
      'http://127.0.0.1',
    );
    const ingest = testIngest({ config: localConfig });

    const answer = await ingest.send({
      method,
      path: path.split('?', 1)[0] ?? '',
      query: Object.fromEntries(url.searchParams),
      headers,
      clientAddress: () => undefined,
      readBody: () => readBody(base64 ?? padded(body), base64 !== undefined),
    });

    expect(answer.status, answer.body).toBe(wanted.status);
    expect(ingest.queued().map(({ messageId }) => messageId)).toEqual(
      expect.arrayContaining([...(wanted.delivered ?? [])]),
    );
    for (const code of wanted.rejected ?? []) expect(answer.body).toContain(code);
  });
});
