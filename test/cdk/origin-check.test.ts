import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsServer, startAwsServer } from '../../local/emulators/aws/aws-server.ts';

type Handler = (event: { readonly identitySource?: readonly string[] }) => Promise<{ readonly isAuthorized: boolean }>;

const source = pathToFileURL(join(import.meta.dirname, '../../cdk/constructs/origin-check/index.mjs')).href;
const secret = 'correct-horse-battery-staple';
let aws: AwsServer;

beforeAll(async () => {
  aws = await startAwsServer();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
    SECRET_ARN: 'origin-secret',
  });
});

afterAll(() => aws.close());

describe('origin check', () => {
  it('refuses everything while the secret cannot be read, and recovers', async () => {
    const { handler } = (await import(`${source}?recovers`)) as { handler: Handler };

    await expect(handler({ identitySource: [secret] })).rejects.toThrow();

    aws.secrets.put('origin-secret', secret);
    await expect(handler({ identitySource: [secret] })).resolves.toEqual({ isAuthorized: true });
  });

  it.each([
    { title: 'lets the right value pass', identitySource: [secret], isAuthorized: true },
    { title: 'refuses another value', identitySource: ['wrong'], isAuthorized: false },
    { title: 'refuses the beginning of the value', identitySource: [secret.slice(0, -1)], isAuthorized: false },
    { title: 'refuses an empty value', identitySource: [''], isAuthorized: false },
    { title: 'refuses no value', identitySource: undefined, isAuthorized: false },
  ])('$title', async ({ identitySource, isAuthorized }) => {
    aws.secrets.put('origin-secret', secret);
    const { handler } = (await import(source)) as { handler: Handler };

    await expect(handler(identitySource === undefined ? {} : { identitySource })).resolves.toEqual({ isAuthorized });
  });
});
