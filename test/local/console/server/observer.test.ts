import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../../local/console/server/event-log.ts';
import { observePipeline } from '../../../../local/console/server/observer.ts';

const at = '2026-11-22T12:00:00.000Z';
const event = { type: 'track', event: 'Order Completed', messageId: 'order-1', timestamp: at, receivedAt: at };
const body = JSON.stringify({ version: 1, source: 'shop', events: [event] });
const eventsQueue = 'http://127.0.0.1:1/000000000000/events';

function observed() {
  const log = new EventLog({ destinationsOf: () => ['main'], now: () => Date.parse(at) });
  return { log, observer: observePipeline(log, { events: 'events', deadLetters: 'dead-letters' }) };
}

describe('observePipeline', () => {
  it.each([
    { operation: 'AmazonSQS.SendMessageBatch', request: { QueueUrl: eventsQueue, Entries: [{ MessageBody: body }] } },
    { operation: 'AmazonSQS.SendMessage', request: { QueueUrl: eventsQueue, MessageBody: body } },
  ])('sees the events of $operation', ({ operation, request }) => {
    const { log, observer } = observed();
    observer.queueRequest(operation, request);
    expect(log.lines()).toMatchObject([{ messageId: 'order-1', source: 'shop', stage: 'queued' }]);
  });

  it.each([
    {
      title: 'another queue',
      operation: 'AmazonSQS.SendMessage',
      request: { QueueUrl: 'http://x/other', MessageBody: body },
    },
    { title: 'another operation', operation: 'AmazonSQS.ReceiveMessage', request: { QueueUrl: eventsQueue } },
    { title: 'no JSON', operation: 'AmazonSQS.SendMessage', request: { QueueUrl: eventsQueue, MessageBody: '{' } },
    {
      title: 'no message of ours',
      operation: 'AmazonSQS.SendMessage',
      request: { QueueUrl: eventsQueue, MessageBody: '[]' },
    },
    { title: 'no request at all', operation: 'AmazonSQS.SendMessageBatch', request: undefined },
  ])('leaves $title alone', ({ operation, request }) => {
    const { log, observer } = observed();
    observer.queueRequest(operation, request);
    expect(log.lines()).toEqual([]);
  });

  it('is busy until the function is done', () => {
    const { log, observer } = observed();
    const done = observer.handedOver([body, 'no message']);
    expect(observer.isBusy()).toBe(true);
    expect(log.lines()).toMatchObject([{ stage: 'mapping' }]);
    done();
    expect(observer.isBusy()).toBe(false);
  });

  it('takes the lines that are for it', () => {
    const { log, observer } = observed();
    observer.queueRequest('AmazonSQS.SendMessage', { QueueUrl: eventsQueue, MessageBody: body });
    const outcomes = {
      message: 'event outcomes',
      groups: [{ outcome: 'delivered', destination: 'main', mapping: 'Purchase', messageIds: ['order-1'] }],
    };
    expect(observer.line(JSON.stringify({ level: 'info', ...outcomes }))).toBe(true);
    expect(observer.line('{"message":"events received","source":"shop","accepted":["order-1"]}')).toBe(true);
    expect(log.lines()).toMatchObject([{ stage: 'delivered' }]);
    expect(log.ledger.balance({ visible: 0, inFlight: 0, delayed: 0 }, false, 0).acceptedByIngest).toBe(1);
  });

  it.each([
    'plain text',
    '{"message":"delivery report"}',
    '"event outcomes"',
    '{"message":"event outcomes","groups":1}',
  ])('leaves the line %s to others', (line) => {
    expect(observed().observer.line(line)).toBe(false);
  });
});
