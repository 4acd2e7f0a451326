import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type HttpApiOptions, startHttpApi, type UnderWay } from '../../../../local/emulators/http-api/http-api.ts';
import type { InvokeResult } from '../../../../local/emulators/lambda/lambda-function.ts';
import getSample from '../../../fixtures/aws-events/http-api-v2-get.json' with { type: 'json' };
import postSample from '../../../fixtures/aws-events/http-api-v2-post.json' with { type: 'json' };
import { shapeOf } from '../lambda/shape-of.ts';

/** An API in front of a function that keeps its events and gives `payload`. */
async function apiGiving(payload: unknown, options: Partial<HttpApiOptions> = {}) {
  const events: APIGatewayProxyEventV2[] = [];
  const invoke = async (event: APIGatewayProxyEventV2): Promise<InvokeResult> => {
    events.push(event);
    return { ok: true, payload };
  };
  const api = await startHttpApi({ port: 0, invoke, ...options });
  onTestFinished(() => api.close());
  const event = (): APIGatewayProxyEventV2 => {
    const [only, ...others] = events;
    if (only === undefined || others.length > 0) throw new Error(`Expected one event, not ${events.length}`);
    return only;
  };
  return { api, event };
}

/** Sends exactly these headers, given as name, value, name, value; unlike fetch, which adds and joins some. */
async function send(url: string, options: RequestOptions & { readonly body?: string | Buffer } = {}) {
  const { body = '', ...rest } = options;
  const request = httpRequest(url, { agent: false, ...rest });
  request.end(body);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject);
  });
  const chunks = await response.toArray();
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') };
}

const hostOf = (url: string): string => new URL(url).host;

