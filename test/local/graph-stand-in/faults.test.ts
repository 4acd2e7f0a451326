import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { faultNames } from '../../../local/graph-stand-in/faults.ts';
import { eventsPath, json, known, one, standIn } from './stand-in.ts';

describe('a fault', () => {
  it('hits as often as it says', async () => {
    const { post, break: put } = await standIn();
    await put({ fault: 'unavailable', times: 2 });

    const answers = [await post(one), await post(one), await post(one)];

    expect(answers.map(({ status }) => status)).toEqual([500, 500, 200]);
  });

  it('goes away when all are deleted', async () => {
    const { request: ask, post, break: put } = await standIn();
    await put({ fault: 'throttled' });
    expect((await post(one)).body.error).toMatchObject({ code: 80004 });

    const left = await ask('/_stand-in/faults', { method: 'DELETE' });

    expect(left).toMatchObject({ status: 200, body: { faults: [] } });
    expect((await post(one)).status).toBe(200);
  });

  it('hits a share of the requests, by chance', async () => {
    const chances = [0.1, 0.9, 0.49, 0.5];
    const { post } = await standIn({
      random: () => chances.shift() ?? 0,
      faults: [{ fault: 'unavailable', share: 0.5 }],
    });
    const answers = [await post(one), await post(one), await post(one), await post(one)];

    expect(answers.map(({ status }) => status)).toEqual([500, 200, 500, 200]);
  });

  it('hits one dataset', async () => {
    const { post, break: put } = await standIn();
    await put({ fault: 'token_expired', datasetId: '99' });

    expect((await post(one)).status).toBe(200);
    expect((await post(one, known, '/v25.0/99/events')).body.error).toMatchObject({ code: 190, error_subcode: 463 });
  });

  it('hits what sends, or what reads', async () => {
    const { post, get, break: put } = await standIn();
    await put({ fault: 'permission_missing', on: 'reads' });

    expect((await post(one)).status).toBe(200);
    expect((await get('/v25.0/me')).body.error).toMatchObject({ code: 10 });
  });

  it('may come after the events are stored, so that they come again as duplicates', async () => {
    const { api, post, break: put } = await standIn();
    await put({ fault: 'unavailable', afterStoring: true, times: 1 });
    await post(one);
    await post(one);

    expect(api.received()).toMatchObject([
      { status: 500, stored: true, fault: 'unavailable', duplicates: 0 },
      { status: 200, stored: true, duplicates: 1 },
    ]);
  });

  it('that comes after storing leaves a bad event refused', async () => {
    const { post, break: put } = await standIn();
    await put({ fault: 'unavailable', afterStoring: true });

    expect((await post({ data: [{}] })).body.error).toMatchObject({ code: 100 });
  });

  it('may be an error of its own', async () => {
    const { post, break: put } = await standIn();
    await put({ error: { code: 100, subcode: 2804099, message: 'New rule', status: 418, transient: true } });

    expect(await post(one)).toMatchObject({
      status: 418,
      body: { error: { message: 'New rule', code: 100, error_subcode: 2804099, is_transient: true } },
    });
  });

  it('takes what an error of its own leaves out from the known ones', async () => {
    const { post, break: put } = await standIn();
    await put({ error: { code: 2 } });

    expect(await post(one)).toMatchObject({ status: 500, body: { error: { is_transient: true } } });
  });

  it('delays the answer, by the sum of the delays', async () => {
    const { post, break: put } = await standIn();
    await put({ latencyMs: 60 });
    await put({ latencyMs: 60 });
    const startedAt = performance.now();
    const { status } = await post(one);

    expect(status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(115);
  });

  it.each([{ error: { code: 4, status: 429 } }, { fault: 'too_many_requests' }])(
    'asks to come back later: %j',
    async (fault) => {
      const { api } = await standIn({ faults: [{ ...fault, retryAfterSeconds: 7 }] });
      const { status, headers } = await fetch(api.url + eventsPath, { method: 'POST', headers: known, body: '{}' });

      expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 429, retryAfter: '7' });
    },
  );

  it('sets the usage headers', async () => {
    const { post, break: put } = await standIn();
    await put({ fault: 'throttled', usage: { percent: 100, regainMinutes: 5 } });
    const { headers } = await post(one);
    const [usage] = Object.values(JSON.parse(headers.get('x-business-use-case-usage') ?? '')) as [readonly object[]];

    expect(usage).toMatchObject([{ call_count: 100, estimated_time_to_regain_access: 5 }]);
  });
});

