import { describe, expect, it } from 'vitest';
import { DeadLetter, RejectedEvents } from '../../../shared/queue/dead-letter.ts';
import { serverKey, track } from '../../support/factories.ts';
import { post, testIngest } from '../../support/ingest-request.ts';

const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}{}${'}'.repeat(levels)}`);

const anonymous = track('B', {}, { userId: undefined, messageId: 'bad-1' });
const large = track('C', { text: 'x'.repeat(70_000) }, { messageId: 'bad-2' });

describe('bad events in a batch', () => {
  it('are rejected alone, by their index', async () => {
    const ingest = testIngest();

    const answer = await ingest.send(post('/v1/batch', { batch: [track('A'), anonymous, 'text', large, track('D')] }));

    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      success: true,
      accepted: 2,
      rejected: [
        {
          index: 1,
          messageId: 'bad-1',
          code: 'identity_missing',
          path: 'userId',
          message: 'The event has neither a userId nor an anonymousId.',
          fix: 'Set userId for a known person, else anonymousId.',
        },
        { index: 2, code: 'event_invalid', path: '', message: expect.any(String), fix: expect.any(String) },
        {
          index: 3,
          messageId: 'bad-2',
          code: 'event_too_large',
          path: '',
          message: 'The event is larger than 65536 bytes (64 KB).',
          fix: expect.any(String),
        },
      ],
    });
    expect(ingest.queued().map(({ event }) => event)).toEqual(['A', 'D']);
    expect(answer.facts).toMatchObject({ source: 'server', accepted: ['track-1', 'track-1'], rejected: { count: 3 } });
  });

  it('are answered with 200 even when all are bad', async () => {
    const ingest = testIngest();

    const answer = await ingest.send(post('/v1/batch', { batch: [anonymous, anonymous] }));

    expect([answer.status, answer.json()]).toMatchObject([200, { success: true, accepted: 0 }]);
    expect(ingest.events.messages).toEqual([]);
  });

  it('are kept as dead letters, one each where no other was refused alike', async () => {
    const ingest = testIngest();

    await ingest.send(post('/v1/batch', { batch: [anonymous, track('A'), large] }));

    const letters = ingest.deadLetters.bodies();
    expect(letters.map((letter) => DeadLetter.parse(letter))).toEqual(letters);
    expect(letters).toMatchObject([{ event: anonymous }, { event: large }]);
    expect(letters[0]).toEqual({
      version: 1,
      stage: 'ingest',
      code: 'identity_missing',
      reason: 'The event has neither a userId nor an anonymousId.',
      fix: 'Set userId for a known person, else anonymousId.',
      source: 'server',
      attempts: 0,
      firstFailedAt: '2026-03-10T12:00:00.000Z',
      lastFailedAt: '2026-03-10T12:00:00.000Z',
      event: anonymous,
    });
  });

  it('lose the write key on their way to the dead letters', async () => {
    const ingest = testIngest();

    await ingest.send(post('/v1/batch', { batch: [{ ...anonymous, writeKey: serverKey }] }));

    expect(ingest.deadLetters.bodies()).toMatchObject([{ event: anonymous }]);
    expect(ingest.deadLetters.messages[0]?.body).not.toContain(serverKey);
  });

  it('that are too deep to be written are kept without their depths', async () => {
    const ingest = testIngest();

    const deep = `{"type":"track","deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;

    const answer = await ingest.send(post('/v1/batch', `{"batch":[${deep}]}`));

    expect(answer.json()).toMatchObject({ rejected: [{ code: 'event_too_deep' }] });
    expect(ingest.deadLetters.messages[0]?.body).toContain('[nested too deep]');
  });

  it('that grow too large for the queue are kept by what tells which they were', async () => {
    const ingest = testIngest();
    const numbers = Array.from({ length: 60_000 }, () => '1e20').join(',');
    const large = `{"type":"track","event":"Order","userId":"u-1","messageId":"m-1","properties":{"all":[${numbers}]}}`;

    const answer = await ingest.send(post('/v1/batch', `{"batch":[${large},${JSON.stringify(track('Good'))}]}`));

    expect(answer.json()).toMatchObject({ accepted: 1, rejected: [{ code: 'event_too_large', messageId: 'm-1' }] });
    expect(ingest.deadLetters.bodies()).toMatchObject([
      {
        reason: expect.stringContaining('too large to keep'),
        event: { type: 'track', event: 'Order', userId: 'u-1', messageId: 'm-1' },
      },
    ]);
  });

  it('that hold what SQS refuses are kept in a form that it takes', async () => {
    const ingest = testIngest();
    const event = track('A\uFFFF\uD83D', {}, { userId: undefined });

    await ingest.send(post('/v1/batch', { batch: [event] }));

    expect(ingest.deadLetters.messages[0]?.body).not.toMatch(/[\uFFFE\uFFFF]|\p{Surrogate}/u);
    expect(ingest.deadLetters.bodies()).toMatchObject([{ event: { event: 'A\uFFFF\uD83D' } }]);
  });
});

