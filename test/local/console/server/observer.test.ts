import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../../local/console/server/event-log.ts';
import { observePipeline } from '../../../../local/console/server/observer.ts';

const at = '2026-11-22T12:00:00.000Z';
const event = { type: 'track', event: 'Order Completed', messageId: 'order-1', timestamp: at, receivedAt: at };
const body = JSON.stringify({ version: 1, source: 'shop', events: [event] });

function observed() {
  const log = new EventLog({ destinationsOf: () => ['main'], now: () => Date.parse(at) });
  return { log, observer: observePipeline(log, { events: 'events', deadLetters: 'dead-letters' }) };
}

const seen = (text: string) => ({ messageId: 'message-1', body: text });

describe('observePipeline', () => {
  it('sees the events of a message', () => {
    const { log, observer } = observed();
    observer.sent('events', seen(body));
    expect(log.lines()).toMatchObject([{ messageId: 'order-1', source: 'shop', stage: 'queued' }]);
  });

  it.each([
    { title: 'another queue', queue: 'other', text: body },
    { title: 'no JSON', queue: 'events', text: '{' },
    { title: 'no message of ours', queue: 'events', text: '[]' },
    { title: 'an event without an id', queue: 'events', text: '{"version":1,"source":"shop","events":[{}]}' },
    { title: 'no dead letter of ours', queue: 'dead-letters', text: body },
  ])('leaves $title alone', ({ queue, text }) => {
    const { log, observer } = observed();
    observer.sent(queue, seen(text));
    observer.handedOver(queue === 'events' ? [seen(text)] : []);
    expect(log.lines()).toEqual([]);
  });

  it.each([
    { title: 'that it saw on the queue', before: [body] },
    { title: 'from before the start', before: [] },
  ])('knows what is handed over of a message $title', ({ before }) => {
    const { log, observer } = observed();
    for (const text of before) observer.sent('events', seen(text));
    observer.handedOver([seen(body)]);
    expect(log.lines()).toMatchObject([{ messageId: 'order-1', stage: 'mapping' }]);
  });

  it('does not count a message that is handed over again', () => {
    const { log, observer } = observed();
    observer.sent('events', seen(body));
    observer.handedOver([seen(body)]);
    observer.handedOver([seen(body)]);
    expect(log.lines()).toHaveLength(1);
  });

  it('takes the lines that are for it', () => {
    const { log, observer } = observed();
    observer.sent('events', seen(body));
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