describe('the event of a request', () => {
  it('has the shape of the one API Gateway sends for a POST', async () => {
    const { api, event } = await apiGiving(null);
    const { headers } = postSample;
    await send(`${api.url}${postSample.rawPath}?${postSample.rawQueryString}`, {
      method: 'POST',
      headers: {
        accept: headers.accept,
        'content-type': headers['content-type'],
        'user-agent': headers['user-agent'],
        cookie: postSample.cookies.join('; '),
      },
      body: postSample.body,
    });
    expect(shapeOf(event())).toEqual(shapeOf(postSample));
    const { cookies, queryStringParameters, rawPath, rawQueryString, body, routeKey, version } = postSample;
    expect(event()).toMatchObject({ cookies, queryStringParameters, rawPath, rawQueryString, body, routeKey, version });
    expect(event().requestContext).toMatchObject({
      domainName: '127.0.0.1',
      http: {
        method: 'POST',
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'],
      },
      stage: '$default',
    });
  });

  it('has the shape of the one API Gateway sends for a GET: no body, no cookies, no parameters', async () => {
    const { api, event } = await apiGiving(null);
    await send(api.url);
    expect(shapeOf(event())).toEqual(shapeOf(getSample));
  });

  it('tells the time twice, in the form of an access log and in milliseconds', async () => {
    const { api, event } = await apiGiving(null);
    await send(api.url);
    const { time, timeEpoch } = event().requestContext;
    const [, day, month, year, clock] = /^(\d\d)\/(\w{3})\/(\d{4}):([\d:]{8}) \+0000$/.exec(time) ?? [];
    expect(Date.parse(`${day} ${month} ${year} ${clock} GMT`)).toBe(Math.floor(timeEpoch / 1000) * 1000);
  });

  it('lower-cases header names, joins repeated ones with a comma, and leaves the connection out', async () => {
    const { api, event } = await apiGiving(null);
    const headers = [
      'Host',
      hostOf(api.url),
      'X-Many',
      'a',
      'x-many',
      'b,c',
      'Authorization',
      'Basic eDo=',
      'X-Empty',
      '',
    ];
    await send(api.url, { headers: [...headers, 'Connection', 'close', 'User-Agent', 'one', 'User-Agent', 'two'] });
    expect(event().headers).toEqual({
      authorization: 'Basic eDo=',
      'content-length': '0',
      host: hostOf(api.url),
      'user-agent': 'one,two',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      'x-empty': '',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': new URL(api.url).port,
      'x-forwarded-proto': 'http',
      'x-many': 'a,b,c',
    });
  });

  it('adds the sender to an x-forwarded-for of its own making, and does not believe it', async () => {
    const { api, event } = await apiGiving(null);
    await send(api.url, { headers: { 'x-forwarded-for': '198.51.100.9' } });
    expect(event().headers['x-forwarded-for']).toBe('198.51.100.9, 127.0.0.1');
    expect(event().requestContext.http.sourceIp).toBe('127.0.0.1');
  });

  it('lists cookies of several headers, without the header', async () => {
    const { api, event } = await apiGiving(null);
    await send(api.url, { headers: ['Host', hostOf(api.url), 'Cookie', 'a=1; b=2;', 'Cookie', 'c=3'] });
    expect(event().cookies).toEqual(['a=1', 'b=2', 'c=3']);
    expect(event().headers).not.toHaveProperty('cookie');
  });

  it('decodes the path and the parameters, and keeps the query string as it came', async () => {
    const { api, event } = await apiGiving(null);
    await send(`${api.url}/v1/a%20b/%C3%BC?na%20me=%C3%BC&na%20me=x%2Cy&flag`);
    expect(event()).toMatchObject({
      rawPath: '/v1/a b/ü',
      rawQueryString: 'na%20me=%C3%BC&na%20me=x%2Cy&flag',
      queryStringParameters: { 'na me': 'ü,x,y', flag: '' },
    });
  });

  it.each([
    ['application/json', false],
    ['Application/JSON; charset=utf-8', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['text/plain', false],
    ['text/csv;header=present', false],
    ['application/vnd.api+json', true],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
    ['multipart/form-data; boundary=x', true],
    [undefined, true],
  ])('with content type %s has Base64 %s', async (contentType, isBase64Encoded) => {
    const { api, event } = await apiGiving(null);
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    await send(api.url, { method: 'POST', headers, body: '{"ü":1}' });
    const body = isBase64Encoded ? Buffer.from('{"ü":1}').toString('base64') : '{"ü":1}';
    expect(event()).toMatchObject({ body, isBase64Encoded });
  });

  it('has Base64 for a compressed body, whatever its type', async () => {
    const { api, event } = await apiGiving(null);
    const body = gzipSync('{}');
    await send(api.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body,
    });
    expect(event()).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
  });

  it('has the whole of a chunked body and its length', async () => {
    const { api, event } = await apiGiving(null);
    const headers = { 'content-type': 'text/plain', 'transfer-encoding': 'chunked' };
    await send(api.url, { method: 'POST', headers, body: 'chunked' });
    expect(event()).toMatchObject({ body: 'chunked', headers: { 'content-length': '7' } });
    expect(event().headers).not.toHaveProperty('transfer-encoding');
  });
});

