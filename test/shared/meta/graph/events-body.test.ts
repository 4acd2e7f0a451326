import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventsBody } from '../../../../shared/meta/graph/events-body.ts';
import { requestBody } from '../../../../shared/meta/graph/request-body.ts';

function bodyOf(events: readonly string[]): EventsBody {
  const body = new EventsBody();
  for (const event of events) body.add(event);
  return body;
}

const anyEvents = fc.array(
  fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('x'.repeat(50_000), 'é'.repeat(30_000))),
  { minLength: 1, maxLength: 12 },
);
const envelope = { testEventCode: 'TÉST"1', uploadTag: 'store-7', appSecretProof: 'ab12' };

describe('EventsBody', () => {
  it('has the bytes of the text that a preview shows', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        expect(
          bodyOf(events)
            .whole(envelope)
            .equals(Buffer.from(requestBody(events, envelope))),
        ).toBe(true);
      }),
    );
  });

  it('gives any part of it', () => {
    fc.assert(
      fc.property(anyEvents, fc.infiniteStream(fc.boolean()), (events, chosen) => {
        const places = [...events.keys()].filter(() => chosen.next().value);
        const part = events.filter((_, place) => places.includes(place));

        expect(
          bodyOf(events)
            .part(places, {})
            .equals(Buffer.from(requestBody(part, {}))),
        ).toBe(true);
      }),
    );
  });

  it('counts the bytes of the events and of what stands between them', () => {
    const body = bodyOf(['{"a":1}', '"é"']);

    expect(body.size).toBe(Buffer.byteLength('{"a":1},"é"'));
  });

  it('leaves a body as it is that may still be on its way when another proof stands behind the events', () => {
    const body = bodyOf(['{}']);
    const first = body.whole({ appSecretProof: 'old' });

    const second = body.whole({ appSecretProof: 'new' });

    expect(JSON.parse(first.toString())).toEqual({ data: [{}], appsecret_proof: 'old' });
    expect(JSON.parse(second.toString())).toEqual({ data: [{}], appsecret_proof: 'new' });
  });

  it('lets the next body have its memory, and no body that of one that is still on its way', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyEvents, fc.boolean(), fc.boolean()), { maxLength: 12 }), (bodies) => {
        const underWay: (readonly [Buffer, string])[] = [];
        for (const [events, isReceived, isSentAgain] of bodies) {
          const body = bodyOf(events);
          const expected = Buffer.from(requestBody(events, {})).toString();
          const bytes = body.whole({});
          expect(bytes.toString()).toBe(expected);
          if (isSentAgain) body.part(events.length > 1 ? [0] : [], {});
          if (isReceived) body.release();
          if (!isReceived || isSentAgain) underWay.push([bytes, expected]);
        }

        for (const [bytes, expected] of underWay) expect(bytes.toString()).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('takes no event any more once it is being sent', () => {
    const body = bodyOf(['{}']);
    body.whole({});

    expect(() => body.add('{}')).toThrow('takes no more events');
  });

  it('is the same when it is asked for again', () => {
    const body = bodyOf(['{}', '[]']);

    expect([body.whole(envelope), body.part([0, 1], envelope)].map(String)).toEqual(
      Array.from({ length: 2 }, () => requestBody(['{}', '[]'], envelope)),
    );
  });
});
