import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openJournal } from '../../../../local/emulators/sqs/journal.ts';
import { newMessage } from '../../../../local/emulators/sqs/message.ts';
import { arnOf, bodiesOf, type Fixture, handleOf, nameOf, sqsClient, startFixture } from '../aws-fixture.ts';

let directory: string;
let journalFile: string;
const cleanups: (() => unknown)[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'));
  journalFile = join(directory, 'queues.jsonl');
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  rmSync(directory, { recursive: true });
});

async function start(): Promise<Fixture> {
  const fixture = await startFixture({ journalFile });
  let open = true;
  const close = async () => {
    if (open) await fixture.close();
    open = false;
  };
  cleanups.push(close);
  return { ...fixture, close };
}

async function startProcess(): Promise<{ child: ChildProcess; url: string; kill(): Promise<void> }> {
  const script = fileURLToPath(new URL('../server-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, journalFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  cleanups.push(kill);
  const [line] = await once(child.stdout, 'data');
  return { child, url: String(line).trim(), kill };
}

const queueUrl = (origin: string, name: string) => `${origin}/000000000000/${name}`;

async function drain(fixture: Fixture, url: string): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const messages = await fixture.receive(url, { VisibilityTimeout: 600 });
    if (messages.length === 0) return bodies.sort();
    bodies.push(...bodiesOf(messages));
  }
}

describe('journal', () => {
  it('keeps every message that was answered for when the process is killed', async () => {
    const { url: origin, kill } = await startProcess();
    const sqs = sqsClient(origin);
    cleanups.push(() => sqs.destroy());
    await sqs.send(new CreateQueueCommand({ QueueName: 'events' }));
    const confirmed: string[] = [];
    const sendUntilKilled = async (sender: number) => {
      for (let sent = 0; ; sent += 1) {
        const MessageBody = `${sender}-${sent}`;
        await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(origin, 'events'), MessageBody }));
        confirmed.push(MessageBody);
      }
    };
    const senders = Promise.allSettled(Array.from({ length: 8 }, (_, sender) => sendUntilKilled(sender)));
    await vi.waitFor(() => expect(confirmed.length).toBeGreaterThan(300), { timeout: 10_000 });

    await kill();
    await senders;
    const restarted = await start();
    const found = new Set(await drain(restarted, queueUrl(restarted.server.url, 'events')));

    expect(confirmed.filter((body) => !found.has(body))).toEqual([]);
    expect(found.size).toBeLessThanOrEqual(confirmed.length + 8);
  }, 20_000);

  it('keeps deletions and receive counts, and shows again what was in flight', async () => {
    const { url: origin, kill } = await startProcess();
    const sqs = sqsClient(origin);
    cleanups.push(() => sqs.destroy());
    await sqs.send(new CreateQueueCommand({ QueueName: 'events' }));
    const url = queueUrl(origin, 'events');
    for (const MessageBody of ['done', 'in flight', 'untouched']) {
      await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
    }
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'delayed', DelaySeconds: 600 }));
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 2 }));
    const done = handleOf(Messages.filter(({ Body }) => Body === 'done'));
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: done }));

    await kill();
    const restarted = await start();
    const messages = await restarted.receive(queueUrl(restarted.server.url, 'events'));

    expect(messages.map(({ Body, Attributes }) => [Body, Attributes?.ApproximateReceiveCount])).toEqual([
      ['in flight', '2'],
      ['untouched', '1'],
    ]);
    expect(restarted.server.queues.counts('events')).toEqual({ visible: 0, inFlight: 2, delayed: 1 });
  }, 20_000);

  it('keeps queues, attributes, tags, dead letters and redrives across an orderly stop', async () => {
    const before = await start();
    const dead = await before.queue();
    const policy = JSON.stringify({ deadLetterTargetArn: arnOf(dead), maxReceiveCount: 1 });
    const source = await before.queue({ RedrivePolicy: policy, VisibilityTimeout: '7' });
    const purged = await before.queue();
    const deleted = await before.queue();
    await before.sqs.send(new TagQueueCommand({ QueueUrl: source, Tags: { team: 'growth' } }));
    await before.send(source, 'redriven', { MessageGroupId: 'storefront' });
    await before.receive(source, { VisibilityTimeout: 0 });
    await before.receive(source);
    await before.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf(dead) }));
    await vi.waitFor(() => expect(before.server.queues.counts(nameOf(source)).visible).toBe(1));
    await before.send(source, 'dead');
    await before.receive(source, { VisibilityTimeout: 0 });
    await before.receive(source);
    await before.send(purged, 'gone');
    await before.sqs.send(new PurgeQueueCommand({ QueueUrl: purged }));
    await before.sqs.send(new DeleteQueueCommand({ QueueUrl: deleted }));
    const counts = [dead, source, purged].map((url) => before.server.queues.counts(nameOf(url)).visible);
    await before.close();

    const after = await start();
    const urlOf = (url: string) => queueUrl(after.server.url, nameOf(url));

    expect([dead, source, purged].map((url) => after.server.queues.counts(nameOf(url)).visible)).toEqual(counts);
    expect(() => after.server.queues.counts(nameOf(deleted))).toThrow('does not exist');
    const letters = await after.receive(urlOf(dead));
    expect(letters.every(({ Attributes }) => Attributes?.DeadLetterQueueSourceArn === arnOf(source))).toBe(true);
    expect(bodiesOf([...letters, ...(await after.receive(urlOf(source)))])).toEqual(['dead', 'redriven']);
  });

  it('lets a receiver that outlived the restart delete what it received', async () => {
    const before = await start();
    const url = await before.queue();
    await before.send(url, 'done');
    const handle = handleOf(await before.receive(url));
    await before.close();

    const after = await start();
    const urlAfter = queueUrl(after.server.url, nameOf(url));
    await after.sqs.send(new DeleteMessageCommand({ QueueUrl: urlAfter, ReceiptHandle: handle }));

    expect(await after.receive(urlAfter)).toEqual([]);
  });

  it('goes on after a line that a crash tore off', async () => {
    const first = await start();
    const url = await first.queue();
    await first.send(url, 'whole 🚀');
    await first.close();
    appendFileSync(journalFile, '{"type":"send","queue":"queue-1","mess');

    const second = await start();
    await second.send(queueUrl(second.server.url, nameOf(url)), 'after');
    await second.close();
    const third = await start();

    expect(await drain(third, queueUrl(third.server.url, nameOf(url)))).toEqual(['after', 'whole 🚀']);
  });

  it('refuses a file that is damaged in the middle, and lets it go', async () => {
    writeFileSync(journalFile, '{"type":"purge","queue":"a"}\nnot json\n{"type":"purge","queue":"a"}\n');

    await expect(startFixture({ journalFile })).rejects.toThrow(`${journalFile}, line 2 is damaged`);
    writeFileSync(journalFile, '');
    await expect(start()).resolves.toBeDefined();
  });

  it('refuses a file that another process uses, until that process is gone', async () => {
    const { child, kill } = await startProcess();

    await expect(startFixture({ journalFile })).rejects.toThrow(`in use by process ${child.pid}`);
    await kill();
    await expect(start()).resolves.toBeDefined();
  });

  it('refuses a file that this process uses already', async () => {
    await start();

    await expect(startFixture({ journalFile })).rejects.toThrow(`in use by process ${process.pid}`);
  });

  it('is rewritten at the next start once most of it is dead', async () => {
    const before = await start();
    const url = await before.queue();
    for (let batch = 0; batch < 60; batch += 1) {
      const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: 'x'.repeat(100) }));
      await before.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
      await before.receive(url, { VisibilityTimeout: 600 });
    }
    await before.sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    await before.send(url, 'survivor');
    await before.close();
    const bytes = statSync(journalFile).size;

    const after = await start();

    expect(statSync(journalFile).size).toBeLessThan(bytes / 50);
    expect(await drain(after, queueUrl(after.server.url, nameOf(url)))).toEqual(['survivor']);
  });
});

