import { LambdaClient } from '@aws-sdk/client-lambda';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFunctions, forgetVersion, turnAlias } from '../../../commands/rollback/lambda-functions.ts';
import { functionDescriptions } from '../../../shared/config/function-descriptions.ts';

/** As much of Lambda's API as the command uses, with two pages of functions. */
const requests: { readonly method: string; readonly url: string; readonly body: string }[] = [];
const fn = (FunctionName: string, Description: string, environment: string) => ({
  FunctionName,
  Description,
  Environment: { Variables: { ENVIRONMENT: environment } },
});
const answers: Readonly<Record<string, unknown>> = {
  'GET /2015-03-31/functions': {
    Functions: [
      fn('in-1', functionDescriptions.ingest, 'production'),
      fn('st-1', functionDescriptions.ingest, 'staging'),
    ],
    NextMarker: 'two',
  },
  'GET /2015-03-31/functions?Marker=two': {
    Functions: [
      fn('de-1', functionDescriptions.deliver, 'production'),
      fn('other', 'Somebody else’s', 'production'),
      { FunctionName: 'bare' },
    ],
  },
  'GET /2015-03-31/functions/in-1/aliases/live': { Name: 'live', FunctionVersion: '10' },
  'GET /2015-03-31/functions/de-1/aliases/live': {
    Name: 'live',
    FunctionVersion: '2',
    RoutingConfig: { AdditionalVersionWeights: { 3: 0.1 } },
  },
  'GET /2015-03-31/functions/in-1/versions': {
    Versions: ['$LATEST', '10', '9'].map((Version) => ({ Version, LastModified: '2026-11-20T10:00:00.000+0000' })),
  },
  'GET /2015-03-31/functions/de-1/versions': {
    Versions: [{ Version: '2', LastModified: '2026-11-20T10:00:00.000+0000' }],
  },
};
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  requests.push({ method: request.method ?? '', url: request.url ?? '', body });
  const url = (request.url ?? '').replace(/\/(?=$|\?)/, '');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answers[`${request.method} ${url}`] ?? {}));
});
let client: LambdaClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new LambdaClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(() => {
  client.destroy();
  server.close();
});

describe('findFunctions', () => {
  it('finds both functions of an environment by what they say of themselves, on any page', async () => {
    const found = await findFunctions(client, 'production');

    expect(found).toEqual([
      {
        role: 'ingest',
        name: 'in-1',
        live: 10,
        shifting: false,
        // By number: as text, 10 would come before 9.
        versions: [9, 10].map((number) => ({ number, publishedAt: new Date('2026-11-20T10:00:00Z') })),
      },
      {
        role: 'deliver',
        name: 'de-1',
        live: 2,
        shifting: true,
        versions: [{ number: 2, publishedAt: new Date('2026-11-20T10:00:00Z') }],
      },
    ]);
  });
});

describe('turnAlias', () => {
  it('points the alias to one version, and leaves no share for another', async () => {
    await turnAlias(client, { role: 'deliver', name: 'de-1', from: 3, to: 2 });

    const { method, url, body } = requests.at(-1) ?? {};
    expect([method, url]).toEqual(['PUT', '/2015-03-31/functions/de-1/aliases/live']);
    expect(JSON.parse(body ?? '')).toEqual({ FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: {} } });
  });
});

describe('forgetVersion', () => {
  it('deletes that version, never the function', async () => {
    await forgetVersion(client, 'de-1', 2);

    expect(requests.at(-1)).toMatchObject({ method: 'DELETE', url: '/2015-03-31/functions/de-1?Qualifier=2' });
  });
});
