import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deployedConfig } from '../../../commands/console/deployed-config.ts';
import { functionDescriptions } from '../../../shared/config/function-descriptions.ts';
import { zipOf } from './zip-of.ts';

const config = {
  sources: { shop: { writeKeyHashes: ['0'.repeat(64)], destinations: ['main'] } },
  destinations: {
    main: {
      ...{ datasetId: '1234567890123456', accessTokenSecret: 'conversions/production/main' },
      mappings: [{ name: 'Deployed', action: 'purchase', fields: { action_source: 'website' } }],
    },
  },
};

/** Lambda with a deliver function whose versions have packages of their own; 7 is live. */
async function startLambda(packages: Readonly<Record<string, Buffer>>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    asked.push(request.url ?? '');
    const version = new URLSearchParams(query).get('Qualifier') ?? '';
    const answers: Readonly<Record<string, unknown>> = {
      '/2015-03-31/functions': {
        Functions: [
          {
            FunctionName: 'de-1',
            Description: functionDescriptions.deliver,
            Environment: { Variables: { ENVIRONMENT: 'production' } },
          },
        ],
      },
      '/2015-03-31/functions/de-1/aliases/live': { Name: 'live', FunctionVersion: '7' },
      '/2015-03-31/functions/de-1/versions': { Versions: [{ Version: '7' }, { Version: '8' }] },
      '/2015-03-31/functions/de-1': {
        Code: { Location: `http://127.0.0.1:${(server.address() as AddressInfo).port}/package/${version}` },
        Configuration: { LastModified: '2026-11-20T10:00:00.000+0000' },
      },
    };
    if (path.startsWith('/package/')) {
      const bytes = packages[path.slice('/package/'.length)];
      response.writeHead(bytes === undefined ? 403 : 200).end(bytes);
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[path.replace(/\/$/, '')] ?? {}));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const client = new LambdaClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { client, asked };
}

describe('the configuration that is deployed', () => {
  it('is that of the version that is live, whatever was published since, and says which', async () => {
    const other = zipOf({ 'config.json': JSON.stringify({ sources: {}, destinations: {} }) });
    const live = zipOf({ 'index.mjs': '', 'config.json': JSON.stringify(config) });
    const { client } = await startLambda({ 7: live, 8: other });

    const { config: found, explainedBy } = await deployedConfig(client, 'production', fetch);

    expect(found.destinations['main']?.mappings[0]?.name).toBe('Deployed');
    expect(explainedBy).toBe(
      'the configuration that is deployed: version 7 of the deliver function, of 2026-11-20T10:00:00Z',
    );
  });

  it.each([
    { title: 'a package that may not be fetched', packages: {}, environment: 'production', says: 'HTTP 403' },
    {
      title: 'a package without one',
      packages: { 7: zipOf({ 'index.mjs': '' }) },
      environment: 'production',
      says: 'holds no config.json',
    },
    { title: 'no function', packages: {}, environment: 'staging', says: 'no deliver function of staging' },
  ])('is said not to be there: $title', async ({ packages, environment, says }) => {
    const { client } = await startLambda(packages);

    await expect(deployedConfig(client, environment, fetch)).rejects.toThrow(says);
  });
});
