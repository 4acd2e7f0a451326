import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { type AwsServer, startAwsServer } from '../../../local/emulators/aws/aws-server.ts';
import type { Intercept } from '../../../local/emulators/aws/request-listener.ts';
import { deadLetters as command } from '../../../commands/dead-letters/dead-letters.ts';
import { execute } from '../execute.ts';
import { EventMessage } from '../../../shared/queue/message.ts';
import { now } from '../../support/factories.ts';
import { sqsClient } from '../../local/emulators/aws-fixture.ts';
import { hoursAgo, moved, refused, refusedTogether, rejected } from '../../support/dead-letters.ts';

const stack: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of stack.splice(0).reverse()) await close();
});

/** Queues with letters in them, behind a port as the local runtime's are. */
async function start(letters: readonly unknown[], intercept?: Intercept) {
  const aws = await startAwsServer({ intercept });
  stack.push(() => aws.close());
  const deadLetters = aws.queues.ensureQueue('dead-letters').url;
  const events = aws.queues.ensureQueue('events').url;
  const sqs = sqsClient(aws.url);
  stack.push(async () => sqs.destroy());
  for (const letter of letters) {
    const MessageBody = typeof letter === 'string' ? letter : JSON.stringify(letter);
    await sqs.send(new SendMessageCommand({ QueueUrl: deadLetters, MessageBody }));
  }
  const port = await healthServer(aws, { events, deadLetters });
  const stop = new AbortController();
  return {
    aws,
    deadLetters,
    events,
    stop,
    counts: () => ({ events: visible(aws, 'events'), deadLetters: visible(aws, 'dead-letters') }),
    async run(...args: string[]) {
      const { code, out, err } = await execute(command, [...args, '--port', port], {
        clock: () => now,
        stopped: stop.signal,
      });
      return { code, text: out, errors: err === '' ? [] : err.split('\n') };
    },
    /** Messages that wait on the events queue. */
    async queued(): Promise<EventMessage[]> {
      const command = new ReceiveMessageCommand({ QueueUrl: events, MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
      const { Messages = [] } = await sqs.send(command);
      return Messages.map(({ Body = '' }) => EventMessage.parse(JSON.parse(Body)));
    },
  };
}

const visible = (aws: AwsServer, name: string): number => aws.queues.counts(name).visible;

async function healthServer(aws: AwsServer, queues: { events: string; deadLetters: string }): Promise<string> {
  const server = createServer((_, response) => {
    response.setHeader('connection', 'close');
    const endpoints = { sqs: aws.url, secretsManager: aws.url, graph: aws.url };
    const configuration = { file: null, datasetId: '1' };
    response.end(JSON.stringify({ status: 'ok', endpoints, queues, configuration }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stack.push(() => new Promise((resolve) => server.close(() => resolve())));
  return String((server.address() as AddressInfo).port);
}

const failing = { status: 400, code: 'AccessDenied', message: 'You may not.' };
const failOn =
  (operation: string): Intercept =>
  (target) =>
    target === `AmazonSQS.${operation}` ? failing : undefined;

describe('list', () => {
  it('counts first, then has a line per letter, and leaves everything where it is', async () => {
    const queues = await start([refused('order-1'), rejected({ type: 'page' }), moved(['a', 'b']), 'hello']);

    const { code, text } = await queues.run('list');

    expect(code).toBe(0);
    expect(text.split('\n').slice(0, 3)).toEqual([
      '5 dead letters',
      '  stage        deliver 4, ingest 1',
      '  code         received_too_often 2, meta_rejected 1, identity_missing 1, message_undecodable 1',
    ]);
    expect(text).toMatch(/\n1h +deliver +meta_rejected +shop → main\/Purchase +Order Completed +order-1 +The event/);
    expect(text).not.toContain('jane');
    expect(queues.counts()).toEqual({ events: 0, deadLetters: 4 });
  });

  it('reads more than one round, each letter once', async () => {
    const queues = await start(Array.from({ length: 23 }, (_, index) => refused(`order-${index}`)));

    const { text } = await queues.run('list', '--json');
    const { counts, letters, limitReached } = JSON.parse(text);

    expect(counts.total).toBe(23);
    expect(new Set(letters.map(({ messageId }: { messageId: string }) => messageId)).size).toBe(23);
    expect(limitReached).toBe(false);
    expect(queues.counts().deadLetters).toBe(23);
  });

  it('finds nine letters among thousands, by code as by stage and source', async () => {
    const junk = Array.from({ length: 30 }, () =>
      refusedTogether(Array.from({ length: 250 }, () => ({ type: 'page' }))),
    );
    const nine = Array.from({ length: 9 }, (_, index) => refused(`order-${index}`, { source: 'till' }));
    const queues = await start([...junk.slice(0, 20), ...nine, ...junk.slice(20)]);
    const ids = nine.map(({ event }) => (event as { messageId: string }).messageId);

    for (const filter of [
      ['--code', 'meta_rejected'],
      ['--stage', 'deliver', '--source', 'till'],
    ]) {
      const { text } = await queues.run('list', ...filter, '--json');
      const { counts, letters } = JSON.parse(text);

      expect(counts.total).toBe(9);
      expect(letters.map(({ messageId }: { messageId: string }) => messageId).toSorted()).toEqual(ids);
    }
  });

  it('stops at the limit and says so', async () => {
    const queues = await start(Array.from({ length: 5 }, (_, index) => refused(`order-${index}`)));

    const { text, errors } = await queues.run('list', '--limit', '3');

    expect(text).toContain('3 dead letters, in 3 of about 5 messages\n');
    expect(errors).toEqual(['Not all messages were looked at: 3 of about 5 messages; --limit looks at more.']);
    expect(queues.counts().deadLetters).toBe(5);
  });

  it('says so when there is nothing', async () => {
    expect(await (await start([])).run('list')).toEqual({ code: 0, text: 'No dead letters.', errors: [] });
  });

  it('says how many events it looked at when none matches', async () => {
    const queues = await start([refused('order-1'), moved(['a', 'b'])]);

    const { code, text, errors } = await queues.run('list', '--code', 'event_too_old');

    const looked =
      'No dead letter matches; 3 were looked at.\nThere is no code "event_too_old". There are:\n  code         received_too_often 2, meta_rejected 1';
    expect({ code, text, errors }).toEqual({ code: 0, text: looked, errors: [] });
    expect((await queues.run('redrive', '--code', 'event_too_old')).text).toBe(
      `${looked}\n0 events went back on the events queue.`,
    );
    expect((await queues.run('purge', '--code', 'event_too_old')).text).toBe(`${looked}\n0 events purged.`);
    expect(queues.counts().deadLetters).toBe(2);
  });

  it('gives back what it took when the queue fails half way', async () => {
    let receives = 0;
    const queues = await start(
      Array.from({ length: 15 }, (_, index) => refused(`order-${index}`)),
      (target) => (target === 'AmazonSQS.ReceiveMessage' && ++receives > 1 ? failing : undefined),
    );

    const { code, errors } = await queues.run('list');

    expect({ code, errors }).toEqual({
      code: 1,
      errors: ['AccessDenied: You may not.', expect.stringContaining('Use a role')],
    });
    expect(queues.counts().deadLetters).toBe(15);
  });

  it('gives back what it took when it is interrupted', async () => {
    const queues = await start([refused('a'), refused('b')], (target) => {
      if (target === 'AmazonSQS.ReceiveMessage') queues.stop.abort();
      return undefined;
    });

    const { code, errors } = await queues.run('list');

    expect({ code, errors }).toEqual({ code: 1, errors: ['Interrupted: nothing was done.', '→ Run it again.'] });
    expect(queues.counts().deadLetters).toBe(2);
  });

  it('tells how long messages stay hidden that cannot be given back', async () => {
    const queues = await start([refused('a')], failOn('ChangeMessageVisibilityBatch'));

    const { code, errors } = await queues.run('list');

    expect(code).toBe(0);
    expect(errors).toEqual(['1 message could not be given back; SQS shows what is left within 6 minutes.']);
  });
});

describe('show', () => {
  it('shows everything of one letter but personal data', async () => {
    const queues = await start([refused('order-1'), refused('order-2')]);

    const { code, text } = await queues.run('show', 'order-1');

    expect(code).toBe(0);
    for (const part of [
      'code         meta_rejected',
      'what to do   Mend the mapping, then redrive.',
      'first failed 2026-03-10T11:00:00.000Z (1h ago)',
      'Graph API    code 100, subcode 2804050, status 400, traceId trace',
      '"email": "[masked text]"',
      '"currency": "EUR"',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/jane|order-2/);
  });

  it.each([
    { graph: { userTitle: 'Event too old', userMessage: 'Send it sooner.' }, says: 'Event too old: Send it sooner.' },
    { graph: { userTitle: 'Too old.', userMessage: 'Send it sooner.' }, says: 'Too old. Send it sooner.' },
    { graph: { userTitle: 'Too old', userMessage: 'Too old' }, says: 'Too old' },
    { graph: { userMessage: 'Send it\u001b[31m sooner.' }, says: 'Send it\\u001b[31m sooner.' },
    { graph: { code: 100 }, says: undefined },
    { graph: undefined, says: undefined },
  ])('shows of Meta’s own words: $says', async ({ graph, says }) => {
    const queues = await start([refused('order-1', { graph })]);

    const { text } = await queues.run('show', 'order-1');

    expect(/^Meta says {4}(.*)$/m.exec(text)?.[1]).toBe(says);
    expect(text.match(/userTitle|userMessage/)).toBeNull();
  });

  it('shows personal data on demand', async () => {
    const queues = await start([refused('order-1')]);

    expect((await queues.run('show', 'order-1', '--reveal')).text).toContain('"email": "jane@example.com"');
    expect((await queues.run('show', 'order-1', '--json')).text).not.toContain('jane');
  });

  it('fails on an unknown id', async () => {
    expect(await (await start([refused('a')])).run('show', 'b')).toMatchObject({
      code: 1,
      text: expect.stringContaining('no such dead letter'),
    });
  });
});

describe('redrive', () => {
  it('moves exactly what the filter asks for', async () => {
    const queues = await start([
      refused('order-1'),
      refused('order-2', { code: 'currency_invalid' }),
      refused('order-3', { destination: 'second' }),
    ]);

    const { code, text } = await queues.run('redrive', '--code', 'meta_rejected', '--destination', 'main');

    expect(code).toBe(0);
    expect(text).toMatch(/^1 dead letter\n[\s\S]*\n1 event went back on the events queue\.$/);
    expect(await queues.queued()).toMatchObject([{ events: [{ messageId: 'order-1' }], retry: { attempt: 1 } }]);
    expect(queues.counts()).toEqual({ events: 1, deadLetters: 2 });
  });

  it('does nothing in a dry run', async () => {
    const queues = await start([refused('order-1'), rejected({ type: 'page' })]);

    const { code, text } = await queues.run('redrive', '--dry-run');

    expect(code).toBe(0);
    expect(text).toContain('Dry run: 1 event would go back on the events queue.\n  stays (1): Still identity_missing');
    expect(queues.counts()).toEqual({ events: 0, deadLetters: 2 });
  });

  it('moves hundreds in batches and loses none', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `order-${index}`);
    const queues = await start(ids.map((id) => refused(id)));

    expect((await queues.run('redrive')).code).toBe(0);
    expect(queues.counts()).toEqual({ events: 25, deadLetters: 0 });
  });

  it('reports what stays and why', async () => {
    const queues = await start([rejected({ type: 'page' }), rejected({ type: 'page', userId: 'user-1' }), 'hello']);

    const { code, text } = await queues.run('redrive', '--json');

    expect(code).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      redriven: 1,
      kept: [
        { why: expect.stringContaining('Still identity_missing') },
        { why: expect.stringContaining('cannot be read') },
      ],
    });
    expect(queues.counts()).toEqual({ events: 1, deadLetters: 2 });
  });

  it('moves a message of several events whole, though one was asked for', async () => {
    const queues = await start([moved(['a', 'b', 'c'])]);

    const { code, text } = await queues.run('redrive', '--id', 'b');

    expect(code).toBe(0);
    expect(text).toContain('2 more events in the same messages');
    expect(text).toContain('3 events went back');
    expect(await queues.queued()).toEqual([moved(['a', 'b', 'c'])]);
  });

  it('asks before it sends what Meta may count twice', async () => {
    const queues = await start([refused('order-1', { firstFailedAt: hoursAgo(50) }), refused('order-2')]);

    const asked = await queues.run('redrive');

    expect(asked.code).toBe(1);
    expect(asked.text).toMatch(/Warning: 1 event failed first more than 48 hours ago[\s\S]*Nothing was redriven\./);
    expect(queues.counts()).toEqual({ events: 0, deadLetters: 2 });

    const answered = await queues.run('redrive', '--yes');

    expect(answered.code).toBe(0);
    expect(queues.counts()).toEqual({ events: 2, deadLetters: 0 });
  });

  it('leaves old letters out without asking when the filter does', async () => {
    const queues = await start([refused('order-1', { firstFailedAt: hoursAgo(50) }), refused('order-2')]);

    expect((await queues.run('redrive', '--newer-than', '48h')).code).toBe(0);
    expect(queues.counts()).toEqual({ events: 1, deadLetters: 1 });
  });

  it('keeps every letter when SQS takes no message', async () => {
    const queues = await start([refused('order-1'), refused('order-2')], failOn('SendMessageBatch'));

    const { code, text } = await queues.run('redrive');

    expect(code).toBe(1);
    expect(text).toContain(
      '0 events went back on the events queue.\n  stays (2): The events queue failed: You may not.',
    );
    expect(queues.counts()).toEqual({ events: 0, deadLetters: 2 });
  });

  it('keeps the letters of entries that SQS did not confirm', async () => {
    const tooLong = refused('order-2', { source: 'a'.repeat(200) });
    const queues = await start([refused('order-1'), tooLong]);

    const { code } = await queues.run('redrive');

    expect(code).toBe(1);
    expect(await queues.queued()).toMatchObject([{ events: [{ messageId: 'order-1' }] }]);
    expect(queues.counts()).toEqual({ events: 1, deadLetters: 1 });
  });

  it('loses nothing when it ends between sending and deleting', async () => {
    const queues = await start([refused('order-1')], failOn('DeleteMessageBatch'));

    const { code, text } = await queues.run('redrive');

    expect(code).toBe(1);
    expect(text).toContain(
      '1 event went back on the events queue.\n  stays (1): Sent, but SQS did not delete the letter.',
    );
    expect(queues.counts()).toEqual({ events: 1, deadLetters: 1 });
  });

  it('finishes the batches under way when it is interrupted, and gives the rest back', async () => {
    const queues = await start(
      Array.from({ length: 175 }, (_, index) => refused(`order-${index}`)),
      (target) => {
        if (target === 'AmazonSQS.SendMessageBatch') queues.stop.abort();
        return undefined;
      },
    );

    const { code, text } = await queues.run('redrive');

    expect(code).toBe(1);
    expect(text).toContain('160 events went back on the events queue.\n  stays (15): Interrupted');
    expect(queues.counts()).toEqual({ events: 160, deadLetters: 15 });
  });
});

describe('purge', () => {
  it('needs a yes', async () => {
    const queues = await start([refused('order-1')]);

    const { code, text } = await queues.run('purge');

    expect(code).toBe(1);
    expect(text).toMatch(/^1 dead letter\n[\s\S]*\nNothing was purged\. Go on with --yes\.$/);
    expect(queues.counts().deadLetters).toBe(1);
  });

  it('deletes exactly what the filter asks for', async () => {
    const queues = await start([refused('order-1'), refused('order-2', { code: 'event_too_old' }), 'hello']);

    const { code, text } = await queues.run('purge', '--code', 'event_too_old', '--yes');

    expect(code).toBe(0);
    expect(text).toMatch(/\n1 event purged\.$/);
    expect((await queues.run('list', '--json')).text).not.toContain('order-2');
    expect(queues.counts().deadLetters).toBe(2);
  });

  it('does nothing in a dry run, yes or not', async () => {
    const queues = await start([refused('order-1')]);

    expect((await queues.run('purge', '--dry-run', '--yes')).text).toContain('Dry run: 1 event would be gone.');
    expect(queues.counts().deadLetters).toBe(1);
  });

  it('keeps a message of which only some events were asked for', async () => {
    const queues = await start([moved(['a', 'b'])]);

    const { code, text } = await queues.run('purge', '--id', 'a', '--yes');

    expect(code).toBe(1);
    expect(text).toContain('0 events purged.\n  stays (1): Their messages hold other events too');
    expect(queues.counts().deadLetters).toBe(1);
  });

  it('reports what SQS did not delete', async () => {
    const queues = await start([refused('order-1')], failOn('DeleteMessageBatch'));

    expect(await queues.run('purge', '--yes')).toMatchObject({ code: 1, text: expect.stringContaining('stays (1)') });
    expect(queues.counts().deadLetters).toBe(1);
  });
});

describe('the command line', () => {
  it.each([
    [[], 'no command; there are list, show, redrive, purge', []],
    [['lst'], 'there is no command "lst"', ['Did you mean list?']],
    [['--stage', 'ingest'], 'the command comes first', ['Write: npm run dead-letters -- list --stage …']],
    [['list', '--colour'], 'there is no option --colour', []],
    [['list', '--sorce', 'shop'], 'there is no option --sorce', ['Did you mean --source?']],
    [['list', '--yes'], 'there is no option --yes', []],
    [['list', '--code'], '--code needs a value: --code <code>', []],
    [['list', '--code', '--json'], '--code needs a value', []],
    [['list', '--json=yes'], '--json takes no value', []],
    [['list', '--limit', '5', '--limit', '6'], '--limit is given twice', []],
    [['list', 'x'], 'an argument without an option', ['Options follow two dashes']],
    [['show'], 'id is missing', []],
    [['show', 'a', 'b'], 'more arguments than it takes', []],
    [['show', 'a', '--code', 'b'], 'there is no option --code', []],
    [['list', '--older-than', '2w'], '--older-than "2w" is no duration such as 30m, 3h or 2d', []],
    [['list', '--stage', 'delivery'], '--stage "delivery" is not one of ingest, deliver', []],
    [
      ['purge', '--stage', 'ingest', '--stage', 'Deliver'],
      '--stage "Deliver" is not one of ingest, deliver; did you mean deliver?',
      [],
    ],
    [['list', '--limit', '0'], '--limit "0" is not a whole number from 1 to 100,000', []],
    [['list', '--limit', '100001'], '--limit "100001"', []],
    [['list', '--limit', '1.5'], '--limit "1.5"', []],
    [['list', '--port', '70000'], '--port "70000"', []],
    [['list', '--env', 'prod'], '--env "prod" is not one of local, development', []],
    [['list', '--dead-letter-queue', 'dead'], '--dead-letter-queue "dead" is not the URL', []],
    [['list', '--events-queue', 'https://sqs/1/e'], '--events-queue needs --dead-letter-queue', []],
    [['redrive', '--dead-letter-queue', 'https://sqs/1/d'], 'redrive needs --events-queue', []],
    [['list', '--port', '1', '--dead-letter-queue', 'https://sqs/1/d'], 'not both', []],
  ])('refuses %j', async (args, says, helps) => {
    const { code, out, err } = await execute(command, args);

    const [first, ...more] = err.split('\n');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(first).toMatch(/^dead-letters[a-z ]*: /);
    expect(first).toContain(says);
    for (const help of helps) expect(more.join('\n')).toContain(help);
    expect(more.at(-1)).toMatch(/^→ All options: npm run dead-letters -- (list|show|redrive|purge)? ?--help$/);
  });

  it('says what to do when no local runtime answers', async () => {
    const { code, err } = await execute(command, ['list', '--port', '1']);

    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^No local runtime answers on port 1\.\n→ Run `npm start`/),
    });
  });

  it('explains itself', async () => {
    const { code, out } = await execute(command, ['--help']);

    expect(code).toBe(0);
    for (const part of ['redrive', '--code <code>', '--stage', '--env', '--limit', '--reveal', '(show)'])
      expect(out).toContain(part);
  });
});
