import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../../local/console/server/event-log.ts';
import { observePipeline } from '../../../../local/console/server/observer.ts';

const at = '2026-11-22T12:00:00.000Z';
const event = { type: 'track', event: 'Order Completed', messageId: 'order-1', timestamp: at, receivedAt: at };
const body = JSON.stringify({ version: 1, source: 'shop', events: [event] });

const idle = { visible: 0, inFlight: 0, delayed: 0 };

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
    { title: 'as ingest writes it', text: body },
    { title: 'written by hand', text: JSON.stringify({ version: 1, source: 'shop', events: [event] }, null, 1) },
    {
      title: 'put back for a destination',
      text: JSON.stringify({
        version: 1,
        source: 'shop',
        retry: { destination: 'main', mappings: ['Purchase'], attempt: 1, firstFailedAt: at },
        events: [event],
      }),
    },
    {
      title: 'with more than the log reads',
      text: body.replace('{"type"', '{"properties":{"events":["},{"],"name":"\\ud83d\\ude00"},"type"'),
    },
  ])('reads a message $title', ({ text }) => {
    const { log, observer } = observed();
    observer.sent('events', seen(text));
    expect(log.lines()).toMatchObject([{ messageId: 'order-1', name: 'Order Completed', source: 'shop' }]);
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

  it('sees each event that was refused together with others, and counts those that are not kept', () => {
    const { log, observer } = observed();
    const common = { version: 2, stage: 'ingest', code: 'identity_missing', reason: 'R.', fix: 'F.', source: 'shop' };
    const bodies = [{ events: [{ messageId: 'a' }, { messageId: 'b' }] }, { notKept: 2_480 }];
    bodies.forEach((more, index) => {
      const letters = { messageId: `letters-${index}`, body: JSON.stringify({ ...common, failedAt: at, ...more }) };
      observer.sent('dead-letters', letters);
    });
    expect(log.lines()).toMatchObject([
      { messageId: 'b', stage: 'rejected', notes: ['identity_missing'] },
      { messageId: 'a', stage: 'rejected', notes: ['identity_missing'] },
    ]);
    expect(log.ledger.balance(idle, false, 0)).toMatchObject({
      rejected: 2_482,
      reasons: { rejected: { identity_missing: 2_482 } },
    });
  });

  it('counts what is no object, which no queue sees', () => {
    const { log, observer } = observed();
    const rejected = [{ code: 'event_invalid' }, { code: 'identity_missing' }];
    const line = { message: 'events received', rejected, moreRejected: { event_invalid: 40, identity_missing: 2 } };
    observer.line(JSON.stringify(line));
    expect(log.ledger.balance(idle, false, 0).reasons.rejected).toEqual({ event_invalid: 41 });
  });

  it('notes at an event what was read otherwise than it was sent', () => {
    const { log, observer } = observed();
    observer.sent('events', { messageId: 'message-1', body });
    const warnings = [
      { code: 'timestamp_unreadable', path: 'timestamp', messageId: 'order-1' },
      { code: 'body_not_json', path: '' },
    ];
    observer.line(JSON.stringify({ message: 'events received', warnings }));
    expect(log.lines()).toMatchObject([{ notes: ['timestamp_unreadable: timestamp'] }]);
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
