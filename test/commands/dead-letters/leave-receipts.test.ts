import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { leaveReceipts, receiptsOf } from '../../../commands/dead-letters/leave-receipts.ts';
import type { AskRecord } from '../../../commands/events/open-record.ts';
import { timelineJson } from '../../../commands/events/timeline-json.ts';
import { CommandError } from '../../../commands/kit/report-errors.ts';
import { startAwsServer } from '../../../local/emulators/aws/aws-server.ts';
import { ReceiptFiles } from '../../../local/emulators/firehose/receipt-files.ts';
import { recordNames } from '../../../shared/config/record-names.ts';
import { personDigests } from '../../../shared/record/person-digests.ts';
import { readReceipts } from '../../../shared/record/read-receipts.ts';
import { Receipt } from '../../../shared/record/receipt.ts';
import { timelineOf } from '../../../shared/record/timeline.ts';
import { temporaryDirectory } from '../../e2e/support/pipeline.ts';

const digest = personDigests('secret');
const at = new Date('2026-12-01T10:00:00Z');
const who = 'arn:aws:sts::123456789012:assumed-role/OnCall/jo (jo@laptop)';
const letter = (messageId: string | undefined) => ({
  ...{ messageId, eventName: 'Order Completed', source: 'shop', destination: 'main', mapping: 'Purchase' },
  ...{ code: 'currency_invalid', events: 1 },
});

/** A record in a folder, behind Firehose's protocol. */
async function startRecord(stream: string = recordNames('staging').stream) {
  const folder = temporaryDirectory();
  const files = new ReceiptFiles({ folder: folder.path, now: () => at.getTime(), keepDays: 30 });
  const aws = await startAwsServer({ streams: new Map([[stream, files]]) });
  onTestFinished(async () => {
    await aws.close();
    folder.remove();
  });
  const errors: string[] = [];
  const ask: AskRecord = (use) => use({ store: undefined as never, digest });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
  return {
    errors,
    place: {
      ...{ deployment: 'staging', ask, onError: (message: string) => errors.push(message) },
      aws: { endpoint: aws.url, region: 'us-east-1', credentials, requestHandler },
    },
    receipts: () =>
      globSync('**/*.ndjson', { cwd: folder.path }).flatMap(
        (file) => readReceipts(readFileSync(join(folder.path, file), 'utf8')).receipts,
      ),
  };
}

describe('receipts of what operators did', () => {
  it('say who did what to which letter', async () => {
    const { place, receipts, errors } = await startRecord();

    await leaveReceipts({ action: 'redrive', who, at, letters: [letter('order-1'), letter('order-2')] }, place);

    expect(errors).toEqual([]);
    expect(receipts()).toMatchObject([
      { k: 'operated', o: 'redrive', u: who, id: 'order-1', r: 'currency_invalid', d: 'main', t: at.getTime() },
      { k: 'operated', id: 'order-2' },
    ]);
  });

  it('name nobody but the operator: an id that is an address is kept as its digest', () => {
    const [receipt] = receiptsOf({ action: 'purge', who, at, letters: [letter('jane@shop.example')] }, digest);

    expect(JSON.stringify(receipt)).not.toContain('jane@');
    expect(receipt?.id).toMatch(/^~i[\da-f]{16}$/);
    expect(Receipt.safeParse(receipt).success).toBe(true);
  });

  it('go in as many records as it takes', async () => {
    const { place, receipts, errors } = await startRecord();
    const letters = Array.from({ length: 20_000 }, (_, index) => letter(`order-${index}`));

    await leaveReceipts({ action: 'purge', who, at, letters }, place);

    expect(errors).toEqual([]);
    expect(receipts()).toHaveLength(20_000);
  });

  it('are none where nothing is recorded, and a sentence where they may not be written', async () => {
    const { place, errors } = await startRecord('another');
    const nothing: AskRecord = () => Promise.reject(new CommandError({ reason: 'Nothing is recorded.', fix: '' }));
    const operation = { action: 'redrive', who, at, letters: [letter('order-1')] } as const;

    await leaveReceipts(operation, { ...place, ask: undefined });
    await leaveReceipts(operation, { ...place, ask: nothing });
    expect(errors).toEqual([]);
    await leaveReceipts(operation, place);
    expect(errors).toEqual([expect.stringContaining('Allow firehose:PutRecordBatch')]);
  });
});

describe('the timeline of an event that an operator moved', () => {
  const base = { v: 1, s: 'shop', e: 'Order Completed', id: 'order-1' } as const;
  const dead = { ...base, k: 'dead', t: 1, a: 0, d: 'main', m: 'Purchase', r: 'currency_invalid' } as const;
  const operated = (o: 'redrive' | 'purge'): Receipt => ({ ...base, k: 'operated', t: 2, o, u: who, d: 'main' });

  it('tells who it was, and that what was purged is gone', () => {
    const told = timelineJson(timelineOf([dead, operated('purge')]));

    expect(told.final).toEqual([
      { destination: 'main', mapping: 'Purchase', outcome: 'dead', reason: 'currency_invalid' },
    ]);
    expect(told.now).toBe('purged from the dead letter queue, for good');
    expect(told.advice).toEqual([]);
    expect(told.receipts.at(-1)).toMatchObject({ step: 'operated', action: 'purge', by: who });
  });

  it('waits for what comes of a redrive', () => {
    const again: Receipt = { ...base, k: 'redriven', t: 3, a: 0, d: 'main', m: 'Purchase' };

    expect(timelineJson(timelineOf([dead, operated('redrive')])).now).toBe('in the dead letter queue');
    expect(timelineJson(timelineOf([dead, operated('redrive'), again])).now).toBe('on the events queue');
  });
});
