import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../../shared/segment/invalid-request-error.ts';
import { serverKey, track } from '../../support/factories.ts';
import { basic, get, post, testIngest } from '../../support/ingest-request.ts';

const good = { batch: [track('A')] };

const tooLarge = () => {
  throw new InvalidRequestError('request_too_large', { message: 'The body is too large.', fix: 'Send less.' });
};

describe('a request that cannot be taken', () => {
  it.each([
    ['JSON that is cut off', post('/v1/batch', '{"batch": [{"type":'), 400, 'request_invalid'],
    [
      'JSON that is cut off, with the key in it',
      post('/v1/batch', `{"writeKey":"${serverKey}","batch":[`, { headers: {} }),
      400,
      'request_invalid',
    ],
    [
      'JSON that is cut off, without a known key',
      post('/v1/batch', '{"batch":[', { headers: {} }),
      401,
      'write_key_unknown',
    ],
    ['no body', post('/v1/batch', ''), 400, 'request_invalid'],
    ['a form', post('/v1/batch', 'batch=1'), 400, 'request_invalid'],
    ['a batch that is no list', post('/v1/batch', { batch: track('A') }), 400, 'request_invalid'],
    ['an event sent as a batch', post('/v1/batch', track('A')), 400, 'request_invalid'],
    ['a list instead of a batch', post('/v1/batch', [track('A')]), 400, 'request_invalid'],
    ['no write key', post('/v1/batch', good, { headers: {} }), 401, 'write_key_unknown'],
    ['no write key, and no object', post('/v1/batch', 'null', { headers: {} }), 401, 'write_key_unknown'],
    ['an empty write key', post('/v1/batch', good, { headers: {}, query: { writeKey: '' } }), 401, 'write_key_unknown'],
    [
      'an unknown write key',
      post('/v1/batch', good, { headers: { authorization: basic('other:') } }),
      401,
      'write_key_unknown',
    ],
    [
      'an unknown write key in the body',
      post('/v1/batch', { ...good, writeKey: 'other' }, { headers: {} }),
      401,
      'write_key_unknown',
    ],
    ['a body that is too large', post('/v1/batch', '', { readBody: tooLarge }), 413, 'request_too_large'],
    [
      'a body that is too large to look for the key in',
      post('/v1/batch', '', { readBody: tooLarge, headers: {} }),
      413,
      'request_too_large',
    ],
    ['more than 2,500 events', post('/v1/batch', { batch: new Array(2_501).fill({}) }), 413, 'request_too_large'],
    ['a path nobody knows', post('/v1/unknown', good), 404, 'path_unknown'],
    ['a preflight of a path nobody knows', post('/v1/unknown', '', { method: 'OPTIONS' }), 404, 'path_unknown'],
    [
      'an origin at a source for servers',
      post('/v1/batch', good, { headers: { authorization: basic(`${serverKey}:`), origin: 'https://a.example' } }),
      403,
      'origin_not_allowed',
    ],
  ])('%s is answered with %s %s', async (_, request, status, code) => {
    const ingest = testIngest();

    const answer = await ingest.send(request);

    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/json; charset=utf-8']);
    expect(answer.json()).toEqual({ success: false, code, message: expect.any(String), fix: expect.any(String) });
    expect([ingest.events.messages, ingest.deadLetters.messages]).toEqual([[], []]);
  });

  it.each([
    [get('/v1/batch'), 'POST, OPTIONS'],
    [get('/v1/track'), 'POST, OPTIONS'],
    [get('/v1/m'), 'POST, OPTIONS'],
    [post('/v1/batch', good, { method: 'PUT' }), 'POST, OPTIONS'],
    [post('/v1/batch', good, { method: 'DELETE' }), 'POST, OPTIONS'],
    [post('/pixel/v1/track', ''), 'GET, OPTIONS'],
    [post('/sourceConfig', ''), 'GET, OPTIONS'],
    [post('/v1/projects/key/settings', ''), 'GET, OPTIONS'],
  ])('the wrong method is answered with 405 and the right one: $0.method $0.path', async (request, allow) => {
    const answer = await testIngest().send(request);

    expect([answer.status, answer.headers['allow']]).toEqual([405, allow]);
    expect(answer.json()).toMatchObject({ success: false, code: 'method_not_allowed' });
  });
});

describe('a body', () => {
  it('is read once', async () => {
    let reads = 0;
    const body = JSON.stringify({ ...good, writeKey: serverKey });
    const readBody = () => {
      reads += 1;
      return body;
    };

    const answer = await testIngest().send(post('/v1/batch', '', { readBody, headers: {} }));

    expect([answer.status, reads]).toEqual([200, 1]);
  });

  it('is not read when the key in the header is wrong', async () => {
    const readBody = () => {
      throw new Error('Read for nothing.');
    };

    const answer = await testIngest().send(
      post('/v1/batch', '', { readBody, headers: { authorization: basic('other:') } }),
    );

    expect(answer.status).toBe(401);
  });
});
