import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, it } from 'vitest';
import { requestHandler } from '../../../functions/aws/request-handler.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    listener(request, response);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests };
}

const settings = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 3,
  requestHandler,
};

const neverAnswer: RequestListener = (request) => request.resume();
const stopHalfway: RequestListener = (request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': '100' });
  response.write('{"Successful": [');
};

/** Waited for in turn they would take half a minute. */
describe.concurrent('a service that does not answer', { timeout: 30_000 }, () => {
  it.each([
    ['keeps silent', neverAnswer],
    ['stops in the middle of its answer', stopHalfway],
  ])('is given up after three attempts when it %s', async (_, listener) => {
    const { endpoint, requests } = await serve(listener);
    const sqs = new SQSClient({ ...settings, endpoint });
    const Entries = [{ Id: '0', MessageBody: 'any' }];

    await expect(
      sqs.send(new SendMessageBatchCommand({ QueueUrl: `${endpoint}/1/events`, Entries })),
    ).rejects.toThrow();

    expect(requests()).toBe(3);
    sqs.destroy();
  });

  it('is given up when it holds secrets', async () => {
    const { endpoint, requests } = await serve(neverAnswer);
    const secrets = new SecretsManagerClient({ ...settings, endpoint });

    await expect(secrets.send(new GetSecretValueCommand({ SecretId: 'token' }))).rejects.toThrow();

    expect(requests()).toBe(3);
    secrets.destroy();
  });
});
