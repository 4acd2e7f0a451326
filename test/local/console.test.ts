import { describe, expect, it, onTestFinished } from 'vitest';
import type { BatchLine } from '../../local/batch-line.ts';
import { type ConsoleSource, consoleRoutes } from '../../local/console/console.ts';
import type { ReceivedRequest } from '../../local/graph-api/received-requests.ts';
import { startHttpApi } from '../../local/http-api.ts';
import { emailDigest, serverEvent } from './graph-api/server-events.ts';

const at = new Date('2026-11-22T12:00:00Z');
const empty = { visible: 0, inFlight: 0, delayed: 0 };
const status = {
  endpoint: 'http://127.0.0.1:3000',
  writeKey: 'local-write-key',
  graph: 'http://127.0.0.1:4000',
  queues: { events: { visible: 3, inFlight: 2, delayed: 1 }, deadLetters: empty },
};

async function consoleOf(source: Partial<ConsoleSource> = {}) {
  const routes = consoleRoutes({
    status: () => status,
    batches: () => [],
    requests: () => [],
    deadLetters: async () => [],
    ...source,
  });
  const invoke = async () => ({ ok: true, payload: 'the function' }) as const;
  const api = await startHttpApi({ port: 0, invoke, routes });
  onTestFinished(() => api.close());
  return (path: string, init?: RequestInit) => fetch(api.url + path, init);
}

async function stateOf(source: Partial<ConsoleSource>) {
  const get = await consoleOf(source);
  return JSON.parse(await (await get('/console/state')).text());
}

const batch = (overrides: Partial<BatchLine> = {}): BatchLine => ({
  at,
  events: 3,
  delivered: 2,
  skipped: 1,
  dead: 0,
  waiting: 0,
  undecodable: 0,
  requests: 1,
  durationMs: 40,
  reasons: { skipped: { no_mapping_matches: 1 } },
  ...overrides,
});

const request = (overrides: Partial<ReceivedRequest> = {}): ReceivedRequest => ({
  at,
  datasetId: '1234567890123456',
  graphVersion: 'v25.0',
  status: 200,
  events: [serverEvent()],
  duplicates: 0,
  durationMs: 2,
  ...overrides,
});

const refusal = { status: 400, error: { code: 100, subcode: 2804009, message: 'A Purchase has no value.' } };

