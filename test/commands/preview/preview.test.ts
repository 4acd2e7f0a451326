import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configuredPreview } from '../../../commands/preview/configured.ts';
import { preview } from '../../../commands/preview/preview.ts';
import { Config } from '../../../shared/config/config.ts';
import { graphDestinations } from '../../../shared/meta/graph/graph-destination.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import { deliver } from '../../../shared/delivery/deliver.ts';
import { checkEvent } from '../../../shared/segment/check-event.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { now, track } from '../../support/factories.ts';
import { recordingGraph } from '../../support/recording-graph.ts';
import { recordingQueue } from '../../support/recording-queue.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';

const fields = { action_source: 'system_generated' };
const configuration = {
  sources: { shop: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main'] } },
  destinations: {
    main: {
      datasetId: '1234567890123456',
      accessTokenSecret: 'token',
      testEventCode: 'TEST1',
      uploadTag: 'store-7',
      mappings: [
        { name: 'Purchase', action: 'purchase', fields },
        {
          name: 'Big',
          action: 'custom',
          trigger: 'properties.revenue > 100',
          fields: { ...fields, event_name: 'Big Order' },
        },
      ],
    },
  },
};
const ordered = (properties: JsonObject = {}): JsonObject =>
  track(
    'Order Completed',
    {
      order_id: 'O-1 Zo\u00eb \u2713 \ud83d\ude00 \u2028 \ufffe \\" </script>',
      revenue: 25,
      currency: 'EUR',
      ...properties,
    },
    { context: { traits: { email: 'a@example.com' } } },
  );

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preview-'));
  file = join(folder, 'config.mjs');
  await writeFile(file, `export default ${JSON.stringify(configuration)};`);
});
afterAll(() => rm(folder, { recursive: true }));

const none = () => Promise.reject(new Error('No configuration is needed.'));
const ask = (line: object | string): Promise<string> =>
  preview(typeof line === 'string' ? line : JSON.stringify(line), () => configuredPreview(file).get());
const answer = async (line: object | string) => JSON.parse(await ask(line));

const own = {
  id: 'line-1',
  now: now.toISOString(),
  action: 'custom',
  subscription: 'type = "track"',
  settings: { pixelId: '1' },
  mapping: {
    action_source: 'other',
    event_name: 'Probe',
    event_time: { '@path': '$.timestamp' },
    user_data: { externalId: 'probe' },
  },
  event: track('Anything'),
};

/** The body that a lone event leads to when it comes in as a library sends it. */
async function bodiesSent(event: JsonObject): Promise<string[]> {
  const checked = checkEvent(event, { source: 'shop', receivedAt: now, randomId: () => 'random' });
  if ('rejection' in checked) throw new Error(checked.rejection.message);
  const config = Config.parse(configuration);
  const graph = recordingGraph();
  await deliver([{ recordId: 'a', body: `{"version":1,"source":"shop","events":[${checked.json}]}` }], {
    config,
    destinations: graphDestinations(await compileDestinations(config, sha256Hex), {
      tokens: { get: async () => ({ accessToken: 'token-1' }), drop: () => {} },
      sendEvents: graph.sendEvents,
    }),
    sha256: sha256Hex,
    events: recordingQueue(),
    deadLetters: recordingQueue(),
    isOutOfTime: () => false,
    clock: () => now,
    random: () => 0,
  });
  return graph.requests.map(({ body }) => body);
}