describe('the answer', () => {
  it.each([
    ['an object', { a: 1 }, '{"a":1}'],
    ['a string', 'Hello', 'Hello'],
    ['an array', [1], '[1]'],
    ['null', null, 'null'],
    ['a body without a status', { body: 'x' }, '{"body":"x"}'],
  ])('is 200 and JSON when the function gives %s', async (_, payload, body) => {
    const { api } = await apiGiving(payload);
    expect(await send(api.url)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
      body,
    });
  });

  it('has the status, headers, cookies and body the function gives', async () => {
    const { api } = await apiGiving({
      statusCode: 201,
      headers: { 'Content-Type': 'application/json', 'X-Count': 3 },
      cookies: ['a=1; HttpOnly', 'b=2'],
      body: '{"ü":1}',
    });
    expect(await send(api.url)).toMatchObject({
      status: 201,
      headers: { 'content-type': 'application/json', 'x-count': '3', 'set-cookie': ['a=1; HttpOnly', 'b=2'] },
      body: '{"ü":1}',
    });
  });

  it('decodes a Base64 body', async () => {
    const body = Buffer.from('ü').toString('base64');
    const { api } = await apiGiving({ statusCode: 200, body, isBase64Encoded: true });
    expect((await send(api.url)).body).toBe('ü');
  });

  it('is plain text when the function names no type', async () => {
    const { api } = await apiGiving({ statusCode: 200, body: 'ok' });
    expect((await send(api.url)).headers['content-type']).toBe('text/plain;charset=UTF-8');
  });

  it.each([204, 304])('has neither body nor length with status %i', async (statusCode) => {
    const { api } = await apiGiving({ statusCode });
    const answer = await send(api.url);
    expect(answer).toMatchObject({ status: statusCode, body: '' });
    expect(answer.headers).not.toHaveProperty('content-length');
  });

  it.each([
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['a status that is none', { statusCode: 'good' }],
    ['a header that cannot be sent', { statusCode: 200, headers: { 'x-a': 'b\r\nx-c: d' } }],
    ['a cookie that cannot be sent', { statusCode: 200, cookies: ['a=\n'] }],
    ['headers that are a list', { statusCode: 200, headers: ['x'] }],
  ])('is 500 when the function gives %s', async (_, payload) => {
    const { api } = await apiGiving(payload);
    expect(await send(api.url)).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
  });

  it.each([
    ['TypeError', 500, 'Internal Server Error'],
    ['Sandbox.Timedout', 503, 'Service Unavailable'],
    ['Runtime.ExitError', 503, 'Service Unavailable'],
    ['Starting', 503, 'Service Unavailable'],
    ['RequestTooLargeException', 413, 'Request Entity Too Large'],
    ['ServiceException', 503, 'Service Unavailable'],
  ])('to a function that failed with %s is %i', async (errorType, status, message) => {
    const invoke = async (): Promise<InvokeResult> => ({ ok: false, errorType, errorMessage: 'secret' });
    const { api } = await apiGiving(null, { invoke });
    const answer = await send(api.url);
    expect(answer).toMatchObject({ status, body: JSON.stringify({ message }) });
    expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
  });

  it('is 400 to a path whose encoding is broken', async () => {
    const { api } = await apiGiving(null);
    expect(await send(`${api.url}/%E0%A4%A`)).toMatchObject({ status: 400, body: '{"message":"Bad Request"}' });
  });

  it('is 413 to more than 10 MB, and to 10 MB is that of the function', async () => {
    const { api, event } = await apiGiving({ statusCode: 200 });
    const headers = { 'content-type': 'text/plain' };
    const largest = Buffer.alloc(10 * 1024 * 1024, 'x');
    expect((await send(api.url, { method: 'POST', headers, body: largest })).status).toBe(200);
    const tooLarge = Buffer.concat([largest, Buffer.from('x')]);
    expect(await send(api.url, { method: 'POST', headers, body: tooLarge })).toMatchObject({
      status: 413,
      body: '{"message":"Request Entity Too Large"}',
    });
    expect(event().body).toHaveLength(largest.length);
  });

  it('is 503 when the function takes too long', async () => {
    const { api } = await apiGiving(null, { invoke: () => new Promise(() => {}), integrationTimeoutMs: 50 });
    expect(await send(api.url)).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' });
  });

  it('is 503 at once to what is not admitted, and the others go on', async () => {
    const held = Promise.withResolvers<InvokeResult>();
    const admits = ({ requests, bytes }: UnderWay): boolean => requests <= 2 && bytes <= 250;
    let invoked = 0;
    const invoke = () => {
      invoked++;
      return held.promise;
    };
    const { api } = await apiGiving(null, { invoke, admits });
    const post = (bytes: number) => send(api.url, { method: 'POST', body: Buffer.alloc(bytes, 'x') });
    const first = post(200);
    await vi.waitFor(() => expect(invoked).toBe(1));
    expect(await post(100)).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    const second = post(50);
    await vi.waitFor(() => expect(invoked).toBe(2));
    expect((await post(0)).status).toBe(503);
    held.resolve({ ok: true, payload: 1 });
    expect((await Promise.all([first, second])).map(({ status }) => status)).toEqual([200, 200]);
    expect((await post(250)).status).toBe(200);
  });

  it('comes to others while somebody sends slowly', async () => {
    const { api } = await apiGiving({ statusCode: 200 }, { admits: ({ requests }) => requests <= 1 });
    const { port } = new URL(api.url);
    const slow = connect(Number(port), '127.0.0.1');
    onTestFinished(() => void slow.destroy());
    slow.write('POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 1000\r\n\r\nhalf');
    await once(slow, 'connect');
    expect((await send(api.url)).status).toBe(200);
  });
});