describe('GET /console', () => {
  it('is a page that no cache keeps', async () => {
    const get = await consoleOf();
    const response = await get('/console');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  it('takes GET only', async () => {
    const get = await consoleOf();
    expect(await (await get('/console', { method: 'POST' })).text()).toBe('the function');
  });
});

describe('GET /console/state', () => {
  it('is JSON for this origin that no cache keeps', async () => {
    const get = await consoleOf();
    const { headers } = await get('/console/state');
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('has the status and nothing else at first', async () => {
    expect(await stateOf({})).toEqual({
      ...status,
      curl: expect.any(String),
      batches: [],
      arrivals: [],
      deadLetters: [],
    });
  });

  it('has a command that sends an event', async () => {
    const { curl } = await stateOf({});
    expect(curl).toMatch(/^curl 'http:\/\/127\.0\.0\.1:3000\/v1\/track' \\\n {2}-u 'local-write-key:' /);
    const [, body = ''] = /-d '(.*)'$/.exec(curl) ?? [];
    expect(JSON.parse(body)).toMatchObject({ event: 'Order Completed' });
  });

  it('has a command that a shell reads as it is meant, whatever the write key is', async () => {
    const { curl } = await stateOf({ status: () => ({ ...status, writeKey: "it's $HOME" }) });
    expect(curl).toContain(`-u 'it'\\''s $HOME:'`);
  });

  it('has a line per batch, the latest first, twenty at most', async () => {
    const batches = () => Array.from({ length: 25 }, (_, index) => batch({ requests: index }));
    const state = await stateOf({ batches });
    expect(state.batches).toHaveLength(20);
    expect(state.batches[0]).toEqual({
      at: at.toISOString(),
      text: 'events 2/3 delivered, 1 skipped [no_mapping_matches] (40 ms)',
      requests: 24,
    });
  });

  it('labels each key of an event as hashed or plain', async () => {
    const userData = { em: [emailDigest], external_id: 'user-1', client_ip_address: '203.0.113.7', ph: [], fn: null };
    const { arrivals } = await stateOf({
      requests: () => [request({ events: [serverEvent({ user_data: userData })] })],
    });
    expect(arrivals[0].events[0].userData).toEqual([
      { key: 'em', label: 'hashed' },
      { key: 'external_id', label: 'plain' },
      { key: 'client_ip_address', label: 'plain' },
      { key: 'ph', label: 'plain' },
      { key: 'fn', label: 'plain' },
    ]);
    expect(JSON.parse(arrivals[0].events[0].json)).toMatchObject({ user_data: userData });
  });

  it('has the latest 50 events, newest first, each as a line', async () => {
    const named = (name: string, count: number) =>
      request({ events: Array.from({ length: count }, (_, index) => serverEvent({ event_name: `${name} ${index}` })) });
    const { arrivals } = await stateOf({ requests: () => [named('Old', 1_000), named('New', 2)] });
    expect(arrivals).toHaveLength(50);
    expect(arrivals.slice(0, 3)).toMatchObject([{ title: 'New 1' }, { title: 'New 0' }, { title: 'Old 999' }]);
    expect(arrivals[0]).toMatchObject({ detail: 'dataset 1234567890123456, v25.0', refused: false });
  });

  it('tells how many events of a request were sent before', async () => {
    const { arrivals } = await stateOf({ requests: () => [request({ duplicates: 1 })] });
    expect(arrivals[0].detail).toBe('dataset 1234567890123456, v25.0, 1 of 1 sent before');
  });

  it('has one line for a refused request, with its first events', async () => {
    const refused = request({ ...refusal, events: Array(1_000).fill(serverEvent()), testEventCode: 'TEST1' });
    const { arrivals } = await stateOf({ requests: () => [refused] });
    expect(arrivals).toEqual([
      {
        at: at.toISOString(),
        title: 'Refused: A Purchase has no value.',
        detail: '100/2804009, 1000 events, dataset 1234567890123456, v25.0, test code TEST1',
        refused: true,
        events: [expect.anything(), expect.anything(), expect.anything()],
      },
    ]);
  });

  it.each([[null], ['text'], [7], [[]], [{}], [{ user_data: 'x', event_name: 3 }]])(
    'shows %j among the events of a refused request',
    async (event) => {
      const { arrivals } = await stateOf({ requests: () => [request({ ...refusal, events: [event] })] });
      expect(arrivals[0].events[0].name).toBe('(no name)');
      expect(JSON.parse(arrivals[0].events[0].json)).toEqual(event);
    },
  );

  it('survives an event that is nested too deep or too long', async () => {
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    const long = serverEvent({ note: 'x'.repeat(1_000_000) });
    const get = await consoleOf({ requests: () => [request({ events: [deep, long] })] });
    const response = await get('/console/state');
    expect(response.status).toBe(200);
    expect((await response.text()).length).toBeLessThan(100_000);
  });

  it('has dead letters with what to do, the latest first', async () => {
    const letter = { code: 'identity_missing', reason: 'Nobody.', fix: 'Send an id.', event: { a: 1 } };
    const deadLetters = async () => [
      { ...letter, lastFailedAt: '2026-11-22T11:00:00Z' },
      'as it came',
      { ...letter, lastFailedAt: '2026-11-22T12:00:00Z', code: 'meta_rejected' },
    ];
    const state = await stateOf({ deadLetters });
    expect(state.deadLetters).toMatchObject([
      { code: 'meta_rejected', reason: 'Nobody.', fix: 'Send an id.', json: '{\n  "a": 1\n}' },
      { code: 'identity_missing', failedAt: '2026-11-22T11:00:00Z' },
      { code: 'not_described', json: '"as it came"' },
    ]);
  });

  it('is 500 when the source fails', async () => {
    const get = await consoleOf({ deadLetters: () => Promise.reject(new Error('no queue')) });
    expect((await get('/console/state')).status).toBe(500);
  });
});
