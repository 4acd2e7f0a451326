import { hash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBundles } from '../../build/bundles.ts';
import { writeBundles } from '../../build/write-bundles.ts';
import { watched } from '../../commands/cost/deployment.ts';
import type { InvokeResult, LambdaFunction } from '../../local/emulators/lambda/lambda-function.ts';
import { defineConfig } from '../../shared/config/define-config.ts';
import { ecommerceMappings } from '../../shared/meta/presets/ecommerce-mappings.ts';
import postEvent from '../fixtures/aws-events/http-api-v2-post.json' with { type: 'json' };
import sqsEvent from '../fixtures/aws-events/sqs.json' with { type: 'json' };
import { type Assembly, deployLocally, type LocalDeployment, oneOf, synthesize } from './support/local-deployment.ts';

const writeKey = 'boot-test-write-key';
const token = 'boot-test-token';
const datasetId = '1234567890123456';
const config = defineConfig({
  sources: { storefront: { writeKeyHashes: [hash('sha256', writeKey)], destinations: ['main'] } },
  destinations: {
    main: {
      datasetId,
      accessTokenSecret: 'conversions/boot-test/main',
      mappings: ecommerceMappings({ actionSource: 'website' }),
    },
  },
});

const root = resolve(import.meta.dirname, '../..');
const temporary = mkdtempSync(join(tmpdir(), 'bundle-boot-'));
let assembly: Assembly;
let local: LocalDeployment;

/** Builds and synthesizes in a place of its own. */
async function assembled(place: string): Promise<Assembly> {
  const dist = join(temporary, place, 'dist');
  writeBundles(dist, await buildBundles(root), config);
  return synthesize('production', config, dist, join(temporary, place, 'cdk.out'));
}

const codeKey = (of: Assembly, word: string): string =>
  (oneOf(of, 'AWS::Lambda::Function', word)[1]['Code'] as { S3Key: string }).S3Key;

beforeAll(async () => {
  assembly = await assembled('first');
  local = await deployLocally(assembly, token);
});

afterAll(async () => {
  await local?.close();
  rmSync(temporary, { recursive: true, force: true });
});

/** An order, and an event that names nobody. */
function request(): APIGatewayProxyEventV2 {
  const batch = [
    {
      type: 'track',
      event: 'Order Completed',
      messageId: 'order-1',
      userId: 'user-1',
      timestamp: new Date().toISOString(),
      properties: { order_id: 'ORD-1', revenue: 12.5, currency: 'EUR' },
      context: { userAgent: 'Mozilla/5.0', traits: { email: 'ada@example.com' } },
    },
    { type: 'track', event: 'Order Completed', messageId: 'order-2' },
  ];
  return {
    ...structuredClone(postEvent),
    headers: { ...postEvent.headers, authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
    body: JSON.stringify({ batch }),
  } as APIGatewayProxyEventV2;
}

/** Messages on the events queue, as Lambda hands them to deliver. */
async function queued(): Promise<SQSEvent> {
  const client = new SQSClient({
    endpoint: local.aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: local.queues.events, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  client.destroy();
  const [frame] = sqsEvent.Records;
  return {
    Records: Messages.map(({ MessageId, ReceiptHandle, Body }) => ({
      ...structuredClone(frame),
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
    })),
  } as SQSEvent;
}

const payloadOf = (result: InvokeResult): unknown => (result.ok ? result.payload : result);

describe('what is deployed', () => {
  it.each([
    { word: 'Ingest', start: () => local.ingest },
    { word: 'Deliver', start: () => local.deliver },
  ])('boots as $word', async ({ word, start }) => {
    const folder = assembly.assetFolder(codeKey(assembly, word));
    const files = readdirSync(folder);
    const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);

    const ms = await coldStartMs(start());

    expect(files).toEqual(expect.arrayContaining(['config.json', 'index.mjs']));
    // Lambda gives ten seconds.
    expect(ms).toBeLessThan(10_000);
    process.stdout.write(`${word}: ${Math.ceil(bytes / 1024)} KiB in ${files.length} files, cold start ${ms} ms\n`);
  });

  it('takes a request, queues what is good, delivers it, and keeps what is not', async () => {
    const answer = payloadOf(await local.ingest.invoke(request())) as { statusCode: number; body: string };
    const event = await queued();
    const response = payloadOf(await local.deliver.invoke(event));

    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      success: true,
      accepted: 1,
      rejected: [{ index: 1, messageId: 'order-2', code: 'identity_missing' }],
    });
    expect(event.Records).toHaveLength(1);
    expect(response).toEqual({ batchItemFailures: [] });
    expect(local.graph.received()).toMatchObject([
      {
        status: 200,
        datasetId,
        events: [{ event_name: 'Purchase', event_id: 'order-1', custom_data: { value: 12.5, currency: 'EUR' } }],
      },
    ]);
    expect(local.aws.queues.counts(deadLetterQueueName())).toMatchObject({ visible: 1 });
    expect(local.lines.join('\n')).not.toMatch(/ada@example\.com|boot-test-/);
  });

  it('counts as many metrics, alarms and dashboards as the cost model charges for', async () => {
    await local.ingest.invoke(request());
    await local.deliver.invoke(await queued());

    const { filteredMetrics, ...counted } = countWatched(assembly);
    expect({ ...counted, customMetrics: customMetrics(local.lines).length + filteredMetrics }).toEqual(watched);
  });

  it('may do what docs/security.md says of its roles, and no more', () => {
    const page = readFileSync(resolve(root, 'docs/security.md'), 'utf8');
    const [table = ''] = page.split('## Roles')[1]?.split('By setting:') ?? [];
    const named = new Set(table.match(/\b[a-z]+:[A-Z][A-Za-z]+/g));
    const allowed = new Set(actionsOf(assembly));

    expect([...named].toSorted()).toEqual([...allowed].toSorted());
  });

  it('is the same asset when it is built again', async () => {
    const again = await assembled('second');

    for (const word of ['Ingest', 'Deliver']) expect(codeKey(again, word)).toBe(codeKey(assembly, word));
  });
});