describe('local routes', () => {
  const routes = {
    '/health': (_: IncomingMessage, response: { end(body: string): unknown }) => void response.end('{"status":"ok"}'),
    '/broken': () => Promise.reject(new Error('broken')),
  };

  it('answer a GET without the function', async () => {
    const { api } = await apiGiving('function', { routes });
    expect(await send(`${api.url}/health?x=1`)).toMatchObject({ status: 200, body: '{"status":"ok"}' });
  });

  it('leave other methods and paths to the function', async () => {
    const { api } = await apiGiving('function', { routes });
    expect((await send(`${api.url}/health`, { method: 'POST' })).body).toBe('function');
    expect((await send(`${api.url}/health/more`)).body).toBe('function');
  });

  it('answer 500 when they fail', async () => {
    const { api } = await apiGiving('function', { routes });
    expect((await send(`${api.url}/broken`)).status).toBe(500);
  });
});

describe('the server', () => {
  it('listens on the loopback interface only', async () => {
    const { api } = await apiGiving(null);
    expect(api.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('rejects a port that is taken', async () => {
    const { api } = await apiGiving(null);
    const options = { port: Number(new URL(api.url).port), invoke: () => new Promise<InvokeResult>(() => {}) };
    await expect(startHttpApi(options)).rejects.toThrow('EADDRINUSE');
  });

  it('answers what is in flight before it closes, takes nothing new, and drops idle connections', async () => {
    const held = Promise.withResolvers<InvokeResult>();
    const invoked = Promise.withResolvers<void>();
    const invoke = () => {
      invoked.resolve();
      return held.promise;
    };
    const { api } = await apiGiving(null, { invoke });
    const idle = connect(Number(new URL(api.url).port), '127.0.0.1');
    const dropped = new Promise((resolve) => idle.once('close', resolve).resume());
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const answer = send(api.url, { agent });
    await invoked.promise;
    const closed = api.close();
    await expect(send(api.url)).rejects.toThrow('ECONNREFUSED');
    held.resolve({ ok: true, payload: 'finished' });
    expect(await answer).toMatchObject({ status: 200, body: 'finished', headers: { connection: 'close' } });
    await Promise.all([closed, dropped]);
  });

  it('closes although a client left while its request was running', async () => {
    const held = Promise.withResolvers<InvokeResult>();
    const invoked = Promise.withResolvers<void>();
    const { api } = await apiGiving(null, {
      invoke: () => {
        invoked.resolve();
        return held.promise;
      },
    });
    const request = httpRequest(api.url, { agent: false }).on('error', () => {});
    const left = new Promise((resolve) => request.once('close', resolve));
    request.end();
    await invoked.promise;
    request.destroy();
    await left;
    // The server learns of it a moment later.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = api.close();
    held.resolve({ ok: true, payload: null });
    await expect(closed).resolves.toBeUndefined();
  });

  it('closes although a local route keeps a response open', async () => {
    const opened = Promise.withResolvers<void>();
    const routes = {
      '/stream': (_: IncomingMessage, response: { write(text: string): unknown }) => {
        response.write('data: 1\n\n');
        opened.resolve();
      },
    };
    const { api } = await apiGiving(null, { routes });
    const stream = send(`${api.url}/stream`);
    const ended = expect(stream).rejects.toThrow();
    await opened.promise;
    await api.close();
    await ended;
  });
});
