import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { AddPermissionCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { type AwsServer, startAwsServer } from '../../../local/emulators/aws/aws-server.ts';
import type { Fault } from '../../../local/emulators/aws/request-listener.ts';
import { type Fixture, secretsClient, startFixture } from './aws-fixture.ts';

const open: (Fixture | AwsServer)[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

async function start(options: Parameters<typeof startFixture>[0] = {}): Promise<Fixture> {
  const fixture = await startFixture(options);
  open.push(fixture);
  return fixture;
}

const post = (url: string, target: string, body: string) =>
  fetch(url, { method: 'POST', headers: { 'x-amz-target': target }, body });

describe('startAwsServer', () => {
  it.each(['AmazonSQS.AddPermission', 'secretsmanager.RotateSecret', 'toString', ''])(
    'fails on the unknown operation "%s"',
    async (target) => {
      const { server } = await start();

      const response = await post(server.url, target, '{}');

      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
    },
  );

  it('lets the SDK throw for an unknown operation', async () => {
    const fixture = await start();
    const QueueUrl = await fixture.queue();
    const command = new AddPermissionCommand({ QueueUrl, Label: 'a', AWSAccountIds: ['1'], Actions: ['*'] });

    await expect(fixture.sqs.send(command)).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });

  it.each([
    ['no JSON', '{', 'SerializationException'],
    ['a missing parameter', '{}', 'MissingParameter'],
    ['a parameter of the wrong type', '{"QueueUrl":1,"MessageBody":"x"}', 'InvalidParameterValue'],
    ['null', 'null', 'InvalidParameterValue'],
  ])('refuses %s', async (_, body, code) => {
    const { server } = await start();

    const response = await post(server.url, 'AmazonSQS.SendMessage', body);

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: code });
  });

  it('answers with a fault instead of running the operation, for both services', async () => {
    const fault: Fault = { status: 503, code: 'ServiceUnavailable', message: 'Down.' };
    let isDown = false;
    const seen: unknown[] = [];
    const fixture = await start({
      intercept: (operation, body) => {
        if (!isDown) return undefined;
        seen.push([operation, body]);
        return fault;
      },
    });
    const QueueUrl = await fixture.queue();
    fixture.server.secrets.put('token', 'x');
    const secrets = secretsClient(fixture.server.url);

    isDown = true;
    const refused = { name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } };
    await expect(fixture.send(QueueUrl, 'lost')).rejects.toMatchObject(refused);
    await expect(secrets.send(new GetSecretValueCommand({ SecretId: 'token' }))).rejects.toMatchObject(refused);
    secrets.destroy();
    isDown = false;

    expect(seen).toEqual([
      ['AmazonSQS.SendMessage', { QueueUrl, MessageBody: 'lost' }],
      ['secretsmanager.GetSecretValue', { SecretId: 'token' }],
    ]);
    expect(await fixture.receive(QueueUrl)).toEqual([]);
  });

  it('shows its region in ARNs', async () => {
    const server = await startAwsServer({ region: 'eu-west-1' });
    open.push(server);

    expect(server.queues.ensureQueue('events').arn).toBe('arn:aws:sqs:eu-west-1:000000000000:events');
  });

  it('refuses a port that is taken, and lets its journal go', async () => {
    const { server } = await start();
    const directory = mkdtempSync(join(tmpdir(), 'journal-'));
    const journalFile = join(directory, 'queues.jsonl');
    const port = Number(new URL(server.url).port);

    await expect(startAwsServer({ port, journalFile })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const second = await startAwsServer({ journalFile });

    await second.close();
    rmSync(directory, { recursive: true });
  });

  it('answers those who wait when it closes', async () => {
    const fixture = await startFixture();
    const url = await fixture.queue();
    const poll = fixture.receive(url, { WaitTimeSeconds: 20 });
    await sleep(100);
    const start = performance.now();

    await fixture.server.close();

    expect(await poll).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1900);
    fixture.sqs.destroy();
  });
});