async function coldStartMs(fn: LambdaFunction): Promise<number> {
  const startedAt = performance.now();
  await fn.ready();
  return Math.round(performance.now() - startedAt);
}

const deadLetterQueueName = (): string => String(oneOf(assembly, 'AWS::SQS::Queue', 'DeadLetters')[1]['QueueName']);

/** Every action that a role, a queue, a topic or a function lets somebody do. */
const actionsOf = ({ resources }: Assembly): readonly string[] =>
  Object.values(resources).flatMap(({ Type, Properties }) => [
    ...(Type === 'AWS::Lambda::Permission' ? [String(Properties['Action'])] : []),
    ...statementsIn(Properties).flatMap(({ Effect, Action }) =>
      Effect === 'Allow' ? [Action].flat().filter((action) => action !== 'sts:AssumeRole') : [],
    ),
  ]);

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
}

/** The statements of every policy that a resource holds, however deep. */
function statementsIn(value: unknown): readonly Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  const here = 'Statement' in value && Array.isArray(value.Statement) ? (value.Statement as Statement[]) : [];
  return [...here, ...Object.values(value).flatMap(statementsIn)];
}

/** Every metric that the printed lines make: a name under one set of dimensions. */
function customMetrics(lines: readonly string[]): readonly string[] {
  const directives = lines
    .filter((line) => line.includes('"_aws"'))
    .flatMap((line) => (JSON.parse(line) as MetricLine)._aws.CloudWatchMetrics);
  const names = directives.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((dimensions) => Metrics.map(({ Name }) => `${Namespace}/${dimensions.join()}/${Name}`)),
  );
  return [...new Set(names)];
}

interface MetricLine {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

/** An alarm on an expression costs as much as the metrics that the expression reads. */
function countWatched({ resources }: Assembly) {
  const of = (type: string) => Object.values(resources).filter(({ Type }) => Type === type);
  const alarmMetrics = of('AWS::CloudWatch::Alarm').reduce((sum, { Properties }) => {
    const metrics = Properties['Metrics'] as readonly { MetricStat?: unknown }[] | undefined;
    return sum + (metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1);
  }, 0);
  const filteredMetrics = of('AWS::Logs::MetricFilter').length;
  return { alarmMetrics, filteredMetrics, dashboards: of('AWS::CloudWatch::Dashboard').length };
}
