import { readFileSync } from 'node:fs';
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../../functions/ingest/read-body.ts';
import localConfig from '../../../config/local.ts';
import { Config } from '../../../shared/config/config.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import type { IngestRequest } from '../../../shared/ingest/request.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { actions } from '../../../shared/meta/actions/actions.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import { ServerEvent } from '../../../shared/meta/event/server-event.ts';
import { standardEventMappings } from '../../../shared/meta/presets/standard-event-mappings.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { seededRandom } from '../../chaos/seeded-random.ts';
import { basic, testIngest } from '../../support/ingest-request.ts';
import { anyOf, mutated, mutatedText, type Random } from '../../support/mutate.ts';

/** A longer run: GENERATED_REQUESTS=20000, with others of them by GENERATED_SEED. */
const requests = Number(process.env['GENERATED_REQUESTS'] ?? 4_000);
const now = new Date('2026-11-30T12:00:00.000Z');

/** Events as real senders send them: what is generated is made of these. */
const given = readFileSync(new URL('../../vectors/senders.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { event: JsonObject }).event);

const email = 'Quill.Zyx@private.example';
const phone = '+49 (151) 234-56789';
const personal = [
  email,
  encodeURIComponent(email),
  phone,
  `to ${email}`,
  { email },
  [phone],
  `https://a.example/?e=${email}`,
];
const traces = /quill|private\.example|234-?56789|23456789/i;
const traits = { email, phone, firstName: 'Quillon', lastName: 'Zyx', birthday: '1984-07-31', name: 'Zyx, Quillon' };

const { destinations: main } = Config.parse({
  sources: {},
  destinations: {
    shop: { ...localConfig.destinations['main'], accessTokenSecret: 'token' },
    other: {
      datasetId: '1',
      accessTokenSecret: 'token',
      mappings: [
        ...standardEventMappings({ actionSource: 'website' }),
        ...Object.keys(actions).map((action) => ({
          name: action,
          action,
          trigger: 'type != "never"',
          fields: {
            action_source: 'app',
            event_id: { '@template': `${action}-{{messageId}}` },
            app_data_field: { use_app_data: true, version: 'i2', osVersion: '26.1' },
            ...(action === 'standard' && { event_name: 'Lead' }),
            ...(action !== 'pageView' && { custom_data: { '@path': '$.properties' } }),
          },
        })),
      ],
    },
  },
});
const destinations = [...(await compileDestinations({ sources: {}, destinations: main }, sha256Hex)).values()];

const batchPaths = ['/v1/batch', '//v1/b/', '/v1/import', '/beacon/v1/batch', '/api/s/s2s/batch'];
const eventPaths = [
  '/v1/track',
  '/v1/p',
  '/v1/identify/',
  '/api/s/track',
  '/api/s/s2s/event',
  '/v1/alias',
  '/v1/group',
];
const otherPaths = ['/sourceConfig', '/v1/projects/local-write-key/settings', '/v1/m', '/v1/nothing', '/', '//'];

interface Generated {
  readonly request: IngestRequest;
  /** The body that was sent whole, if it was. */
  readonly events: readonly unknown[] | undefined;
}

function generated(index: number, random: Random): Generated {
  const event = (): unknown => {
    const call: JsonObject = { ...anyOf(given, random), messageId: `m-${index}-${Math.floor(random() * 1e6)}` };
    const context = { ...(call['context'] as JsonObject), ...(random() < 0.5 && { traits }) };
    return mutated({ ...call, ...(random() < 0.2 && { traits }), context }, random, personal);
  };
  const isBatch = random() < 0.6;
  const events = Array.from({ length: isBatch ? Math.floor(random() * 4) : 1 }, event);
  const body = isBatch ? { sentAt: anyOf([now.toISOString(), '', 0], random), batch: events } : events[0];
  const text = JSON.stringify(body) ?? '';
  const isWhole = random() < 0.85;
  const sent = isWhole ? text : mutatedText(text, random);
  const path = random() < 0.03 ? anyOf(otherPaths, random) : anyOf(isBatch ? batchPaths : eventPaths, random);
  const isPixel = !isBatch && random() < 0.1;
  return {
    request: {
      method: isPixel ? 'GET' : anyOf(['POST', 'POST', 'POST', 'POST', 'POST', 'POST', 'GET', 'OPTIONS'], random),
      path: isPixel ? anyOf(['/v1/pixel/track', '/pixel/v1/page'], random) : path,
      query: isPixel ? { data: Buffer.from(sent).toString('base64'), writeKey: 'local-write-key' } : {},
      headers: {
        authorization: anyOf(
          [basic('local-write-key:'), basic('local-write-key\n'), basic('other:'), undefined],
          random,
        ),
        'x-write-key': anyOf(['local-write-key', undefined], random),
        'user-agent': anyOf(['Browser/1.0', undefined], random),
      },
      clientAddress: () => '203.0.113.7',
      readBody: bodyReader(sent, random),
    },
    events: isWhole && !isPixel ? events : undefined,
  };
}

function bodyReader(text: string, random: Random): () => string {
  const dice = random();
  if (dice < 0.5) return () => readBody(text, false);
  const bytes = dice < 0.6 ? Buffer.from(text) : (dice < 0.8 ? gzipSync : deflateSync)(text, { level: 1 });
  const isDamaged = dice > 0.97;
  if (isDamaged) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  return () => readBody(bytes.toString('base64'), true);
}

describe('any request', () => {
  it('is answered, loses no event that it accepts, and sends no personal data as it is', async () => {
    const random = seededRandom(Number(process.env['GENERATED_SEED'] ?? 20_261_201));
    const ingest = testIngest({ config: localConfig, clock: () => now });
    const statuses = new Map<number, number>();
    let ready = 0;

    for (let index = 0; index < requests; index++) {
      const { request, events } = generated(index, random);
      const { messages } = ingest.events;
      messages.length = 0;
      ingest.deadLetters.messages.length = 0;

      const answer = await ingest.send(request);

      const { accepted = [], rejected } = answer.facts;
      const queued = ingest.queued() as JsonObject[];
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status >= 500) expect.fail(`${answer.status} ${answer.body}`);
      expect(queued.map(({ messageId }) => messageId)).toEqual(accepted);
      if (events !== undefined && answer.facts.source !== undefined) {
        expect(accepted.length + (rejected?.count ?? 0)).toBe(events.length);
      }
      for (const event of queued) ready += sentOf(event);
    }

    // What says that the generated requests are neither all good nor all bad.
    expect(statuses.get(200)).toBeGreaterThan(requests / 4);
    expect(statuses.get(400)).toBeGreaterThan(requests / 50);
    expect(statuses.get(401)).toBeGreaterThan(requests / 50);
    expect(ready).toBeGreaterThan(requests);
  });
});

/** @returns how many server events the event becomes, each of them looked at */
function sentOf(event: JsonObject): number {
  let ready = 0;
  for (const destination of destinations) {
    for (const verdict of planEvent(event, destination, now)) {
      if (verdict.status === 'skipped') continue;
      if (traces.test(JSON.stringify(verdict))) expect.fail(`${JSON.stringify(verdict)} of ${JSON.stringify(event)}`);
      if (verdict.status !== 'ready') continue;
      ready++;
      if (ready % 10 !== 1) continue;
      const { success, error } = ServerEvent.safeParse(JSON.parse(verdict.json));
      if (!success) expect.fail(`${error.message} ${verdict.json}`);
    }
  }
  return ready;
}