describe('openJournal', () => {
  const settings = { type: 'queue', name: 'a', attributes: {}, tags: {}, createdAt: 1, modifiedAt: 1 } as const;
  const message = (id: string) => newMessage({ id, body: id, attributes: {} }, 1);

  it('rewrites the file while it is open, and goes on with the new one', async () => {
    const live = [settings, { type: 'send', queue: 'a', message: message('kept') }] as const;
    const { journal } = openJournal(journalFile, () => live);
    for (const record of live) journal.append(record);
    await journal.flushed();

    for (let index = 0; index < 10_000; index += 1) {
      journal.append({ type: 'send', queue: 'a', message: message(`${index}`) });
      journal.append({ type: 'delete', queue: 'a', id: `${index}` });
    }
    await journal.flushed();
    const linesAfterRewrite = readFileSync(journalFile, 'utf8').trimEnd().split('\n').length;
    journal.append({ type: 'send', queue: 'a', message: message('later') });
    await journal.flushed();
    journal.close();

    const reopened = openJournal(journalFile, () => []);
    reopened.journal.close();
    expect(linesAfterRewrite).toBe(2);
    expect([...(reopened.state.get('a')?.messages.keys() ?? [])]).toEqual(['kept', 'later']);
  });

  it('writes what is appended together at once', async () => {
    const { journal } = openJournal(journalFile, () => []);
    cleanups.push(() => journal.close());
    journal.append(settings);
    journal.append({ type: 'send', queue: 'a', message: message('one') });
    const before = statSync(journalFile).size;

    await journal.flushed();

    expect(before).toBe(0);
    expect(readFileSync(journalFile, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  });
});
