import { request, type RequestOptions } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startAwsServer } from '../../local/emulators/aws/aws-server.ts';
import { startRuntimeApi } from '../../local/emulators/lambda/runtime-api.ts';
import { foreignness } from '../../local/local-hosts.ts';

/** Sends what a browser may send and `fetch` here may not: any `Host`. */
function statusOf(
  url: string,
  headers: Record<string, string>,
  options: RequestOptions = {},
  body = '',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject).end(body);
  });
}

const secretRequest = {
  'x-amz-target': 'secretsmanager.GetSecretValue',
  'content-type': 'application/x-amz-json-1.1',
};
const receiveRequest = { 'x-amz-target': 'AmazonSQS.ReceiveMessage', 'content-type': 'application/x-amz-json-1.0' };

// What pages could read of other local servers by a name of their own: webpack/webpack-dev-server#887,
// stellar/stellar-core#1517 and google/adk-js#744, whose health check was open too.
describe('a page of another site', () => {
  it.each([
    { title: 'reads no secret by a name of its own', host: 'evil.example', headers: secretRequest },
    { title: 'reads no message by a name of its own', host: 'evil.example', headers: receiveRequest },
    {
      title: 'reads no secret by a name that begins like ours',
      host: '127.0.0.1.evil.example',
      headers: secretRequest,
    },
    { title: 'reads no message from its own origin', origin: 'http://evil.example', headers: receiveRequest },
    { title: 'reads no message from an origin that is hidden', origin: 'null', headers: receiveRequest },
  ])('$title', async ({ host, origin, headers }) => {
    const aws = await startAwsServer();
    onTestFinished(() => aws.close());
    aws.secrets.put('main', 'token');
    const queue = aws.queues.ensureQueue('events');
    const body = JSON.stringify({ SecretId: 'main', QueueUrl: queue.url });
    const { port } = new URL(aws.url);
    const own = { ...headers, host: `127.0.0.1:${port}` };
    const foreign = { ...own, ...(host && { host: `${host}:${port}` }), ...(origin && { origin }) };

    expect(await statusOf(aws.url, own, { method: 'POST' }, body)).toBe(200);
    expect(await statusOf(aws.url, foreign, { method: 'POST' }, body)).toBe(403);
  });

  it('takes no event away from a function', async () => {
    const api = await startRuntimeApi();
    onTestFinished(() => api.close());
    const url = `http://${api.address}/2018-06-01/runtime/init/error`;

    expect(await statusOf(url, { host: 'evil.example' }, { method: 'POST' }, '{}')).toBe(403);
    expect(await statusOf(url, {}, { method: 'POST' }, '{}')).toBe(202);
  });
});

describe('foreignness', () => {
  it.each(['127.0.0.1:3000', 'localhost:3000', '[::1]:3000', 'localhost'])('is none of a request to %s', (host) => {
    expect(foreignness({ headers: { host } })).toBeUndefined();
    expect(foreignness({ headers: { host, origin: `http://${host}` } })).toBeUndefined();
  });

  it.each(['', 'localhost.', 'localhost:3000.evil.example', '0.0.0.0:3000', 'user@localhost', '127.0.0.1:3000:1'])(
    'is seen of a request to "%s"',
    (host) => {
      expect(foreignness({ headers: { host } })).toContain('by another name');
    },
  );

  it('is seen of another port of this machine', () => {
    const headers = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:4000' };
    expect(foreignness({ headers })).toContain('Another site');
  });
});
