import { SendMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { doctor } from '../../../commands/doctor/doctor.ts';
import { sqsClient } from '../../local/emulators/aws-fixture.ts';
import { configFile, type LocalRuntime, secretName, startLocalRuntime } from '../common/local-runtime.ts';

let runtime: LocalRuntime | undefined;
afterEach(async () => {
  await runtime?.close();
  runtime = undefined;
});

interface Report {
  readonly status: string;
  readonly checks: readonly { check: string; destination?: string; status: string; message: string; fix?: string }[];
}

async function start(options?: Parameters<typeof startLocalRuntime>[0]) {
  const started = await startLocalRuntime(options);
  runtime = started;
  const examine = async (args: readonly string[] = [], env: Record<string, string> = {}) => {
    const { effects, out, err } = started.effects({ env: { PORT: started.port, ...env } });
    return { code: await doctor.execute(args, effects), out: out(), err: err() };
  };
  return {
    ...started,
    examine,
    async report(variables?: Record<string, string>): Promise<Report & { code: number }> {
      const { code, out } = await examine(['--json'], variables);
      return { code, ...(JSON.parse(out) as Report) };
    },
    async sqs(command: SendMessageCommand | SetQueueAttributesCommand): Promise<void> {
      const client = sqsClient(started.aws.url);
      await (command instanceof SendMessageCommand ? client.send(command) : client.send(command));
      client.destroy();
    },
  };
}

const statusOf = ({ checks }: Report, name: string): string | undefined =>
  checks.find(({ check }) => check === name)?.status;
const messageOf = ({ checks }: Report, name: string): string | undefined =>
  checks.find(({ check }) => check === name)?.message;

describe('npm run doctor', () => {
  it('finds a runtime well', async () => {
    const { examine } = await start();

    const { code, out } = await examine();

    expect(code).toBe(0);
    expect(out).toContain('local, destination main');
    expect(out).toContain('16 ok, 0 warnings, 0 failed, 1 skipped');
  });

  it('writes JSON, in which all that is not well has a fix', async () => {
    const { report } = await start({ token: 'EAAB-wrong' });

    const { code, status, checks } = await report();

    expect({ code, status }).toEqual({ code: 1, status: 'failed' });
    expect(checks.filter((check) => check.status !== 'ok' && !check.fix)).toEqual([]);
    expect(checks.find(({ check }) => check === 'token')).toMatchObject({ destination: 'main', status: 'failed' });
    expect(JSON.stringify(checks)).not.toContain('EAAB');
  });

  it('sends its test event to a stand-in unasked, under a code', async () => {
    const { examine, graph } = await start();

    await examine();

    expect(graph.received()).toMatchObject([{ testEventCode: 'TEST-DOCTOR', status: 200 }]);
  });

  it('says what waits, and fails for nothing that a warning covers', async () => {
    const { report, sqs, queues } = await start();
    await sqs(new SendMessageCommand({ QueueUrl: queues.deadLetters, MessageBody: '{}' }));

    const found = await report();

    expect(found).toMatchObject({ code: 0, status: 'warning' });
    expect(statusOf(found, 'dead letters')).toBe('warning');
  });

  it.each([
    { check: 'visibility', Attributes: { VisibilityTimeout: '30' } },
    { check: 'redrive', Attributes: { RedrivePolicy: '' } },
  ])('sees that somebody changed the $check of the queue', async ({ check, Attributes }) => {
    const { report, sqs, queues } = await start();
    await sqs(new SetQueueAttributesCommand({ QueueUrl: queues.events, Attributes }));

    expect(statusOf(await report(), check)).toBe('failed');
  });

  it('goes on without a token', async () => {
    const { report } = await start({ token: null });

    const found = await report();

    expect(statusOf(found, 'secret')).toBe('failed');
    expect(statusOf(found, 'dataset')).toBe('skipped');
    expect(found.checks.find(({ check }) => check === 'secret')?.fix).toContain('Start `npm start`');
  });

  it('looks at the configuration that runs, unless it is told another one', async () => {
    const mappings = [{ name: 'Page', action: 'pageView', fields: { action_source: 'website' } }];
    const destinations = { main: { datasetId: '6543210987654321', accessTokenSecret: 'other', mappings } };
    const sources = { shop: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main'] } };
    const file = configFile({ sources, destinations });
    const { report, aws } = await start({ configuration: { file, datasetId: '1' } });
    aws.secrets.put('other', 'local-token');

    const running = await report();
    const told = await report({ META_DATASET_ID: '1234567890123456' });

    expect(messageOf(running, 'dataset id')).toContain('6543210987654321');
    expect(messageOf(running, 'secret')).toContain('other holds a token');
    expect(messageOf(told, 'dataset id')).toContain('1234567890123456');
    expect(messageOf(told, 'secret')).toContain(`${secretName} holds a token`);
  });

  it('names every problem of a configuration, and looks at the queues all the same', async () => {
    const { report } = await start();
    const CONFIG = configFile({ sources: { 'a b': {} }, destinations: { main: { datasetId: 'x' } } });

    const found = await report({ CONFIG });

    expect(found.checks.filter(({ check }) => check === 'configuration').length).toBeGreaterThan(2);
    expect(found.checks.map(({ message }) => message).join()).toContain('destinations.main.datasetId');
    expect(statusOf(found, 'visibility')).toBe('ok');
  });

  it('names a mapping that does not compile', async () => {
    const { report } = await start();
    const mappings = [{ name: 'All', action: 'custom', trigger: 'type = ', fields: { action_source: 'website' } }];
    const CONFIG = configFile({
      sources: { shop: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main'] } },
      destinations: { main: { datasetId: '1', accessTokenSecret: 's', mappings } },
    });

    const { checks } = await report({ CONFIG });

    expect(checks[0]).toMatchObject({ check: 'configuration', status: 'failed' });
    expect(checks[0]?.message).toContain('trigger');
  });

  it('says that no queue can be read', async () => {
    const refused = { status: 403, code: 'AccessDenied', message: 'You may not.' };
    const { report } = await start({
      aws: { intercept: (target) => (target === 'AmazonSQS.GetQueueAttributes' ? refused : undefined) },
    });

    expect(statusOf(await report(), 'events queue')).toBe('failed');
  });

  it('says how to start a runtime when none answers', async () => {
    const { examine } = await start();

    expect(await examine(['--port', '1'])).toMatchObject({ code: 1, out: expect.stringContaining('Run `npm start`') });
  });

  it.each([
    { args: ['--env', 'moon'], err: '--env "moon" is not one of local' },
    { args: ['--events-queue', 'https://sqs.example/q'], err: 'give both' },
    { args: ['--events-queue', 'q', '--dead-letter-queue', 'r'], err: 'is not the URL of a queue' },
    { args: ['--frob'], err: 'there is no option --frob' },
  ])('refuses $args', async ({ args, err }) => {
    const { examine } = await start();

    expect(await examine(args)).toMatchObject({ code: 2, err: expect.stringContaining(err) });
  });
});
