import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../functions/settings.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import { config } from '../support/factories.ts';

const directory = mkdtempSync(join(tmpdir(), 'settings-'));
const file = (name: string): string => join(directory, name);
const bundleUrl = pathToFileURL(file('index.mjs')).href;

const variables = {
  EVENTS_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/events',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/dead-letters',
};

beforeAll(() => {
  writeFileSync(file('config.json'), JSON.stringify(config()));
  writeFileSync(file('other.json'), JSON.stringify({ ...config(), sources: {} }));
  writeFileSync(file('wrong.json'), JSON.stringify({ sources: { server: { writeKeyHashes: [] } }, extra: 1 }));
  writeFileSync(file('text.json'), 'not JSON');
});
afterAll(() => rmSync(directory, { recursive: true }));

const failure = async (env: NodeJS.ProcessEnv): Promise<ConfigurationError> => {
  try {
    await readSettings(bundleUrl, env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('The settings were taken.');
};

describe('readSettings', () => {
  it('reads the queues and the configuration beside the bundle', async () => {
    expect(await readSettings(bundleUrl, variables)).toEqual({
      eventsQueueUrl: variables.EVENTS_QUEUE_URL,
      deadLetterQueueUrl: variables.DEAD_LETTER_QUEUE_URL,
      graphApiUrl: 'https://graph.facebook.com',
      loggedIds: 'failures',
      trustedProxies: 0,
      maxRetryDelaySeconds: 900,
      deployment: 'unnamed',
      record: undefined,
      config: config(),
    });
  });

  it.each([
    ['another Graph API', { GRAPH_API_URL: 'http://127.0.0.1:4000' }, { graphApiUrl: 'http://127.0.0.1:4000' }],
    ['a shorter wait', { MAX_RETRY_DELAY_SECONDS: '2' }, { maxRetryDelaySeconds: 2 }],
    [
      'a record',
      { RECORD_LEVEL: 'events', RECORD_STREAM: 'receipts', RECORD_SECRET: 'record-key' },
      { record: { level: 'events', stream: 'receipts', secret: 'record-key' } },
    ],
    ['another configuration', { CONFIG_FILE: file('other.json') }, { config: { sources: {} } }],
  ])('takes %s', async (_, more, expected) => {
    expect(await readSettings(bundleUrl, { ...variables, ...more })).toMatchObject(expected);
  });

  it.each([
    ['RECORD_STREAM', { RECORD_LEVEL: 'receipts', RECORD_SECRET: 'record-key' }],
    ['RECORD_SECRET', { RECORD_LEVEL: 'receipts', RECORD_STREAM: 'receipts' }],
  ])('needs %s where something is recorded', async (path, more) => {
    const error = await failure({ ...variables, ...more });

    expect(error.issues).toMatchObject([{ path }]);
  });

  it('names every variable that is missing or wrong', async () => {
    const error = await failure({ EVENTS_QUEUE_URL: 'events', GRAPH_API_URL: 'ftp://graph.example', CONFIG_FILE: '' });

    expect(error.issues.map(({ path }) => path)).toEqual([
      'EVENTS_QUEUE_URL',
      'DEAD_LETTER_QUEUE_URL',
      'GRAPH_API_URL',
      'CONFIG_FILE',
    ]);
    expect(error.message).toContain('✖ DEAD_LETTER_QUEUE_URL: ');
  });

  it('names every problem of the configuration with its path', async () => {
    const error = await failure({ ...variables, CONFIG_FILE: file('wrong.json') });

    expect(error.issues.map(({ path }) => path)).toEqual([
      'sources.server.writeKeyHashes',
      'sources.server.destinations',
      'destinations',
      '',
    ]);
  });

  it.each(['missing.json', 'text.json'])('names the file and the next step when it cannot read %s', async (name) => {
    const { message } = await failure({ ...variables, CONFIG_FILE: file(name) });

    expect([message.includes(name), message.includes('npm run build'), message.includes('not JSON')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