describe('preview', () => {
  it('shows the bytes that would be sent', async () => {
    const [body] = await bodiesSent(ordered());

    expect(await ask({ id: 1, now: now.toISOString(), event: ordered() })).toBe(
      `{"id":1,"destination":"main","mapping":"Purchase","request":${body}}`,
    );
  });

  it('shows what each mapping that matches would send', async () => {
    const { id, results } = await answer({ id: 'a', now: now.toISOString(), event: ordered({ revenue: 500 }) });

    expect(id).toBe('a');
    expect(results).toMatchObject([
      { mapping: 'Purchase', request: { data: [{ event_name: 'Purchase' }], test_event_code: 'TEST1' } },
      { mapping: 'Big', request: { data: [{ event_name: 'Big Order' }], upload_tag: 'store-7' } },
    ]);
  });

  it('says why not, and what was left out', async () => {
    const when = now.toISOString();
    const stale = { ...ordered(), timestamp: '2026-01-01T00:00:00.000Z' };

    expect(await answer({ now: when, event: ordered({ currency: 'euros' }) })).toMatchObject({
      error: { code: 'currency_invalid', message: 'Currency must be an ISO 4217 code.' },
    });
    expect(await answer({ now: when, event: stale })).toMatchObject({ error: { code: 'event_too_old' } });
    expect(await answer({ now: when, event: track('Order Shipped') })).toEqual({
      destination: 'main',
      skipped: 'no_mapping_matches',
    });
    expect(await answer({ now: when, event: ordered({ products: [{ name: 'x' }] }) })).toMatchObject({
      request: {},
      warnings: ['Product 1 must have an id. It was left out.'],
    });
  });

  it('refuses an event that ingest would refuse', async () => {
    expect(await answer({ id: 7, event: { type: 'track', event: 'X' } })).toMatchObject({
      id: 7,
      error: { code: 'identity_missing' },
    });
  });

  describe('of a line with its own mapping', () => {
    const askOwn = async (overrides: object) =>
      JSON.parse(await preview(JSON.stringify({ ...own, ...overrides }), none));

    it('needs no configuration', async () => {
      expect(await askOwn({})).toMatchObject({ id: 'line-1', request: { data: [{ event_name: 'Probe' }] } });
    });

    it.each<[string, object, object]>([
      ['a trigger that does not match', { subscription: 'type = "page"' }, { skipped: 'trigger_not_matched' }],
      ['no trigger', { subscription: null }, { request: {} }],
      ['a trigger that cannot be read', { subscription: 'type =' }, { error: { code: 'trigger_invalid' } }],
      ['an unknown action', { action: 'nonsense' }, { error: { code: 'action_unknown' } }],
      ['a mapping that is wrong', { mapping: { x: { '@pat': 1 } } }, { error: { code: 'mapping_invalid' } }],
      ['no mapping', { mapping: undefined }, { error: { code: 'mapping_invalid' } }],
      ['no dataset', { settings: {} }, { error: { code: 'pixel_id_missing' } }],
      ['no settings', { settings: undefined }, { error: { code: 'pixel_id_missing' } }],
      ['a test code', { settings: { pixelId: '1', testEventCode: 'T1' } }, { request: { test_event_code: 'T1' } }],
      ['a V2 action without its sync mode', { action: 'custom2' }, { error: { code: 'sync_mode_invalid' } }],
      [
        'Liquid',
        { mapping: { ...own.mapping, event_name: { '@liquid': '{{ event | upcase }}' } } },
        { request: { data: [{ event_name: 'ANYTHING' }] } },
      ],
    ])('with %s', async (_, overrides, expected) => {
      expect(await askOwn(overrides)).toMatchObject({ id: 'line-1', ...expected });
    });
  });

  it.each([1, 0, 'a', '', null, ['x'], { a: 1 }])('keeps the id %j', async (id) => {
    const text = await preview(JSON.stringify({ ...own, id }), none);

    expect(text.startsWith(`{"id":${JSON.stringify(id)},"request":`)).toBe(true);
  });

  it.each<[string, string, unknown]>([
    ['no JSON', '{"id": 1, "event"', undefined],
    ['no object', '[1]', undefined],
    ['null', 'null', undefined],
    ['no event', '{"id": 3}', 3],
    ['an event that is no object', '{"id": 3, "event": "x"}', 3],
    ['a clock that cannot be read', '{"id": 3, "now": "soon", "event": {}}', 3],
  ])('answers a line that is %s', async (_, line, id) => {
    const given = await answer(line);

    expect(given).toEqual({
      ...(id !== undefined && { id }),
      error: { code: 'line_invalid', message: expect.any(String) },
    });
  });

  it.each([
    { fault: 'a configuration that is not there', name: 'nope.mjs', text: undefined, says: 'Cannot find module' },
    { fault: 'a faulty one', name: 'faulty.mjs', text: 'export default { destinations: {} };', says: '✖ sources: ' },
  ])(
    'ends with 1 and two lines on $fault',
    async ({ name, text, says }) => {
      const faulty = join(folder, name);
      if (text !== undefined) await writeFile(faulty, text);
      const child = spawn(process.execPath, ['commands/cli.ts', 'preview'], {
        env: { ...process.env, CONFIG: faulty },
      });
      let errors = '';
      child.stderr.setEncoding('utf8').on('data', (part: string) => {
        errors += part;
      });

      // Its input stays open, as that of a terminal does.
      child.stdin.write('{"event": {"type": "page", "userId": "u-1"}}\n');
      const status = await new Promise((resolve) => child.on('close', resolve));

      expect({ status, lines: errors.trimEnd().split('\n') }).toEqual({
        status: 1,
        lines: [expect.stringContaining(name), expect.stringContaining(says)],
      });
    },
    20_000,
  );

  it('answers every line of standard input with one line, in order', async () => {
    const lines = Array.from({ length: 200 }, (_, id) => (id % 3 === 0 ? 'noise' : JSON.stringify({ ...own, id })));
    const child = spawn(process.execPath, ['commands/cli.ts', 'preview'], { env: { ...process.env, CONFIG: file } });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });

    child.stdin.end(`${lines.join('\n')}\n\n`);
    const status = await new Promise((resolve) => child.on('close', resolve));

    const answers = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(answers.map(({ id, error }) => id ?? error.code)).toEqual(
      lines.map((line, id) => (line === 'noise' ? 'line_invalid' : id)),
    );
  }, 20_000);
});
