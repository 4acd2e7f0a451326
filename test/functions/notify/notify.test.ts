import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SNSEvent } from 'aws-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { alarmNote } from '../../../shared/alarms/alarm-note.ts';
import { causesIn } from '../../../shared/alarms/causes.ts';
import { notify, type NotifyEffects } from '../../../functions/notify/notify.ts';
import { readAlarm } from '../../../shared/alarms/read-alarm.ts';
import { webhookBody } from '../../../shared/alarms/webhook-body.ts';
import recorded from '../../fixtures/aws-events/sns-alarm.json' with { type: 'json' };

const eventOf = (...messages: readonly object[]): SNSEvent => {
  const [record] = structuredClone(recorded).Records;
  if (record === undefined) throw new Error('The fixture holds no record.');
  return {
    Records: messages.map((message) => ({ ...record, Sns: { ...record.Sns, Message: JSON.stringify(message) } })),
  } as unknown as SNSEvent;
};
const alarm = JSON.parse(recorded.Records[0]?.Sns.Message ?? '') as Record<string, unknown>;

const lines = [
  {
    message: 'delivery report',
    reasons: { dead: { currency_invalid: 3 }, waiting: { graph_190: 40 }, skipped: { no_mapping_matches: 99 } },
    held: ['main'],
    tokensRefused: ['main'],
  },
  { message: 'delivery report', reasons: { waiting: { graph_190: 2 } } },
  {
    message: 'event outcomes',
    groups: [
      { outcome: 'delivered', messageIds: ['fine'] },
      { outcome: 'waiting', reason: 'graph_190', messageIds: ['a', 'b', 'c', 'd'] },
    ],
  },
  { message: 'request refused', code: 'write_key_unknown', requests: 7 },
  { message: 'something else' },
].map((line) => JSON.stringify(line));

/** A webhook on this machine. */
async function webhook(status = 200, location?: string) {
  const bodies: unknown[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(JSON.parse(await text(request)));
    response.writeHead(status, location === undefined ? {} : { location }).end('ok');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/secret`;
  return { bodies, url };
}

const effects = (url: string, more: Partial<NotifyEffects> = {}): NotifyEffects => ({
  ...{ environment: 'production', runbookUrl: 'https://example.com/operations', fetch },
  readWebhook: async () => `${url}\n`,
  readLogs: async () => lines,
  ...more,
});

describe('the alarm notifier', () => {
  it('posts what rings, since when, the cause with counts, three ids, the command and links', async () => {
    const { bodies, url } = await webhook();

    await notify(recorded as unknown as SNSEvent, effects(url));

    expect(bodies).toMatchObject([
      {
        title: 'ALARM: ConversionsPipeline-production-TokenRefused',
        says: expect.stringContaining('token'),
        command: 'npm run token:set -- --env production --destination main',
        isOver: false,
        facts: [
          ['Environment', 'production'],
          ['Since', '2026-12-01T11:32:00Z'],
          ['Token refused', 'main'],
          ['Top reasons', 'waiting graph_190: 42, refused write_key_unknown: 7, dead currency_invalid: 3'],
          ['Message ids', 'a, b, c'],
        ],
        links: [
          { title: 'What to do', url: 'https://example.com/operations' },
          { title: 'Alarm', url: expect.stringContaining('eu-west-1.console.aws.amazon.com') },
        ],
      },
    ]);
  });

  it('looks into the logs from some time before the alarm rang', async () => {
    const { url } = await webhook();
    const asked: Date[] = [];
    const readLogs = async (since: Date) => {
      asked.push(since);
      return [];
    };

    await notify(eventOf(alarm), effects(url, { readLogs }));

    expect(asked.map((at) => at.toISOString())).toEqual(['2026-12-01T11:12:00.000Z']);
  });

  it('posts all the same when the logs cannot be read', async () => {
    const { bodies, url } = await webhook();
    const readLogs = async () => {
      throw new Error('AccessDenied');
    };

    await notify(eventOf(alarm), effects(url, { readLogs }));

    expect(JSON.stringify(bodies)).toContain('The logs could not be read.');
    expect(JSON.stringify(bodies)).toContain('npm run doctor -- --env production');
  });

  it('tells that an alarm is over, and leaves what is no alarm alone', async () => {
    const { bodies, url } = await webhook();

    await notify(eventOf({ hello: 'world' }, { ...alarm, NewStateValue: 'OK' }), effects(url));

    expect(bodies).toMatchObject([{ title: expect.stringMatching(/^OK: /), isOver: true }]);
  });

  it.each([
    { title: 'a refusal', status: 500, says: 'answered 500' },
    { title: 'a redirect', status: 302, location: 'http://127.0.0.1:9/', says: 'could not be reached' },
  ])('fails for $title, so that SNS tries again, without the address', async ({ status, location, says }) => {
    const { url } = await webhook(status, location);
    const failing = notify(eventOf(alarm), effects(url));

    await expect(failing).rejects.toThrow(says);
    await expect(failing).rejects.not.toThrow('secret');
  });

  it.each(['', 'http://hooks.example.com/x', 'not an address'])('refuses the address %j', async (address) => {
    await expect(notify(eventOf(alarm), effects('', { readWebhook: async () => address }))).rejects.toThrow(
      'holds no HTTPS address',
    );
  });
});

describe('webhookBody', () => {
  const ringing = readAlarm(JSON.stringify({ ...alarm, AlarmDescription: 'a <b> & c' }));
  if (ringing === undefined) throw new Error('The alarm is not read.');
  const note = alarmNote(ringing, causesIn(lines), {
    environment: 'production',
    runbookUrl: undefined,
    alarmUrl: undefined,
  });

  it.each([
    { host: 'https://hooks.slack.com/services/x', has: ['mrkdwn', 'a &lt;b&gt; &amp; c', '`npm run token:set'] },
    { host: 'https://x.webhook.office.com/y', has: ['AdaptiveCard', 'a <b> & c', 'FactSet'] },
    { host: 'https://prod-1.westeurope.logic.azure.com/y', has: ['AdaptiveCard'] },
    { host: 'https://chat.example.com/y', has: ['"text":"ALARM', '"command":"npm run token:set'] },
    { host: 'https://evilwebhook.office.com.example.com/y', has: ['"text":"ALARM'] },
  ])('has the form that $host takes', ({ host, has }) => {
    const body = JSON.stringify(webhookBody(note, new URL(host)));

    for (const part of has) expect(body).toContain(part);
  });
});
