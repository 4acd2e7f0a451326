import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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
import { lineFile, type LineStore, readLines } from '../../../../local/emulators/sqs/journal-file.ts';
import { decodeLine, encodeLine } from '../../../../local/emulators/sqs/journal-line.ts';
import type { JournalRecord } from '../../../../local/emulators/sqs/journal-record.ts';
import { type Message, newMessage } from '../../../../local/emulators/sqs/message.ts';
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

function touched(file: string): string {
  writeFileSync(file, '');
  return file;
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
    writeFileSync(journalFile, '{"type":"queue","name":"a","attributes":{},"tags":{}}\nnot json\n');

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
  const nothing = { records: () => [], bytes: () => 0 };
  const message = (id: string) => newMessage({ id, body: id, attributes: {} }, 1);

  /** A disk that takes so many bytes in all, of which the file has some. */
  function smallDisk(capacity: number) {
    const disk = { lines: [] as Buffer[], replaced: 0, refused: 0 };
    const sizeOf = (lines: readonly Buffer[]): number => lines.reduce((sum, { length }) => sum + length, 0);
    const refuse = () => {
      disk.refused += 1;
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    };
    const store: LineStore = {
      get bytes() {
        return sizeOf(disk.lines);
      },
      append(lines) {
        if (sizeOf(disk.lines) + sizeOf(lines) > capacity) refuse();
        disk.lines.push(...lines);
      },
      replace(lines) {
        const anew = [...lines];
        if (sizeOf(disk.lines) + sizeOf(anew) > capacity) refuse();
        disk.lines = anew;
        disk.replaced += 1;
      },
      free: () => capacity - sizeOf(disk.lines),
      close: () => {},
    };
    const records = () => disk.lines.map((line) => decodeLine(line.subarray(0, -1)) as JournalRecord);
    return { disk, store, records };
  }

  /** Messages that come and go through a journal on such a disk. */
  function journalOn(store: LineStore) {
    const kept = new Map<string, Message>();
    const { journal } = openJournal(
      journalFile,
      {
        *records() {
          yield settings;
          for (const message of kept.values()) yield { type: 'send', queue: 'a', message };
        },
        bytes: () => kept.values().reduce((sum, { body }) => sum + body.length + 300, 0),
      },
      () => store,
    );
    cleanups.push(() => journal.close());
    return {
      takes: (bytes: number) => journal.takes(bytes),
      async send(id: string, characters: number) {
        const sent = newMessage({ id, body: 'x'.repeat(characters), attributes: {} }, 1);
        kept.set(id, sent);
        journal.append({ type: 'send', queue: 'a', message: sent });
        await journal.flushed();
      },
      async remove(id: string) {
        kept.delete(id);
        journal.append({ type: 'delete', queue: 'a', id });
        await journal.flushed();
      },
    };
  }

  it('goes on for ever on a small disk while little is alive', async () => {
    const { disk, store } = smallDisk(1024 * 1024);
    const { send, remove } = journalOn(store);

    for (let index = 0; index < 2_000; index += 1) {
      await send(`${index}`, 10_000);
      await remove(`${index}`);
    }

    expect(disk.refused).toBe(0);
    expect(disk.replaced).toBeGreaterThan(10);
    expect(store.bytes).toBeLessThan(1024 * 1024);
  });

  it('says beforehand that there is no room, so that what is refused takes none from the deletions', async () => {
    const { disk, store } = smallDisk(1024 * 1024);
    const { takes, send, remove } = journalOn(store);
    const sent: string[] = [];
    let refused = 0;
    for (let index = 0; index < 500; index += 1) {
      if (!takes(10_000)) refused += 1;
      else {
        sent.push(`${index}`);
        await send(`${index}`, 10_000);
      }
    }

    for (const id of sent) await remove(id);

    expect(refused).toBeGreaterThan(100);
    expect(disk.refused).toBe(0);
    expect(takes(10_000)).toBe(true);
  });

  // leo-project/leofs#591: a full disk leaves no room to compact, so room for that is kept.
  it('says that a disk is full, and goes on once there is room, with nothing lost', async () => {
    const { disk, store, records } = smallDisk(1024 * 1024);
    const { send, remove } = journalOn(store);
    const sent: string[] = [];
    await expect(
      (async () => {
        for (let index = 0; index < 200; index += 1) {
          sent.push(`${index}`);
          await send(`${index}`, 10_000);
        }
      })(),
    ).rejects.toThrow('No space left');

    for (const id of sent.slice(0, -5)) await remove(id).catch(() => {});
    await send('later', 10_000);

    const alive = new Set<string>();
    for (const record of records()) {
      if (record.type === 'send') alive.add(record.message.id);
      if (record.type === 'delete') alive.delete(record.id);
    }
    expect([...alive].sort()).toEqual([...sent.slice(-5), 'later'].sort());
    expect(disk.replaced).toBeGreaterThan(0);
  });

  // mckinsey/agents-at-scale-ark#3491: a rewriting that failed must not spoil what is appended later.
  it('leaves no draft behind when there is no room for one', () => {
    const lines = lineFile(touched(journalFile), 0);
    lines.append([encodeLine(settings)]);
    const noRoom = function* () {
      yield encodeLine(settings);
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    };

    expect(() => lines.replace(noRoom())).toThrow('no space');
    lines.append([encodeLine(settings)]);
    lines.close();

    expect(readdirSync(directory)).toEqual(['queues.jsonl']);
    expect([...readLines(journalFile)]).toHaveLength(2);
  });

  it('rewrites the file while it is open, and goes on with the new one', async () => {
    const live = [settings, { type: 'send', queue: 'a', message: message('kept') }] as const;
    const { journal } = openJournal(journalFile, { records: () => live, bytes: () => 1_000 });
    for (const record of live) journal.append(record);
    await journal.flushed();
    const large = newMessage({ id: 'large', body: 'x'.repeat(1024 * 1024), attributes: {} }, 1);

    for (let index = 0; index < 65; index += 1) {
      journal.append({ type: 'send', queue: 'a', message: large });
      journal.append({ type: 'delete', queue: 'a', id: 'large' });
      await journal.flushed();
    }
    const linesAfterRewrite = readFileSync(journalFile, 'utf8').trimEnd().split('\n').length;
    journal.append({ type: 'send', queue: 'a', message: message('later') });
    await journal.flushed();
    journal.close();

    const reopened = openJournal(journalFile, nothing);
    reopened.journal.close();
    expect(linesAfterRewrite).toBeLessThan(10);
    expect([...(reopened.state.get('a')?.messages.keys() ?? [])]).toEqual(['kept', 'later']);
  });

  it('writes what is appended together at once', async () => {
    const { journal } = openJournal(journalFile, nothing);
    cleanups.push(() => journal.close());
    journal.append(settings);
    journal.append({ type: 'send', queue: 'a', message: message('one') });
    const before = statSync(journalFile).size;

    await journal.flushed();

    expect(before).toBe(0);
    expect(readFileSync(journalFile, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('a line of the journal', () => {
  const queue = '{"type":"queue","name":"a","attributes":{},"tags":{}}';
  const line = encodeLine({ type: 'purge', queue: 'a' }).toString().trimEnd();

  it.each([
    { title: 'null', text: 'null', reason: 'it is no JSON object' },
    { title: 'a list', text: '[]', reason: 'it is no JSON object' },
    { title: 'no JSON', text: 'not json', reason: 'it is no JSON' },
    { title: 'of an unknown type', text: '{"type":"sand","queue":"a"}', reason: 'no record that this version knows' },
    { title: 'without a member', text: '{"type":"send","queue":"a"}', reason: 'no record that this version knows' },
    {
      title: 'with a message without an id',
      text: '{"type":"send","queue":"a","message":{"body":"b"}}',
      reason: 'no record that this version knows',
    },
    {
      title: 'of an unknown queue',
      text: '{"type":"send","queue":"b","message":{"id":"1","body":"b"}}',
      reason: 'a queue b that is not there',
    },
    { title: 'with another checksum', text: line.replace(/"crc":"./, '"crc":"!'), reason: 'checksum does not match' },
    { title: 'with another record', text: line.replace('"a"', '"b"'), reason: 'checksum does not match' },
    { title: 'with a record only', text: '{"record":{"type":"purge","queue":"a"}}', reason: 'checksum does not match' },
  ])('that is $title is named, with the file and why', ({ text, reason }) => {
    writeFileSync(journalFile, `${queue}\n${line}\n${text}\n${line}\n`);
    expect(() => openJournal(journalFile, { records: () => [], bytes: () => 0 })).toThrow(
      new RegExp(`^${journalFile}, line 3 is damaged: .*${reason}`),
    );
  });

  it('is found damaged whichever bit of it changed', () => {
    const message = newMessage({ id: '1', body: '{"a":"b"}', attributes: {} }, 1);
    const sent = encodeLine({ type: 'send', queue: 'a', message }).subarray(0, -1);
    for (const whole of [Buffer.from(line), sent]) {
      for (let bit = 0; bit < whole.length * 8; bit += 1) {
        const flipped = Buffer.from(whole);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => decodeLine(flipped), flipped.toString()).toThrow(/checksum|JSON/);
      }
    }
  });

  it.each([
    '{"a":"b"}',
    '{"ä":"🚀","body":"}"}',
    '{ "a": 12345678901234567890 }',
    '{"a":1,"a":2}',
    '{not json}',
    '{"two":\n"lines"}',
    '{"lone":"\ud800"}',
    'text',
    '"{}"',
    '',
  ])('gives back the body %j as it was', (body) => {
    const message = newMessage({ id: '1', body, attributes: { body: { DataType: 'String', StringValue: 'x' } } }, 1);
    const record = { type: 'move', queue: 'a', id: '1', to: 'b', message };
    expect(decodeLine(encodeLine(record).subarray(0, -1))).toEqual(record);
    expect(encodeLine(record).indexOf('\n')).toBe(encodeLine(record).length - 1);
  });

  it('from before there were checksums is read', () => {
    const message = '{"type":"send","queue":"a","message":{"id":"1","body":"b","receiveCount":0}}';
    writeFileSync(journalFile, `${queue}\n${message}\n`);
    const { journal, state } = openJournal(journalFile, { records: () => [], bytes: () => 0 });
    journal.close();
    expect(state.get('a')?.messages.get('1')?.body).toBe('b');
  });
});

describe('what is kept on disk', () => {
  it('is for its owner only, and what is there already becomes so', async () => {
    const folder = join(directory, 'state', 'deep');
    const file = join(folder, 'queues.jsonl');
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, '', { mode: 0o644 });
    const other = join(directory, 'new', 'queues.jsonl');
    for (const path of [file, other]) {
      const fixture = await startFixture({ journalFile: path });
      const modes = [path, `${path}.lock`].map((one) => statSync(one).mode & 0o777);
      await fixture.close();
      expect(modes).toEqual([0o600, 0o600]);
    }
    expect(statSync(join(directory, 'new')).mode & 0o777).toBe(0o700);
  });
});
