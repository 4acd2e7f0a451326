import { describe, expect, it, onTestFinished } from 'vitest';
import { startRuntimeApi } from '../../../../local/emulators/lambda/runtime-api.ts';

async function start() {
  const api = await startRuntimeApi();
  onTestFinished(() => api.close());
  const url = (path: string) => `http://${api.address}/2018-06-01/runtime/${path}`;
  const post = (path: string, body: string) => fetch(url(path), { method: 'POST', body });
  return { api, url, post };
}

const invocation = {
  requestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
  payload: '{"a":1}',
  deadlineMs: 1542409706888,
  functionArn: 'arn:aws:lambda:us-east-2:000000000000:function:f',
  traceId: 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0',
};

describe('the Runtime API', () => {
  it('answers a poll with the event and the headers of the invocation, and takes the response', async () => {
    const { api, url, post } = await start();
    const result = api.handOver(invocation);
    const next = await fetch(url('invocation/next'));
    expect(await next.text()).toBe('{"a":1}');
    expect(Object.fromEntries(next.headers)).toMatchObject({
      'lambda-runtime-aws-request-id': invocation.requestId,
      'lambda-runtime-deadline-ms': '1542409706888',
      'lambda-runtime-invoked-function-arn': invocation.functionArn,
      'lambda-runtime-trace-id': invocation.traceId,
    });
    expect((await post(`invocation/${invocation.requestId}/response`, '[1]')).status).toBe(202);
    expect(await result).toEqual({ ok: true, payload: [1] });
  });

  it('holds a poll until there is an event', async () => {
    const { api, url } = await start();
    const next = fetch(url('invocation/next'));
    await api.polled();
    void api.handOver(invocation);
    expect((await next).status).toBe(200);
  });

  it('refuses an outcome for another invocation', async () => {
    const { api, url, post } = await start();
    void api.handOver(invocation);
    await fetch(url('invocation/next'));
    expect((await post('invocation/another/response', '{}')).status).toBe(400);
  });

  it('takes a response that is not JSON for an error', async () => {
    const { api, url, post } = await start();
    const result = api.handOver(invocation);
    await fetch(url('invocation/next'));
    await post(`invocation/${invocation.requestId}/response`, '{');
    expect(await result).toMatchObject({ ok: false, errorType: 'Runtime.MarshalError' });
  });

  it('tells why a function could not be loaded', async () => {
    const { api, post } = await start();
    await post('init/error', '{"errorType":"Error","errorMessage":"no settings"}');
    expect(await api.initFailure).toEqual({ ok: false, errorType: 'Error', errorMessage: 'no settings' });
  });

  it.each([
    ['GET', 'invocation/none'],
    ['POST', 'invocation/next'],
    ['POST', 'exit'],
  ])('does not know %s %s', async (method, path) => {
    const { url } = await start();
    expect((await fetch(url(path), { method })).status).toBe(404);
  });
});
