import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../../shared/errors.ts';
import { parseBody, readCalls } from '../../../shared/segment/read-calls.ts';

const refusal = (run: () => unknown): InvalidRequestError => {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
};

const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}{}${'}'.repeat(levels)}`);

describe('parseBody', () => {
  it.each(['{"a":1}', ' [1] ', 'null', '"text"'])('reads %s', (text) => {
    expect(parseBody(text)).toEqual(JSON.parse(text));
  });

  it.each(['', '{', '{"a":1}}', "{'a':1}", 'a=1&b=2', '[1,]', 'undefined'])('refuses "%s" with 400', (text) => {
    expect(refusal(() => parseBody(text))).toMatchObject({ status: 400, code: 'request_invalid' });
  });

  it('does not quote the body', () => {
    const error = refusal(() => parseBody('jane@example.com'));

    expect([error.message, error.fix].join()).not.toContain('jane');
  });
});

describe('readCalls', () => {
  it('takes the body of a single-event path as the event, whatever it is', () => {
    expect(readCalls({ batch: [] }, 'event')).toEqual({ events: [{ batch: [] }] });
  });

  it('takes the events of a batch and what it says about all of them', () => {
    const body = { batch: [1, 2], sentAt: 'then', context: { a: 1 }, integrations: { All: false }, other: 'x' };

    expect(readCalls(body, 'batch')).toEqual({
      events: [1, 2],
      sentAt: 'then',
      context: { a: 1 },
      integrations: { All: false },
    });
  });

  it.each([['text'], [[1]], [null], [5]])('takes no context from %j', (context) => {
    expect(readCalls({ batch: [], context, integrations: context }, 'batch')).toMatchObject({
      context: undefined,
      integrations: undefined,
    });
  });

  it.each([[[]], [null], ['text'], [{}], [{ batch: {} }], [{ batch: 'x' }], [{ batch: null }]])(
    'refuses %j as a batch with 400',
    (body) => {
      expect(refusal(() => readCalls(body, 'batch'))).toMatchObject({ status: 400, code: 'request_invalid' });
    },
  );

  it.each([
    ['more than 2,500 events', { batch: new Array(2_501).fill({}) }],
    [
      'a context that makes 8 MB when every event gets it',
      { batch: new Array(2_500).fill({}), context: { text: 'x'.repeat(3_500) } },
    ],
  ])('refuses %s with 413', (_, body) => {
    expect(refusal(() => readCalls(body, 'batch'))).toMatchObject({ status: 413, code: 'request_too_large' });
  });

  it('takes 2,500 events', () => {
    expect(readCalls({ batch: new Array(2_500).fill({}) }, 'batch').events).toHaveLength(2_500);
  });

  it.each(['context', 'integrations'])('refuses %s nested deeper than 100 levels with 400', (name) => {
    const read = (levels: number) => () => readCalls({ batch: [{}], [name]: nested(levels) }, 'batch');

    expect(read(99)).not.toThrow();
    expect(refusal(read(100))).toMatchObject({ status: 400 });
    expect(refusal(read(50_000))).toMatchObject({ status: 400 });
  });
});
