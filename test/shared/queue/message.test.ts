import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventMessage, packMessages } from '../../../shared/queue/message.ts';
import { messageText } from '../../../shared/lib/json/message-text.ts';
import { track } from '../../support/factories.ts';

const limitBytes = 65_536;
/** Characters that SQS takes in a body. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const sqsText = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

const item = (value: unknown) => {
  const json = messageText(value);
  return { json, bytes: Buffer.byteLength(json) };
};

const sized = (bytes: number) => item('x'.repeat(bytes - 2));

const eventsOf = (body: string): unknown[] => (JSON.parse(body) as { events: unknown[] }).events;

describe('messageText', () => {
  it.each([
    ['U+FFFE', '\uFFFE'],
    ['U+FFFF', 'a\uFFFFb'],
    ['U+FFFF behind a backslash', '\\\uFFFF'],
    ['a lone high surrogate', '\uD83D'],
    ['a lone low surrogate', '\uDC00x'],
    ['a surrogate pair', '🛒'],
    ['control characters', '\u0000\u0008\u001F'],
    ['line separators', '\u2028\u2029'],
  ])('lets %s through SQS unharmed, in values and names', (_, text) => {
    const value = { text, [text]: 1 };

    const written = messageText(value);

    expect(written).toMatch(sqsText);
    expect(JSON.parse(written)).toEqual(value);
  });

  it('lets any text through SQS unharmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)) }), (text) => {
        const written = messageText([text]);
        return sqsText.test(written) && (JSON.parse(written) as string[])[0] === text;
      }),
    );
  });
});

describe('packMessages', () => {
  it('writes messages that deliver can read', () => {
    const event = track('Seen', {}, { receivedAt: '2026-03-10T12:00:00.000Z' });
    const retry = {
      destination: 'main',
      mappings: ['purchase'],
      attempt: 2,
      firstFailedAt: '2026-03-10T12:00:00.000Z',
    };

    const [body = ''] = packMessages({ source: 'server', retry }, [item(event)]);

    expect(EventMessage.parse(JSON.parse(body))).toEqual({ version: 1, source: 'server', retry, events: [event] });
  });

  it('makes no message of no events', () => {
    expect(packMessages({ source: 'server' }, [])).toEqual([]);
  });

  it.each([
    ['fills messages to the last byte', 0, [2, 2, 2]],
    ['opens another for one byte more', 1, [1, 1, 1, 1, 1, 1]],
  ])('%s', (_, more, counts) => {
    const [empty = ''] = packMessages({ source: 'server' }, [item('')]);
    const half = 32_000;
    const rest = limitBytes - (Buffer.byteLength(empty) - 2) - half - 1;
    const pair = [sized(half), sized(rest + more)];

    const bodies = packMessages({ source: 'server' }, [...pair, ...pair, ...pair]);

    expect(bodies.map((body) => eventsOf(body).length)).toEqual(counts);
    if (more === 0) expect(new Set(bodies.map((body) => Buffer.byteLength(body)))).toEqual(new Set([limitBytes]));
  });

  it('gives an event that is larger than a message one of its own', () => {
    const bodies = packMessages({ source: 'server' }, [sized(10), sized(70_000), sized(10)]);

    expect(bodies.map((body) => eventsOf(body).length)).toEqual([1, 1, 1]);
  });

  it('keeps the order, loses and doubles nothing, and opens a message only when the last one is full', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 8, max: 3_000 }), fc.integer({ min: 8, max: 32_768 })), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(sizes, fc.constantFrom('x', 'ß', '🛒'), (lengths, letter) => {
        const values = lengths.map((length, index) => `${index}:${letter.repeat(length / Buffer.byteLength(letter))}`);

        const bodies = packMessages({ source: 'server' }, values.map(item));

        expect(bodies.flatMap(eventsOf)).toEqual(values);
        for (const [index, body] of bodies.entries()) {
          const bytes = Buffer.byteLength(body);
          expect(bytes).toBeLessThanOrEqual(limitBytes);
          const next = bodies[index + 1];
          if (next === undefined) continue;
          expect(bytes + 1 + item(eventsOf(next)[0]).bytes).toBeGreaterThan(limitBytes);
        }
      }),
    );
  });
});