describe('a bad event by itself', () => {
  it.each([
    ['invalid', anonymous, 400, 'identity_missing'],
    ['too large', large, 413, 'event_too_large'],
    ['too deep', track('A', { deep: nested(101) }), 400, 'event_too_deep'],
  ])('that is %s is refused with the same details, and kept', async (_, event, status, code) => {
    const ingest = testIngest();

    const answer = await ingest.send(post('/v1/track', event));

    expect([answer.status, answer.json()]).toEqual([
      status,
      {
        success: false,
        code,
        message: expect.any(String),
        fix: expect.any(String),
        accepted: 0,
        rejected: [expect.objectContaining({ index: 0, code })],
      },
    ]);
    expect([ingest.events.messages.length, ingest.deadLetters.bodies()]).toMatchObject([0, [{ code }]]);
  });

  it('that is no object is refused, and reaches no queue', async () => {
    const ingest = testIngest();

    const answer = await ingest.send(post('/v1/track', [anonymous]));

    expect([answer.status, answer.json()]).toMatchObject([400, { code: 'event_invalid', accepted: 0 }]);
    expect([ingest.events.messages, ingest.deadLetters.messages]).toEqual([[], []]);
  });
});

describe('very many bad events', () => {
  const many = Array.from({ length: 2_499 }, (_, index) =>
    track('A', {}, { userId: undefined, messageId: `m-${index}` }),
  );

  it('are told and kept in full up to twenty, and counted beyond', async () => {
    const ingest = testIngest();

    const answer = await ingest.send(post('/v1/batch', { batch: [{ type: 'other' }, ...many] }));

    const { rejected, moreRejected } = answer.json() as { rejected: { code: string }[]; moreRejected: unknown };
    expect([rejected.length, rejected[0]?.code, moreRejected]).toEqual([
      20,
      'type_unknown',
      { identity_missing: 2_480 },
    ]);
    expect(answer.facts.rejected?.count).toBe(2_500);
    expect(ingest.deadLetters.bodies()).toMatchObject([
      { version: 1, code: 'type_unknown', event: { type: 'other' } },
      { version: 2, code: 'identity_missing', source: 'server', events: many.slice(0, 19) },
      { version: 2, code: 'identity_missing', notKept: 2_480 },
    ]);
    expect(
      ingest.deadLetters
        .bodies()
        .slice(1)
        .map((letter) => RejectedEvents.safeParse(letter).error),
    ).toEqual([undefined, undefined]);
  });

  it('that are no objects are counted and answered, and reach no queue', async () => {
    const ingest = testIngest();

    const answer = await ingest.send(post('/v1/batch', { batch: new Array(2_500).fill(0) }));

    expect(answer.json()).toMatchObject({ accepted: 0, moreRejected: { event_invalid: 2_480 } });
    expect(answer.body.length).toBeLessThan(8_000);
    expect([ingest.events.messages, ingest.deadLetters.messages]).toEqual([[], []]);
  });

  it('take no room from those that can be kept', async () => {
    const ingest = testIngest();

    await ingest.send(post('/v1/batch', { batch: [...new Array(100).fill(0), anonymous] }));

    expect(ingest.deadLetters.bodies()).toMatchObject([{ event: anonymous }]);
  });

  it('are packed into messages of 64 KB', async () => {
    const ingest = testIngest();
    const wide = Array.from({ length: 20 }, (_, index) =>
      track('A', { text: 'x'.repeat(30_000) }, { userId: undefined, messageId: `wide-${index}` }),
    );

    await ingest.send(post('/v1/batch', { batch: wide }));

    expect(ingest.deadLetters.messages).toHaveLength(10);
    expect(ingest.deadLetters.bodies().flatMap((body) => RejectedEvents.parse(body).events)).toEqual(wide);
  });
});
