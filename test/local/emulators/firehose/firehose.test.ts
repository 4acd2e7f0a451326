import { mkdtempSync, readFileSync, rmSync, globSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FirehoseClient, PutRecordBatchCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { firehoseSink } from '../../../../functions/aws/firehose-sink.ts';
import { type AwsServer, type AwsServerOptions, startAwsServer } from '../../../../local/emulators/aws/aws-server.ts';
import { readReceiptIndex } from '../../../../local/emulators/firehose/receipt-index.ts';
import { ReceiptFiles } from '../../../../local/emulators/firehose/receipt-files.ts';

const root = mkdtempSync(join(tmpdir(), 'firehose-'));
afterAll(() => rmSync(root, { recursive: true }));

let servers: AwsServer[] = [];
let clients: FirehoseClient[] = [];
afterEach(async () => {
  for (const client of clients) client.destroy();
  for (const server of servers) await server.close();
  [servers, clients] = [[], []];
});

let folders = 0;
const newFolder = (): string => join(root, String(++folders));
const start = Date.parse('2026-03-10T08:59:00.000Z');

async function open(options: AwsServerOptions, maxAttempts = 1): Promise<FirehoseClient> {
  const server = await startAwsServer(options);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new FirehoseClient({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts });
  servers.push(server);
  clients.push(client);
  return client;
}

/** Names and texts of all files, compressed or not. */
const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    globSync('**/*.{ndjson,gz,part}', { cwd: folder }).map((file) => {
      const bytes = readFileSync(join(folder, file));
      return [file.replace(/\/[^/]*?(\.[a-z.]+)$/, '/*$1'), String(file.endsWith('.gz') ? gunzipSync(bytes) : bytes)];
    }),
  );

