import { describe, expect, it } from 'vitest';
import { personDigests } from '../../../shared/record/person-digests.ts';
import { track } from '../../support/factories.ts';
import { post, testIngest } from '../../support/ingest-request.ts';
import { downQueue } from '../../support/recording-queue.ts';
import { recordingRecorder, recordSecret } from '../../support/recording-recorder.ts';

const digest = personDigests(recordSecret);
const anonymous = track('B', { email: 'b@example.com' }, { userId: undefined, messageId: 'bad-1' });

describe('receipts of a request', () => {
  it('tell of each event whether it was accepted, and name persons by digests alone', async () => {
    const recorder = recordingRecorder();
    const event = track('A', { order_id: 'O-1', email: 'Jane@Example.com' }, { messageId: 'm-1', userId: 'jane' });

    await testIngest({ record: recorder }).send(post('/v1/batch', { batch: [event, anonymous, 'text'] }));
    const receipts = await recorder.read();

    expect(receipts).toMatchObject([
      { k: 'accepted', id: 'm-1', s: 'server', e: 'A' },
      {
        k: 'rejected',
        id: 'bad-1',
        e: 'B',
        r: 'identity_missing',
        p: [digest({ kind: 'email', value: 'b@example.com' })],
      },
      { k: 'rejected', r: 'event_invalid' },
    ]);
    expect(receipts[0]).toMatchObject({
      p: expect.arrayContaining([
        digest({ kind: 'userId', value: 'jane' }),
        digest({ kind: 'email', value: 'jane@example.com' }),
        digest({ kind: 'orderId', value: 'O-1' }),
      ]),
    });
    expect(JSON.stringify(receipts)).not.toMatch(/jane|example\.com|O-1/i);
  });

  it('hold the event where the record keeps events', async () => {
    const recorder = recordingRecorder('events');
    const ingest = testIngest({ record: recorder });

    await ingest.send(post('/v1/track', track('A', {}, { messageId: 'm-1' })));
    const [receipt] = await recorder.read();

    expect(receipt?.k === 'accepted' && JSON.parse(receipt.ev ?? '')).toEqual(ingest.queued()[0]);
  });

  it('count the rest of very many rejected events', async () => {
    const recorder = recordingRecorder();
    const batch = Array.from({ length: 1_000 }, () => anonymous);

    await testIngest({ record: recorder }).send(post('/v1/batch', { batch }));
    const receipts = await recorder.read();

    expect(receipts.length).toBeLessThan(1_000);
    expect(receipts.reduce((sum, receipt) => sum + ((receipt.k === 'rejected' && receipt.w) || 1), 0)).toBe(1_000);
  });

  it('tell of no event that the sender still owns', async () => {
    const recorder = recordingRecorder();

    await testIngest({ record: recorder, events: downQueue }).send(post('/v1/track', track('A')));

    expect(await recorder.read()).toEqual([]);
  });
});
