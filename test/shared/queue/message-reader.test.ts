import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { project, MemberTree } from '../../../shared/lib/json/reader/member-tree.ts';
import { packMessages } from '../../../shared/queue/message.ts';
import { fastBody } from '../../../shared/queue/fast-body.ts';
import { createBodyReader, generalBody } from '../../../shared/queue/message-reader.ts';
import type { QueuedMessage } from '../../../shared/queue/queued-message.ts';

import { anyEvent } from '../../support/any-event.ts';

const own = {
  type: 'track',
  messageId: 'm-1',
  timestamp: '2026-11-30T12:00:00.000Z',
  receivedAt: '2026-11-30T12:00:01.000Z',
};
const retry = {
  destination: 'main',
  mappings: ['each'],
  attempt: 1,
  firstFailedAt: '2026-11-30T12:00:00.000Z',
  history: [{ reason: ',"events":[', tries: 1, firstAt: '', lastAt: '' }],
};
const wanted = () => new MemberTree().add(['context', 'ip']).add(['properties', 'currency']).add(['userId']);
const whole = new MemberTree().addAll(wanted());
for (const name of ['type', 'event', 'messageId', 'timestamp', 'receivedAt']) whole.add([name]);

const bodyOf = (events: readonly unknown[], envelope: object = {}) =>
  JSON.stringify({ version: 1, source: 'server', ...envelope, events });

/** All that a message says, its events as they are and as they are wanted. */
const told = (message: QueuedMessage | undefined) =>
  message && {
    ...message,
    events: message.events.map(({ members, json }) => [project(members, whole), JSON.parse(json)]),
  };

describe('the reader of message bodies', () => {
  it('fast equals general: reads what ingest and delivery pack, whatever the events', () => {
    const envelopes = fc.constantFrom({ source: 'server' }, { source: 'a "shop"', retry });
    let fastOnes = 0;
    const fast = fastBody(wanted());
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 4 }), envelopes, (events, envelope) => {
        const written = events.map((event) => JSON.stringify({ ...event, ...own }));
        for (const body of packMessages(
          envelope,
          written.map((json) => ({ json, bytes: Buffer.byteLength(json) })),
        )) {
          const message = fast(body);
          if (message === undefined) continue;
          fastOnes++;
          expect(told(message)).toEqual(told(generalBody(body)));
        }
      }),
      { seed: 74, numRuns: 300 },
    );
    expect(fastOnes).toBeGreaterThan(290);
  });

  it('gives the event’s own text, letter by letter', () => {
    const json = `{"type":"track", "messageId":"m-1","timestamp":"t","receivedAt":"r","a":1.50,"n":"\\u00e9"}`;
    const message = fastBody(wanted())(`{"version":1,"source":"s","events":[${json},${json}]}`);
    expect(message?.events.map((event) => event.json)).toEqual([json, json]);
  });

  it.each([
    ['an event of no known type', bodyOf([{ ...own, type: 'tracks' }])],
    ['an event without its id', bodyOf([{ ...own, messageId: '' }])],
    ['an event without a time', bodyOf([{ ...own, receivedAt: undefined }])],
    ['no event', bodyOf([])],
    ['another version', bodyOf([own], { version: 2 })],
    ['a member too many', bodyOf([own], { more: 1 })],
    ['owed events of no mapping', bodyOf([own], { retry: { ...retry, mappings: [] } })],
    ['events behind which something stands', `${bodyOf([own]).slice(0, -1)},"more":[]}`],
    ['events twice', bodyOf([own]).replace('"source"', '"events":[],"source"')],
    ['events twice, of which the first are none', bodyOf([own]).replace('"source"', '"events":1,"source"')],
    ['events without a comma between them', bodyOf([own, own]).replace('},{', '} {')],
    ['another sign between its events', bodyOf([own, own]).replace('},{', '};{')],
    ['a list for an envelope', `[1,"events":[${JSON.stringify(own)}]}`],
    ['nothing before its events', `,"events":[${JSON.stringify(own)}]}`],
    ['no list of events', '{"version":1,"source":"server"}'],
    ['a line behind it', `${bodyOf([own])}\n`],
    ['no end', bodyOf([own]).slice(0, -1)],
    ['half an event', `${bodyOf([own]).slice(0, -20)}]}`],
    ['two bodies', bodyOf([own]) + bodyOf([own])],
    ['text', 'text'],
  ])('leaves a body with %s to the general one', (_, body) => {
    expect(fastBody(wanted())(body)).toBeUndefined();
  });

  it('is compiled when as many events were read as it is made for, and asks once for what is wanted', async () => {
    let asked = 0;
    const read = createBodyReader(() => {
      asked++;
      return wanted();
    }, 3);
    const body = bodyOf([{ ...own, extra: 1 }, own]);
    const hasAll = () => 'extra' in (read(body)?.events[0]?.members ?? {});
    expect([hasAll(), hasAll()]).toEqual([true, true]);
    await expect.poll(hasAll).toBe(false);
    expect(asked).toBe(1);
  });

  it('reads in the general way what the fast one leaves', async () => {
    const read = createBodyReader(wanted, 0);
    const body = bodyOf([{ ...own, extra: 1 }]);
    await expect.poll(() => 'extra' in (read(body)?.events[0]?.members ?? {})).toBe(false);
    const other = JSON.stringify({ events: [own], source: 'server', version: 1 });
    expect(read(other)?.events.map(({ members }) => members)).toEqual([own]);
    expect(read('{')).toBeUndefined();
  });
});
