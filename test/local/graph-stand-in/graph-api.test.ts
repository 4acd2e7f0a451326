import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startGraphApi } from '../../../local/graph-stand-in/graph-api.ts';
import type { ReceivedRequest } from '../../../local/graph-stand-in/received-requests.ts';
import { emailDigest, now, serverEvent } from './server-events.ts';
import { eventsPath as path, json, known, one, standIn as graphApi, token } from './stand-in.ts';

describe('an accepted request', () => {
  it('is answered with the number of its events and a trace id', async () => {
    const { post } = await graphApi();
    const events = ['a', 'b', 'c'].map((id) => serverEvent({ event_id: id }));
    expect(await post({ data: events })).toMatchObject({
      status: 200,
      body: { events_received: 3, messages: [], fbtrace_id: expect.stringMatching(/^\S{10,}$/) },
    });
  });

  it('is remembered with its events and without its token', async () => {
    const seen: ReceivedRequest[] = [];
    const { api, post } = await graphApi({ onRequest: (request) => seen.push(request) });
    await post({ ...one, test_event_code: 'TEST1', access_token: token }, json);
    expect(api.received()).toEqual([
      {
        at: now,
        datasetId: '1234567890123456',
        graphVersion: 'v25.0',
        status: 200,
        events: one.data,
        testEventCode: 'TEST1',
        duplicates: 0,
        durationMs: expect.any(Number),
        traceId: expect.any(String),
        stored: true,
      },
    ]);
    expect(seen).toEqual(api.received());
    expect(JSON.stringify(seen)).not.toContain(token);
  });

  it.each([
    ['the header', path, known, one],
    ['the query', `${path}?access_token=${token}`, json, one],
    ['the body', path, json, { ...one, access_token: token }],
  ])('may carry its token in %s', async (_, to, headers, body) => {
    const { post } = await graphApi();
    expect((await post(body, headers, to)).status).toBe(200);
  });

  it('may be a form whose data is text', async () => {
    const { request } = await graphApi();
    const body = new URLSearchParams({ access_token: token, data: JSON.stringify(one.data) });
    expect((await request(path, { body })).body).toMatchObject({ events_received: 1 });
  });

  it('may be a form of several parts', async () => {
    const { request } = await graphApi();
    const body = new FormData();
    body.set('access_token', token);
    body.set('data', JSON.stringify(one.data.map((event) => JSON.stringify(event))));
    expect((await request(path, { body })).body).toMatchObject({ events_received: 1 });
  });

  it('may be nearly 10 MB', async () => {
    const { post } = await graphApi();
    const event = serverEvent({ custom_data: { note: 'x'.repeat(9_900_000) } });
    expect((await post({ data: [event] })).status).toBe(200);
  });
});

