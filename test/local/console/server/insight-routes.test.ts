import { Readable } from 'node:stream';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { AskRecord } from '../../../../commands/events/open-record.ts';
import type { Row } from '../../../../commands/events/record-store.ts';
import { CommandError } from '../../../../commands/kit/report-errors.ts';
import { insightRoutes } from '../../../../local/console/server/insight-routes.ts';
import type { DuplicatesAnswer, QualityAnswer } from '../../../../local/console/server/wire.ts';
import { defineConfig } from '../../../../shared/config/define-config.ts';
import { ecommerceMappings } from '../../../../shared/meta/presets/ecommerce-mappings.ts';

const config = defineConfig({
  sources: { web: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main', 'second'] } },
  destinations: Object.fromEntries(
    ['main', 'second'].map((name, index) => [
      name,
      {
        datasetId: `123456789012345${index}`,
        accessTokenSecret: name,
        mappings: ecommerceMappings({ actionSource: 'website' }),
        pixel: { mirror: true },
      },
    ]),
  ),
});

const at = Date.UTC(2026, 2, 10, 12);
const time = new Date(at).toISOString();
const order = (id: string, pixel: readonly unknown[]) =>
  JSON.stringify({
    ...{
      type: 'track',
      event: 'Order Completed',
      messageId: id,
      anonymousId: 'v-1',
      timestamp: time,
      receivedAt: time,
    },
    ...{ properties: { revenue: 1, currency: 'EUR' }, context: { userAgent: 'Browser/1.0', pixel } },
  });

/** A record that answers a question by what it asks for. */
const recordOf =
  ({
    accepted = [],
    delivered = [],
    total = accepted.length,
  }: {
    readonly accepted?: Row[];
    readonly delivered?: Row[];
    readonly total?: number;
  }): AskRecord =>
  (use) =>
    use({
      store: {
        dialect: { source: () => 'receipts', median: String, percentile95: String },
        async query(sql) {
          if (sql.includes('count(*)') && sql.includes("k = 'accepted'") && !sql.includes('GROUP')) return [{ total }];
          if (sql.includes('ev IS NOT NULL')) return accepted;
          return sql.startsWith('SELECT id, d, m, t') ? delivered : [];
        },
        async close() {},
      },
      digest: (() => '') as never,
    });

const tokenOf = async (): Promise<never> => {
  throw new CommandError({ reason: 'The secret holds no token.', fix: 'Run npm run token:set.' });
};

/** Asks a route as the page does. */
async function get<Answer>(path: string, ask?: AskRecord): Promise<Answer> {
  const routes = insightRoutes({ config: () => config, ask, graphApiUrl: 'http://127.0.0.1:9', tokenOf });
  let answer = '';
  const request = Object.assign(Readable.from([]), { url: `/console/api/${path}`, method: 'GET', headers: {} });
  const response = { writeHead: () => response, end: (text: string) => (answer = text) };
  await routes[`/console/api/${path.split('?', 1)[0]}`]?.(
    request as unknown as IncomingMessage,
    response as unknown as ServerResponse,
  );
  return JSON.parse(answer) as Answer;
}

describe('duplicates', () => {
  it('compares what pages saw with what the server delivered', async () => {
    const accepted = [{ id: 'm-1', t: at, ev: order('m-1', [['Purchase', 'M-1', at - 500]]) }];
    const ask = recordOf({ accepted, delivered: [{ id: 'm-1', d: 'main', m: 'Purchase', t: at + 900 }] });

    const { report, problem } = await get<DuplicatesAnswer>('duplicates?from=0', ask);

    expect(problem).toBeUndefined();
    expect(report?.findings).toMatchObject([{ fault: 'id_case', name: 'Purchase', samples: ['M-1 / m-1'], share: 1 }]);
  });

  it.each([
    { title: 'nothing was recorded in that time', ask: recordOf({}), says: undefined },
    {
      title: 'the level is too low',
      ask: recordOf({ total: 7 }),
      says: /keeps receipts without events.*level: 'events'/,
    },
    { title: 'there is no record', ask: undefined, says: /Nothing is recorded here.*RECORD_LEVEL/ },
    {
      title: 'the record may not be read',
      ask: () => Promise.reject(new Error('AccessDeniedException: athena:StartQueryExecution')),
      says: /AccessDenied/,
    },
  ])('says where $title', async ({ ask, says }) => {
    const { report, problem } = await get<DuplicatesAnswer>('duplicates', ask);

    if (says === undefined) expect(report).toEqual({ names: [], findings: [] });
    else expect(`${problem?.reason} ${problem?.fix}`).toMatch(says);
  });
});

describe('quality', () => {
  it('says of each side that cannot be read why, and does not fail', async () => {
    const { names, quality } = await get<QualityAnswer>('quality?destination=second&kind=offline');

    expect(names).toEqual(['main', 'second']);
    expect(quality).toMatchObject({
      ...{ destination: 'second', kind: 'offline', own: [], meta: [], changes: [] },
      ownProblem: { reason: 'Nothing is recorded here.' },
      metaProblem: { reason: 'The secret holds no token.', fix: 'Run npm run token:set.' },
    });
  });

  it('takes the first destination where none is named, and says which it does not know', async () => {
    expect((await get<QualityAnswer>('quality', recordOf({}))).quality?.destination).toBe('main');
    expect((await get<QualityAnswer>('quality?destination=toString')).problem?.reason).toContain(
      'no destination "toString"',
    );
  });
});