describe('a network fault', () => {
  const send = (url: string, signal?: AbortSignal) =>
    fetch(url + eventsPath, { method: 'POST', headers: known, body: JSON.stringify(one), ...(signal && { signal }) });

  it.each([
    ['gateway_page', 502, 'text/html', /^<!doctype html>/],
    ['html_page', 200, 'text/html', /^<!doctype html>/],
    ['server_error', 500, 'text/plain', /Error/],
    ['too_many_requests', 429, 'text/plain', /Many/],
    ['broken_json', 200, 'application/json', /^\{[^}]*$/],
    ['empty', 200, 'application/json', /^$/],
  ])('%s answers with what is no JSON of Graph', async (fault, status, contentType, body) => {
    const { api } = await standIn({ faults: [{ fault }] });
    const response = await send(api.url);

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(await response.text()).toMatch(body);
    expect(api.received()).toMatchObject([{ status, fault, stored: false }]);
  });

  it('reset breaks the connection', async () => {
    const { api } = await standIn({ faults: [{ fault: 'reset', afterStoring: true }] });
    await expect(send(api.url)).rejects.toThrow('fetch failed');
    expect(api.received()).toMatchObject([{ status: 0, stored: true }]);
  });

  it('half_answer breaks it in the middle', async () => {
    const { api } = await standIn({ faults: [{ fault: 'half_answer' }] });
    const response = await send(api.url);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('timeout never answers', async () => {
    const { api } = await standIn({ faults: [{ fault: 'timeout' }] });
    await expect(send(api.url, AbortSignal.timeout(150))).rejects.toThrow('timeout');
  });
});

describe('the control path', () => {
  it('lists the requests', async () => {
    const { post, get } = await standIn();
    await post(one);
    const { body } = await get('/_stand-in/requests');

    expect(body.requests).toMatchObject([{ datasetId: '1234567890123456', status: 200, events: one.data }]);
  });

  it('lists the faults, and how often each will still hit', async () => {
    const { post, get, break: put } = await standIn();
    await put({ fault: 'blocked', times: 3 });
    await post(one);

    expect((await get('/_stand-in/faults')).body).toEqual({ faults: [{ fault: 'blocked', times: 2 }] });
  });

  it.each([
    [{}, /needs fault, error, latencyMs or usage/],
    [{ fault: 'nope' }, /^fault: must be one of throttled, .*timeout/],
    [{ fault: 'throttled', error: { code: 1 } }, /has both/],
    [{ fault: 'throttled', time: 1 }, /"time"/],
    [{ fault: 'throttled', times: 0 }, /^times: /],
    [{ fault: 'throttled', share: 2 }, /^share: /],
    [{ fault: 'throttled', datasetId: 'x' }, /^datasetId: must be digits/],
    [{ latencyMs: -1 }, /^latencyMs: /],
    [{ error: { code: '1' } }, /^error\.code: /],
    ['{', /object/],
  ])('says what is wrong with %j', async (fault, problem) => {
    const { break: put } = await standIn();
    const { status, body } = await put(fault);

    expect(status).toBe(400);
    expect(body.problems).toEqual([expect.stringMatching(problem)]);
  });

  it.each([
    ['POST', '/_stand-in/faults', { 'content-type': 'text/plain' }, 415],
    ['PUT', '/_stand-in/faults', json, 405],
    ['GET', '/_stand-in/else', json, 404],
  ])('refuses %s %s', async (method, path, headers, status) => {
    const { request: ask } = await standIn();
    expect((await ask(path, { method, headers })).status).toBe(status);
  });

  it('answers to no other name than this machine has: a page elsewhere may point one here', async () => {
    const { api } = await standIn();
    const asked = request(`${api.url}/_stand-in/requests`, { headers: { host: 'evil.example' } }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();

    expect(response.statusCode).toBe(403);
  });

  it('hits and shows nothing by itself', async () => {
    const { api, get, break: put } = await standIn();
    await put({ fault: 'reset' });

    expect((await get('/_stand-in/faults')).status).toBe(200);
    expect(api.received()).toEqual([]);
  });

  it('knows each name once', () => {
    expect(new Set(faultNames).size).toBe(faultNames.length);
  });
});
