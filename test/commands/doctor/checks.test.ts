import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { environments } from '../../../config/environments.ts';
import { type ConfigurationContext, configurationChecks } from '../../../commands/doctor/configuration-checks.ts';
import { type DestinationContext, destinationChecks } from '../../../commands/doctor/destination-checks.ts';
import { type QueueContext, queueChecks } from '../../../commands/doctor/queue-checks.ts';
import type { Check } from '../../../commands/common/check.ts';
import { defineConfig } from '../../../shared/config/define-config.ts';

const find = <Context>(checks: readonly Check<Context>[], name: string): Check<Context> => {
  const found = checks.find((check) => check.name === name);
  if (found === undefined) throw new Error(`There is no check ${name}.`);
  return found;
};

const destination = {
  datasetId: '9876543210123456',
  accessTokenSecret: 'conversions/production/main',
  mappings: [{ name: 'All', action: 'custom', trigger: 'type = "track"', fields: { action_source: 'website' } }],
};
const configured = (source: object, more: object = {}): ConfigurationContext => ({
  deployment: 'production',
  config: defineConfig({
    sources: { shop: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main'], ...source } },
    destinations: { main: destination, ...more },
  }),
});

describe('configuration checks', () => {
  it.each([
    ['configuration', 'of a valid one', configured({}), 'ok'],
    ['write keys', 'of keys of its own', configured({}), 'ok'],
    ...['local-write-key', 'replace-me-production', 'replace-me-staging'].map(
      (key) =>
        [
          'write keys',
          `of ${key}`,
          configured({ writeKeyHashes: ['b'.repeat(64), hash('sha256', key)] }),
          'failed',
        ] as const,
    ),
    [
      'write keys',
      'of a local run',
      { ...configured({ writeKeyHashes: [hash('sha256', 'local-write-key')] }), deployment: 'local' },
      'ok',
    ],
    ['pixel', 'that nobody asked for', configured({}), 'ok'],
    ['pixel', 'for every mapping', configured({}, { main: { ...destination, pixel: { mirror: true } } }), 'ok'],
    [
      'pixel',
      'that Liquid keeps from pages',
      configured(
        {},
        {
          main: {
            ...destination,
            pixel: { mirror: true },
            mappings: [
              { name: 'a', action: 'search', fields: { action_source: 'website', search_string: { '@liquid': 'x' } } },
            ],
          },
        },
      ),
      'warning',
    ],
    ['routes', 'to all destinations', configured({}), 'ok'],
    ['routes', 'that leave one out', configured({}, { other: destination }), 'warning'],
  ] as const)('%s %s', async (name, _, context, status) => {
    expect(await find(configurationChecks, name).run(context)).toMatchObject({ status });
  });
});

const main = (change: object = {}, context: Partial<DestinationContext> = {}): DestinationContext => ({
  destination: {
    ...defineConfig(configured({}).config).destinations['main'],
    ...change,
  } as DestinationContext['destination'],
  graphApiUrl: 'https://graph.facebook.com',
  secret: { ok: true, token: { accessToken: 'EAAB' }, versionId: '1', text: 'EAAB' },
  now: new Date('2026-11-22T12:00:00Z'),
  ...context,
});
const problem = { reason: 'No.', fix: 'Do.' };

describe('destination checks', () => {
  it.each([
    ['dataset id', 'of 16 digits', main(), 'ok'],
    ['dataset id', 'of the examples', main({ datasetId: '1234567890123456' }), 'failed'],
    [
      'dataset id',
      'of the examples, at a stand-in',
      main({ datasetId: '1234567890123456' }, { graphApiUrl: 'http://127.0.0.1:1' }),
      'ok',
    ],
    ['dataset id', 'of four digits', main({ datasetId: '1234' }), 'warning'],
    ['Graph version', 'v26.0', main(), 'ok'],
    ['Graph version', 'v25.0, which Meta may have ended', main({ graphVersion: 'v25.0' }), 'failed'],
    [
      'Graph version',
      'v24.0 two months before its end',
      { ...main({ graphVersion: 'v24.0' }), now: new Date('2026-08-06') },
      'warning',
    ],
    ['Graph version', 'v20.0, which has expired', main({ graphVersion: 'v20.0' }), 'failed'],
    ['Graph version', 'v12.0, which has expired long ago', main({ graphVersion: 'v12.0' }), 'failed'],
    ['Graph version', 'v31.0, which is not known', main({ graphVersion: 'v31.0' }), 'warning'],
    [
      'Graph version',
      'v26.0, with a newer one tried out',
      main({ nextGraphVersion: { version: 'v27.0', percent: 5 } }),
      'ok',
    ],
    [
      'Graph version',
      'v26.0, with an older one tried out',
      main({ nextGraphVersion: { version: 'v25.0', percent: 5 } }),
      'warning',
    ],
    ['secret', 'with a token', main(), 'ok'],
    ['secret', 'without', main({}, { secret: { ok: false, problem } }), 'failed'],
  ] as const)('%s %s', async (name, _, context, status) => {
    expect(await find(destinationChecks, name).run(context)).toMatchObject({ status });
  });

  it('say which version is tried out, and where its answers are counted', async () => {
    const tried = main({ nextGraphVersion: { version: 'v27.0', percent: 5 } });

    expect(await find(destinationChecks, 'Graph version').run(tried)).toMatchObject({
      message: expect.stringMatching(/^v26\.0, .* 5 % of the requests try v27\.0: `answers` in the report/),
    });
  });

  it('never show a token', async () => {
    const findings = await Promise.all(destinationChecks.map(({ run }) => run(main())));

    expect(JSON.stringify(findings)).not.toContain('EAAB');
  });
});

const queue = { arn: 'arn:events', waiting: 0, inFlight: 0, delayed: 0, visibilitySeconds: 361, redrive: undefined };
const deadLetters = { ...queue, arn: 'arn:dead' };
const redrive = { targetArn: 'arn:dead', maxReceiveCount: 5 };
const queues = (events: object = {}, letters: object = {}): QueueContext => ({
  deployment: 'staging',
  events: { ...queue, redrive, ...events },
  deadLetters: { ...deadLetters, ...letters },
  settings: environments.development,
});

describe('queue checks', () => {
  it.each([
    ['events queue', 'counts', queues(), 'ok'],
    ['visibility', 'of six times the timeout', queues({ visibilitySeconds: 360 }), 'ok'],
    ['visibility', 'below that', queues({ visibilitySeconds: 359 }), 'failed'],
    ['redrive', 'to the dead letter queue', queues(), 'ok'],
    ['redrive', 'that is missing', queues({ redrive: undefined }), 'failed'],
    ['redrive', 'elsewhere', queues({ redrive: { ...redrive, targetArn: 'arn:other' } }), 'failed'],
    ['redrive', 'after another count', queues({ redrive: { ...redrive, maxReceiveCount: 50 } }), 'warning'],
    ['sending', 'cannot be seen', queues(), 'skipped'],
    ['dead letters', 'of which there are none', queues(), 'ok'],
    ['dead letters', 'that wait', queues({}, { waiting: 1 }), 'warning'],
  ] as const)('%s %s', async (name, _, context, status) => {
    expect(await find(queueChecks, name).run(context)).toMatchObject({ status });
  });
});
