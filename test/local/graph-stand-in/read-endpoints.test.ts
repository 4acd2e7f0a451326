import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { defaultWorld, worldOf } from '../../../local/graph-stand-in/world.ts';
import { now } from './server-events.ts';
import { datasetId, known, one, standIn, token } from './stand-in.ts';

const business = '100000000000001';

describe('what a token reaches', () => {
  it.each([
    ['me', { name: 'Conversions API System User', id: '300000000000003' }],
    ['300000000000003?fields=name', { name: 'Conversions API System User', id: '300000000000003' }],
    [business, { id: business, name: 'Example Business' }],
    [datasetId, { id: datasetId }],
    [`${datasetId}?fields=name,is_unavailable`, { id: datasetId, name: 'Example shop', is_unavailable: false }],
    [
      `${datasetId}?fields=owner_business{name}`,
      { id: datasetId, owner_business: { id: business, name: 'Example Business' } },
    ],
  ])('GET %s', async (path, body) => {
    const { get } = await standIn();
    expect(await get(`/v25.0/${path}`)).toMatchObject({ status: 200, body });
    expect((await get(`/v25.0/${path}`)).body).toEqual(body);
  });

  it.each([
    ['me/businesses', [business]],
    [`${business}/owned_pixels`, [datasetId]],
    [`${business}/client_pixels`, ['6543210987654321']],
    [`${business}/adspixels`, [datasetId, '6543210987654321']],
    [`${business}/ads_dataset?name_filter=OUTLET`, ['6543210987654321']],
    [`${business}/adspixels?id_filter=1234567`, [datasetId]],
  ])('GET %s lists', async (path, ids) => {
    const { get } = await standIn();
    const { body } = await get(`/v25.0/${path}`);

    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(body.paging).toEqual({ cursors: { before: expect.any(String), after: expect.any(String) } });
  });

  it('has permissions', async () => {
    const { get } = await standIn({ token: { scopes: ['ads_read'] } });
    expect((await get('/v25.0/me/permissions')).body.data).toEqual([{ permission: 'ads_read', status: 'granted' }]);
  });

  it('is nothing when the list is empty', async () => {
    const { get } = await standIn();
    expect((await get(`/v25.0/${business}/adspixels?name_filter=none`)).body).toEqual({ data: [] });
  });

  it('says when a dataset last got an event', async () => {
    const { get, post } = await standIn();
    const path = `/v25.0/${datasetId}?fields=last_fired_time`;
    expect((await get(path)).body).toEqual({ id: datasetId });

    await post(one);

    expect((await get(path)).body).toEqual({ id: datasetId, last_fired_time: '2026-11-22T12:00:00+0000' });
  });

  it('is the world that it was given', async () => {
    const { get, post } = await standIn({ world: { ...worldOf([{ id: '7', name: 'Seven' }]), closed: true } });

    expect((await get(`/v25.0/${business}/owned_pixels?fields=name`)).body.data).toEqual([{ name: 'Seven', id: '7' }]);
    expect((await post(one, known, '/v25.0/7/events')).status).toBe(200);
    expect((await post(one)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  });

  it('is what is assigned to it', async () => {
    const { get, post } = await standIn({ token: { datasetIds: ['6543210987654321'] } });
    const { body } = await get(`/v25.0/${business}/adspixels`);

    expect(body.data).toEqual([{ id: '6543210987654321' }]);
    expect((await get(`/v25.0/${datasetId}`)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
    expect((await post(one)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  });

  it('tells the runner of each read, without its query', async () => {
    const reads: unknown[] = [];
    const { api, get } = await standIn({ onRead: (read) => reads.push(read) });
    await get(`/v25.0/me?access_token=${token}`);

    expect(reads).toEqual([{ at: now, path: '/v25.0/me', status: 200 }]);
    expect(api.received()).toEqual([]);
  });
});

describe('paging', () => {
  const many = worldOf(Array.from({ length: 60 }, (_, index) => ({ id: String(index + 1) })));
  const list = `/v25.0/${business}/owned_pixels`;
  const idsOf = ({ body }: { body: { data: readonly { id: string }[] } }) => body.data.map(({ id }) => Number(id));

  it('goes forward to the end by its links, and back again', async () => {
    const { get } = await standIn({ world: many });
    const pages = [await get(`${list}?fields=name&access_token=${token}`, {})];
    for (let next = pages[0]?.body.paging.next; next; next = pages.at(-1)?.body.paging.next)
      pages.push(await get(next));

    expect(pages.flatMap(idsOf)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(pages.map(({ body }) => body.data.length)).toEqual([25, 25, 10]);
    expect(pages[1]?.body.data[0]).toEqual({ id: '26', name: 'Dataset 26' });
    expect(JSON.stringify(pages.map(({ body }) => body))).not.toContain(token);
    expect(idsOf(await get(pages[2]?.body.paging.previous))).toEqual(idsOf(pages[1] as never));
  });

  it('goes on after a cursor', async () => {
    const { get } = await standIn({ world: many });
    const { body } = await get(`${list}?limit=2`);

    expect(idsOf(await get(`${list}?limit=3&after=${body.paging.cursors.after}`))).toEqual([3, 4, 5]);
  });

  it('has 100 on a page at most', async () => {
    const { get } = await standIn({ world: worldOf(Array.from({ length: 120 }, (_, index) => ({ id: `1${index}` }))) });
    expect((await get(`${list}?limit=5000`)).body.data).toHaveLength(100);
  });
});

describe('debug_token', () => {
  const debug = (input: string) => `/v25.0/debug_token?input_token=${input}`;

  it('says what a token is', async () => {
    const { get } = await standIn({ token: { expiresAt: new Date('2027-01-01T00:00:00Z'), datasetIds: ['7'] } });
    const scopes = ['ads_management', 'ads_read', 'business_management'];

    expect((await get(debug(token))).body).toEqual({
      data: {
        app_id: '200000000000002',
        type: 'SYSTEM_USER',
        application: 'Example App',
        user_id: '300000000000003',
        is_valid: true,
        issued_at: 1768467600,
        expires_at: 1798761600,
        data_access_expires_at: 0,
        scopes,
        granular_scopes: scopes.map((scope) => ({ scope, target_ids: ['7'] })),
      },
    });
  });

  it('says that a token is wrong', async () => {
    const { get } = await standIn();
    expect((await get(debug('other'))).body).toEqual({
      data: { error: { code: 190, message: 'Invalid OAuth access token' }, is_valid: false, scopes: [] },
    });
  });

  it('says that a token has expired', async () => {
    const { get } = await standIn({
      accepts: () => true,
      token: (sent) => (sent === 'old' ? { expiresAt: new Date('2026-01-01T00:00:00Z') } : {}),
    });
    expect((await get(debug('old'))).body.data).toMatchObject({
      error: { code: 190, subcode: 463 },
      is_valid: false,
      expires_at: 1767225600,
    });
  });
});

describe('a refused read', () => {
  it.each([
    ['without a token', '/v25.0/me', { authorization: '' }, 401, 104, undefined],
    ['with a wrong token', '/v25.0/me', { authorization: 'Bearer x' }, 400, 190, undefined],
    ['of an object that is not there', '/v25.0/77', known, 400, 100, 33],
    ['of a name', '/v25.0/my-pixel', known, 404, 803, undefined],
    ['of the events', `/v25.0/${datasetId}/events`, known, 400, 100, 33],
    ['of an unknown edge', `/v25.0/${business}/pets`, known, 400, 100, undefined],
    ['of an unknown edge of a dataset', `/v25.0/${datasetId}/pets`, known, 400, 100, undefined],
    ['of an unknown edge of a user', '/v25.0/me/pets', known, 400, 100, undefined],
    ['of an inherited name', `/v25.0/${business}/constructor`, known, 400, 100, undefined],
    ['of an unknown field', '/v25.0/me?fields=id,shoe_size', known, 400, 100, undefined],
    ['of an inherited field', '/v25.0/me?fields=constructor', known, 400, 100, undefined],
    ['with fields that cannot be read', '/v25.0/me?fields=id,{', known, 400, 2500, undefined],
    ['with an open brace', '/v25.0/me?fields=id{name', known, 400, 2500, undefined],
    ['with no limit', '/v25.0/me/businesses?limit=0', known, 400, 100, undefined],
    ['with a cursor of nowhere', '/v25.0/me/businesses?after=x', known, 400, 100, undefined],
    ['of no input token', '/v25.0/debug_token', known, 400, 100, undefined],
    ['too deep', '/v25.0/me/businesses/more', known, 404, 2500, undefined],
    ['without a version', '/me', known, 404, 2500, undefined],
  ])('%s', async (_, path, headers, status, code, subcode) => {
    const { get } = await standIn();
    const answer = await get(path, headers);

    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBe(code);
    expect(answer.body.error.error_subcode).toBe(subcode);
  });
});

describe('a token', () => {
  const proof = createHmac('sha256', 'app-secret').update(token).digest('hex');

  it.each([
    ['has expired', { token: { expiresAt: now } }, {}, 400, 190, 463],
    ['may not send', { token: { scopes: ['ads_read'] } }, {}, 403, 294, undefined],
    ['lacks the proof', { appSecret: 'app-secret' }, {}, 400, 100, undefined],
    ['has a wrong proof', { appSecret: 'app-secret' }, { appsecret_proof: '0'.repeat(64) }, 400, 100, undefined],
  ])('that %s is refused', async (_, options, members, status, code, subcode) => {
    const { post } = await standIn(options);
    const answer = await post({ ...one, ...members });

    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBe(code);
    expect(answer.body.error.error_subcode).toBe(subcode);
  });

  it('says so in words when the proof is missing: no code tells it', async () => {
    const { post, get } = await standIn({ appSecret: 'app-secret' });

    expect((await post(one)).body.error.message).toContain('appsecret_proof');
    expect((await get('/v25.0/me')).body.error.message).toContain('appsecret_proof');
  });

  it('with its proof is accepted', async () => {
    const { post, get } = await standIn({ appSecret: 'app-secret' });

    expect((await post({ ...one, appsecret_proof: proof })).status).toBe(200);
    expect((await get(`/v25.0/me?appsecret_proof=${proof}`)).status).toBe(200);
  });

  it.each([
    ['me/businesses', ['ads_read']],
    [business, ['ads_management']],
    [`${business}/adspixels`, ['pages_read_engagement']],
  ])('without the permission does not read %s', async (path, scopes) => {
    const { get } = await standIn({ token: { scopes } });
    expect(await get(`/v25.0/${path}`)).toMatchObject({ status: 400, body: { error: { code: 200 } } });
  });

  it('without any permission for datasets reads none', async () => {
    const { get } = await standIn({ token: { scopes: [] } });
    expect((await get(`/v25.0/${datasetId}`)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  });

  it('may send to what is not listed, as long as the world is open', async () => {
    const { post } = await standIn({ world: { ...defaultWorld, datasets: [] } });
    expect((await post(one)).status).toBe(200);
  });
});