describe('a refused request', () => {
  const oauth = 'OAuthException';
  const method = 'GraphMethodException';
  it.each([
    ['has no token', '{}', json, path, 401, 104, undefined],
    ['has another scheme', '{}', { ...json, authorization: 'Basic eDo=' }, path, 401, 104, undefined],
    ['has a wrong token', one, { ...json, authorization: 'Bearer other' }, path, 400, 190, undefined],
    ['has a token that is none', one, { ...json, authorization: 'Bearer a b' }, path, 401, 190, undefined],
    ['has a dataset id that is a name', one, known, '/v25.0/my-pixel/events', 404, 803, undefined],
    ['has a dataset id that cannot be', one, known, '/v25.0/0/events', 400, 100, 33],
    ['is for another edge', one, known, '/v25.0/1234567890123456/stats', 404, 2500, undefined],
    ['has no version', one, known, '/1234567890123456/events', 404, 2500, undefined],
    ['has half a version', one, known, '/v25/1234567890123456/events', 404, 2500, undefined],
    ['has a version that is not out yet', one, known, '/v99.0/1234567890123456/events', 404, 2500, undefined],
    ['has a path of slashes', one, known, '//', 404, 2500, undefined],
    ['is text', one, { ...known, 'content-type': 'text/plain' }, path, 400, 100, undefined],
    ['is no JSON', '{"data": [', known, path, 400, 100, undefined],
    ['is JSON of another kind', '[1]', known, path, 400, 100, undefined],
    ['is empty', '', known, path, 400, 100, undefined],
    [
      'is JSON that says it is a form',
      one,
      { ...known, 'content-type': 'multipart/form-data' },
      path,
      400,
      100,
      undefined,
    ],
    ['has no data', {}, known, path, 400, 100, undefined],
    ['has data that is no list', { data: serverEvent() }, known, path, 400, 100, undefined],
    ['has data of garbage', { data: [null, 1, 'x', [[]]] }, known, path, 400, 100, undefined],
    ['has an event of too long ago', { data: [serverEvent({ event_time: 1 })] }, known, path, 400, 100, 2804003],
  ])('that %s says so in the shape of Graph', async (_, body, headers, to, status, code, subcode) => {
    const { api, post } = await graphApi();
    const answer = await post(body, headers, to);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      error: {
        message: expect.any(String),
        type: subcode === 33 ? method : oauth,
        code,
        ...(subcode !== undefined && { error_subcode: subcode }),
        is_transient: false,
        error_user_title: expect.any(String),
        error_user_msg: expect.any(String),
        fbtrace_id: expect.any(String),
      },
    });
    const { message, ...error } = api.received().at(-1)?.error ?? {};
    expect(message).toBe(answer.body.error.error_user_msg);
    expect(error).toEqual({ code, ...(subcode !== undefined && { subcode }) });
  });

  it.each(['GET', 'PUT', 'DELETE'])('that is a %s is not supported', async (method) => {
    const { request } = await graphApi();
    const answer = await request(path, { method, headers: known });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 100, error_subcode: 33 } } });
  });

  it('that is compressed is not read', async () => {
    const { request } = await graphApi();
    const headers = { ...known, 'content-encoding': 'gzip' };
    const answer = await request(path, { headers, body: gzipSync(JSON.stringify(one)) });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 100 } } });
  });

  it('that is larger than 10 MB is 413', async () => {
    const { post } = await graphApi();
    expect((await post('x'.repeat(10 * 1024 * 1024 + 1))).status).toBe(413);
  });

  it('stores none of its events', async () => {
    const { api, post } = await graphApi();
    await post({ data: [serverEvent(), serverEvent({ event_name: 'Purchase' })] });
    await post(one);
    expect(api.received()).toMatchObject([
      { status: 400, duplicates: 0, error: { code: 100, subcode: 2804009 }, events: [{}, {}] },
      { status: 200, duplicates: 0 },
    ]);
  });

  it('is no end: a sender that breaks off does no harm', async () => {
    const { api, post } = await graphApi();
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{`);
    await setTimeout(20);
    socket.destroy();
    expect((await post(one)).status).toBe(200);
    expect(api.received()).toHaveLength(1);
  });

  it('is 500 when the stand-in itself fails', async () => {
    const accepts = (): boolean => {
      throw new Error('broken');
    };
    const { post } = await graphApi({ accepts });
    expect(await post(one)).toMatchObject({ status: 500, body: { error: { code: 1 } } });
  });
});

describe('a duplicate', () => {
  const others = [
    ['another dataset', serverEvent(), '/v25.0/99/events'],
    ['another name', serverEvent({ event_name: 'Contact' }), path],
    ['another id', serverEvent({ event_id: 'message-2' }), path],
  ] as const;

  it('is received, and counted beside', async () => {
    const { api, post } = await graphApi();
    await post(one);
    const twice = await post({ data: [serverEvent(), serverEvent({ user_data: { ph: emailDigest } })] });
    expect(twice.body).toMatchObject({ events_received: 2 });
    expect(api.received().map(({ duplicates }) => duplicates)).toEqual([0, 2]);
  });

  it.each(others)('is none with %s', async (_, event, to) => {
    const { api, post } = await graphApi();
    await post(one);
    await post({ data: [event] }, known, to);
    expect(api.received().at(-1)).toMatchObject({ status: 200, duplicates: 0 });
  });

  it('is none without an id', async () => {
    const { api, post } = await graphApi();
    await post({ data: [serverEvent({ event_id: undefined }), serverEvent({ event_id: '' })] });
    expect(api.received().at(-1)).toMatchObject({ status: 200, duplicates: 0 });
  });

  it('is none after 48 hours', async () => {
    const hours = [0, 47, 49];
    let at = now;
    const { api, post } = await graphApi({ now: () => at });
    for (const hour of hours) {
      at = new Date(now.getTime() + hour * 3_600_000);
      await post(one);
    }
    expect(api.received().map(({ duplicates }) => duplicates)).toEqual([0, 1, 0]);
  });
});

it('remembers the last 200 requests', async () => {
  const { api, post } = await graphApi();
  for (let index = 0; index < 205; index++) await post({ data: [serverEvent({ event_id: String(index) })] });
  const ids = api.received().map(({ events: [event] }) => (event as { event_id: string }).event_id);
  expect(ids).toEqual(Array.from({ length: 200 }, (_, index) => String(index + 5)));
});

it('rejects when the port is taken', async () => {
  const { api } = await graphApi();
  const port = Number(new URL(api.url).port);
  await expect(startGraphApi({ port, accepts: () => true })).rejects.toThrow('EADDRINUSE');
});
