import { describe, expect, it } from 'vitest';
import { lazyQueue } from '../../../functions/aws/lazy-queue.ts';
import { QueueUnavailableError } from '../../../shared/errors.ts';
import { recordingQueue } from '../../support/recording-queue.ts';

describe('lazyQueue', () => {
  it('loads the queue once, with the first messages', async () => {
    const recording = recordingQueue();
    let loads = 0;
    const queue = lazyQueue(async () => {
      loads++;
      return recording;
    });
    const before = loads;

    await Promise.all([queue.send([{ body: '1' }]), queue.send([{ body: '2' }])]);
    await queue.send([{ body: '3' }]);

    expect([before, loads]).toEqual([0, 1]);
    expect(recording.messages.map(({ body }) => body)).toEqual(['1', '2', '3']);
  });

  it('loads it again after a failure', async () => {
    const recording = recordingQueue();
    let loads = 0;
    const queue = lazyQueue(async () => {
      if (loads++ === 0) throw new Error('not there');
      return recording;
    });

    await expect(queue.send([{ body: '1' }])).rejects.toBeInstanceOf(QueueUnavailableError);
    await queue.send([{ body: '1' }]);

    expect(recording.messages).toHaveLength(1);
  });
});