describe('Firehose on this machine', () => {
  it('takes records of the AWS client, and has them in the file of their hour at once', async () => {
    const folder = newFolder();
    const files = new ReceiptFiles({ folder, now: () => start, keepDays: 30 });
    const client = await open({ streams: new Map([['receipts', files]]) });

    const kept = await firehoseSink(client, 'receipts').put(['{"a":1}\n', '{"b":"ü"}\n'], AbortSignal.timeout(5_000));
    await client.send(
      new PutRecordCommand({ DeliveryStreamName: 'receipts', Record: { Data: Buffer.from('{"c":3}\n') } }),
    );

    expect(kept).toEqual([0, 1]);
    expect(contents(folder)).toEqual({ 'day=2026-03-10/hour=08/*.ndjson': '{"a":1}\n{"b":"ü"}\n{"c":3}\n' });
  });

  it('refuses a stream that there is not, and records beyond its limits', async () => {
    const files = new ReceiptFiles({ folder: newFolder(), now: () => start, keepDays: 30 });
    const client = await open({ streams: new Map([['receipts', files]]) });
    const put = (name: string, records: number, bytes: number) =>
      client.send(
        new PutRecordBatchCommand({
          DeliveryStreamName: name,
          Records: Array.from({ length: records }, () => ({ Data: Buffer.alloc(bytes, 'x') })),
        }),
      );

    await expect(put('other', 1, 1)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(put('receipts', 501, 1)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
    await expect(put('receipts', 1, 1_000 * 1024 + 1)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
    await expect(put('receipts', 5, 900 * 1024)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  });

  it('says so when the disk takes no more', async () => {
    const full = {
      append: () => {
        throw new Error('ENOSPC');
      },
    };
    const client = await open({ streams: new Map([['receipts', full]]) });

    expect(await firehoseSink(client, 'receipts').put(['{}\n'], AbortSignal.timeout(5_000))).toEqual([]);
  });
});

describe('the sink', () => {
  it('sends again what Firehose did not take, and says what it has', async () => {
    const files = new ReceiptFiles({ folder: newFolder(), now: () => start, keepDays: 30 });
    let calls = 0;
    const intercept = (target: string) =>
      target.endsWith('PutRecordBatch') && ++calls === 1
        ? { status: 503, code: 'ServiceUnavailableException', message: 'Slow down.' }
        : undefined;
    const client = await open({ streams: new Map([['receipts', files]]), intercept }, 2);

    expect(await firehoseSink(client, 'receipts').put(['{}\n'], AbortSignal.timeout(5_000))).toEqual([0]);
    expect(calls).toBe(2);
  });

  it('cuts what is more than one request takes', async () => {
    const folder = newFolder();
    const files = new ReceiptFiles({ folder, now: () => start, keepDays: 30 });
    const client = await open({ streams: new Map([['receipts', files]]) });
    const records = Array.from({ length: 6 }, (_, number) => `${String(number).repeat(900 * 1024)}\n`);

    expect((await firehoseSink(client, 'receipts').put(records, AbortSignal.timeout(10_000))).toSorted()).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
    expect(Object.values(contents(folder)).join('').length).toBe(records.join('').length);
  });
});

describe('the files', () => {
  it('are compressed when their hour is over, and never seen by half', () => {
    const folder = newFolder();
    let now = start;
    const files = new ReceiptFiles({ folder, now: () => now, keepDays: 30 });

    files.append([Buffer.from('{"a":1}\n')]);
    now += 120_000;
    files.append([Buffer.from('{"b":2}\n')]);

    expect(contents(folder)).toEqual({
      'day=2026-03-10/hour=08/*.ndjson.gz': '{"a":1}\n',
      'day=2026-03-10/hour=09/*.ndjson': '{"b":2}\n',
    });
    files.settle();
    expect(Object.keys(contents(folder)).filter((file) => !file.endsWith('.gz'))).toEqual([]);
    // Each with an index, for those who look for one event.
    const compressed = globSync('**/*.gz', { cwd: folder }).map((file) => join(folder, file));
    expect(compressed.map((file) => readReceiptIndex(file)?.mayHold('order-1'))).toEqual([false, false]);
  });

  it('of a process that was killed are taken up by the next, without the line that was torn', () => {
    const folder = newFolder();
    const hour = join(folder, 'day=2026-03-10/hour=08');
    mkdirSync(hour, { recursive: true });
    writeFileSync(join(hour, 'a.ndjson'), '{"a":1}\n{"torn":');
    writeFileSync(join(hour, 'b.ndjson.gz.part'), 'half');

    new ReceiptFiles({ folder, now: () => start, keepDays: 30 });

    expect(contents(folder)).toEqual({ 'day=2026-03-10/hour=08/*.ndjson.gz': '{"a":1}\n' });
  });

  it('go when their days are over', () => {
    const folder = newFolder();
    let now = start;
    const files = new ReceiptFiles({ folder, now: () => now, keepDays: 2 });
    files.append([Buffer.from('{"a":1}\n')]);

    now += 3 * 86_400_000;
    files.append([Buffer.from('{"b":2}\n')]);

    expect(Object.values(contents(folder))).toEqual(['{"b":2}\n']);
  });

  it('leave the last room of a disk to the queues, after compressing what they hold', () => {
    const folder = newFolder();
    const line = Buffer.from(`{"a":"${'x'.repeat(1_000)}"}\n`);
    const paths = (): string[] => globSync('**/*.{ndjson,gz}', { cwd: folder }).map((file) => join(folder, file));
    const kept = (): number =>
      paths().reduce((sum, path) => {
        const bytes = readFileSync(path);
        return sum + (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).length;
      }, 0);
    const size = 1_500_000;
    const used = (): number => paths().reduce((sum, path) => sum + statSync(path).size, 0);
    let others = 0;
    const files = new ReceiptFiles({ folder, now: () => start, keepDays: 30, free: () => size - others - used() });

    // More than the plain lines would have room for.
    for (let n = 0; n < 20; n++) files.append(Array.from({ length: 50 }, () => line));
    others = 500_000;

    expect(() => files.append([line])).toThrow('The room that is left on the disk is for the queues');
    expect(kept()).toBe(20 * 50 * line.length);
    others = 0;
    files.append([line]);
    expect(kept()).toBe((20 * 50 + 1) * line.length);
  });
});
