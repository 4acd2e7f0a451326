import { afterEach, describe, expect, it } from 'vitest';
import { type GraphApi, type GraphApiOptions, startGraphApi } from '../../../local/graph-stand-in/graph-api.ts';
import { runChecks } from '../../../commands/common/check.ts';
import type { Finding } from '../../../commands/common/finding.ts';
import { type TokenContext, tokenChecks } from '../../../commands/common/token-checks.ts';
import { readTokenFacts } from '../../../commands/common/token-facts.ts';
import { answering, type GraphServer, type Respond, startGraphServer } from '../../support/graph-server.ts';
import { now } from './local-runtime.ts';

let server: GraphApi | GraphServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const inDays = (days: number): Date => new Date(now.getTime() + days * 86_400_000);

interface Given extends Partial<Pick<TokenContext, 'datasetId' | 'testEventCode'>> {
  readonly token?: string;
  readonly appSecret?: string;
}

async function findings(graphApiUrl: string, given: Given): Promise<Record<string, Finding>> {
  const { token = 'good', appSecret, datasetId = '1234567890123456', testEventCode } = given;
  const access = { fetch, graphApiUrl, graphVersion: 'v25.0', token, appSecret };
  const facts = await readTokenFacts(access);
  const found: Record<string, Finding> = {};
  await runChecks(tokenChecks, { access, facts, datasetId, now, testEventCode }, ({ check, finding }) => {
    found[check] = finding;
  });
  return found;
}

async function atStandIn(options: Partial<GraphApiOptions>, given: Given = {}) {
  const graph = await startGraphApi({ accepts: (token) => token === 'good', now: () => now, ...options });
  server = graph;
  return { found: await findings(graph.url, given), graph };
}

async function atServer(respond: Respond, given: Given = {}) {
  const graph = await startGraphServer(respond);
  server = graph;
  return { found: await findings(graph.url, given), graph };
}

const statuses = (found: Record<string, Finding>): string =>
  Object.values(found)
    .map(({ status }) => status)
    .join(' ');

describe('token checks', () => {
  it.each([
    { title: 'a system user token for its dataset', found: 'ok ok ok ok skipped' },
    { title: 'a wrong token', given: { token: 'bad' }, found: 'failed skipped skipped skipped skipped' },
    {
      title: 'an expired token',
      options: { token: { expiresAt: inDays(-1) } },
      found: 'failed skipped skipped skipped skipped',
    },
    {
      title: 'a token that ends soon',
      options: { token: { expiresAt: inDays(13) } },
      found: 'ok warning ok ok skipped',
    },
    { title: 'a token that ends later', options: { token: { expiresAt: inDays(15) } }, found: 'ok ok ok ok skipped' },
    {
      title: 'a token whose access to data ends soon',
      options: { token: { expiresAt: inDays(90), dataAccessExpiresAt: inDays(3) } },
      found: 'ok warning ok ok skipped',
    },
    { title: "a person's token", options: { token: { type: 'USER' } }, found: 'warning ok ok ok skipped' },
    { title: 'a token without permissions', options: { token: { scopes: [] } }, found: 'ok ok failed failed skipped' },
    { title: 'another dataset', options: { token: { datasetIds: ['1'] } }, found: 'ok ok ok failed skipped' },
    {
      title: 'a dataset that is unavailable',
      options: {
        world: {
          datasets: [{ id: '1234567890123456', name: 'x', businessId: '100000000000001', isUnavailable: true }],
        },
      },
      found: 'ok ok ok failed skipped',
    },
    {
      title: 'a dataset that may be written, not read',
      given: { datasetId: '7777777777777777' },
      found: 'ok ok ok ok skipped',
    },
    {
      title: 'a missing app secret',
      options: { appSecret: 'app-secret' },
      found: 'failed skipped skipped skipped skipped',
    },
    {
      title: 'the app secret',
      options: { appSecret: 'app-secret' },
      given: { appSecret: 'app-secret' },
      found: 'ok ok ok ok skipped',
    },
    { title: 'a test event', given: { testEventCode: 'TEST1' }, found: 'ok ok ok ok ok' },
    {
      title: 'a test event that is refused',
      options: { token: { scopes: ['ads_read'] } },
      given: { testEventCode: 'TEST1' },
      found: 'ok ok failed ok failed',
    },
  ] satisfies { title: string; options?: Partial<GraphApiOptions>; given?: Given; found: string }[])(
    'judge $title',
    async ({ options = {}, given, found }) => {
      expect(statuses((await atStandIn(options, given)).found)).toBe(found);
    },
  );

  it('send one event that says what it is, under the code', async () => {
    const { graph } = await atStandIn({}, { testEventCode: 'TEST1' });

    expect(graph.received()).toMatchObject([
      { testEventCode: 'TEST1', status: 200, events: [{ event_name: 'ConnectionTest' }] },
    ]);
  });

  it('send nothing without a code', async () => {
    expect((await atStandIn({})).graph.received()).toEqual([]);
  });

  it('go on when Meta keeps to itself what the token is', async () => {
    const refused = { error: { code: 100, message: 'You must provide an app access token' } };
    const { found } = await atServer((response, request) =>
      request.url?.includes('/debug_token')
        ? answering(400, refused)(response, request)
        : answering(200, { id: '1', name: 'Shop' })(response, request),
    );

    expect(statuses(found)).toBe('warning skipped skipped ok skipped');
  });

  it('say that Meta cannot be reached', async () => {
    const { found } = await atServer((response) => response.destroy());

    expect(found['token']).toMatchObject({ status: 'failed', fix: expect.stringContaining('network') });
  });

  it('never show the token', async () => {
    const { found } = await atStandIn({}, { token: 'EAAB-very-secret' });

    expect(JSON.stringify(found)).not.toContain('EAAB');
  });
});
