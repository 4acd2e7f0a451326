import { afterEach, describe, expect, it } from 'vitest';
import { listDatasets } from '../../../commands/datasets/list-datasets.ts';
import { type GraphApi, type GraphApiOptions, startGraphApi } from '../../../local/graph-stand-in/graph-api.ts';
import { answering, type GraphServer, type Respond, startGraphServer } from '../../support/graph-server.ts';

let server: GraphApi | GraphServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const list = (graphApiUrl: string) =>
  listDatasets({ fetch, graphApiUrl, graphVersion: 'v25.0', token: 'secret-token' });

async function listAt(options: Partial<GraphApiOptions>) {
  server = await startGraphApi({ accepts: (token) => token === 'secret-token', ...options });
  return list(server.url);
}

async function listFrom(respond: Respond) {
  const graph = await startGraphServer(respond);
  server = graph;
  return { found: await list(graph.url), requests: graph.requests };
}

const acme = { id: '10', name: 'Acme' };
const partner = { id: '20', name: 'Partner' };

describe('listDatasets', () => {
  it('gives what every business owns or is lent, by name', async () => {
    const found = await listAt({
      world: {
        businesses: [acme, partner],
        datasets: [
          { id: '3', name: 'Web', businessId: '20' },
          { id: '1', name: 'Shop', businessId: '10', lastFiredAt: new Date('2026-11-20T08:00:00Z') },
          { id: '2', name: 'Outlet', businessId: '10', relation: 'client' },
        ],
      },
    });

    expect(found).toEqual({
      ok: true,
      datasets: [
        { id: '2', name: 'Outlet', business: acme },
        { id: '1', name: 'Shop', business: acme, lastFiredAt: new Date('2026-11-20T08:00:00Z') },
        { id: '3', name: 'Web', business: partner },
      ],
    });
  });

  it('turns all pages', async () => {
    const datasets = Array.from({ length: 230 }, (_, index) => ({
      id: String(1_000 + index),
      name: `Shop ${index}`,
      businessId: '10',
    }));

    const found = await listAt({ world: { businesses: [acme], datasets } });

    expect(found.ok && new Set(found.datasets.map(({ id }) => id)).size).toBe(230);
  });

  it('gives an empty list when there is nothing', async () => {
    expect(await listAt({ world: { businesses: [], datasets: [] } })).toEqual({ ok: true, datasets: [] });
  });

  it.each([
    { title: 'a token that is wrong', options: { accepts: () => false }, code: 190 },
    { title: 'a token without the permission', options: { token: { scopes: ['ads_read'] } }, code: 200 },
  ])('tells the problem with $title', async ({ options, code }) => {
    expect(await listAt(options)).toMatchObject({
      ok: false,
      problem: { code, fix: expect.stringContaining('token:set') },
    });
  });

  it('takes no address of a next page, which may hold the token or lead elsewhere', async () => {
    const { requests } = await listFrom((response, request) => {
      const isFirst = !request.url?.includes('after=');
      const paging = {
        cursors: { after: 'c1' },
        ...(isFirst && { next: 'http://other.example/?access_token=secret' }),
      };
      answering(200, { data: [], paging })(response, request);
    });

    expect(requests.map(({ url }) => url)).toEqual([
      '/v25.0/me/businesses?fields=id%2Cname&limit=100',
      '/v25.0/me/businesses?fields=id%2Cname&limit=100&after=c1',
    ]);
  });

  it('ends though the pages do not', async () => {
    const { requests } = await listFrom(
      answering(200, { data: [], paging: { cursors: { after: 'c' }, next: 'more' } }),
    );

    expect(requests).toHaveLength(100);
  });

  it('keeps what it can read', async () => {
    const { found } = await listFrom((response, request) => {
      const data = request.url?.includes('businesses')
        ? [acme, { name: 'no id' }]
        : [{ id: '1', last_fired_time: 'never' }, 7];
      answering(200, { data })(response, request);
    });

    expect(found).toEqual({ ok: true, datasets: [{ id: '1', name: '', business: acme }] });
  });

  it.each([['[]'], ['{"data": 1}'], ['<html>']])('says that it cannot read %s', async (body) => {
    expect((await listFrom(answering(200, body))).found).toMatchObject({ ok: false });
  });
});
