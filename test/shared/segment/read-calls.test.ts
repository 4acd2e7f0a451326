import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../../shared/segment/invalid-request-error.ts';
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
    expect(parseBody(text)).toEqual({ value: JSON.parse(text), isLenient: false });
  });

  it.each(['', '{', '{"a":1}}', "{'a':1}", 'a=1&b=2', 'data=', 'data=%7B', '[1 2]', '{"a":nil}'])(
    'refuses "%s" with 400',
    (text) => {
      expect(refusal(() => parseBody(text))).toMatchObject({ status: 400, code: 'request_invalid' });
    },
  );

  it.each([
    ['JSON that was written as JSON', JSON.stringify('{"a":1}')],
    ["a form's data", `data=${encodeURIComponent('{"a":1}')}`],
    ["a form's data in base64", `data=${encodeURIComponent(btoa('{"a":1}'))}`],
    ['JSON that is encoded for a URL', encodeURIComponent('{"a":1}')],
    ['base64', btoa('{"a":1}')],
  ])('reads %s', (_, text) => {
    expect(parseBody(text)).toEqual({ value: { a: 1 }, isLenient: true });
  });

  it('does not quote the body', () => {
    const error = refusal(() => parseBody('jane@example.com'));

    expect([error.message, error.fix].join()).not.toContain('jane');
  });
});

function read(value: unknown, kind: 'batch' | 'event', isLenient = false) {
  const { events, ...others } = readCalls({ value, isLenient }, kind);
  return { events: events.map((call) => call.value), ...others };
}

describe('readCalls', () => {
  it('takes the body of a single-event path as the event, whatever it is', () => {
    expect(read({ batch: [] }, 'event')).toEqual({ events: [{ batch: [] }], warnings: [] });
  });

  it('takes the events of a batch and what it says about all of them', () => {
    const body = {
      batch: [1, 2],
      sentAt: '2026-03-10T12:00:00Z',
      context: { a: 1 },
      integrations: { All: false },
      other: 'x',
    };

    expect(read(body, 'batch')).toEqual({
      events: [1, 2],
      sentAt: '2026-03-10T12:00:00Z',
      context: { a: 1 },
      integrations: { All: false },
      warnings: [],
    });
  });

  it.each([
    ['text', ['context', 'integrations']],
    [[1], ['context', 'integrations']],
    [5, ['context', 'integrations']],
    [null, []],
    [[], []],
  ])('takes no context from %j, and warns of %j', (context, warned) => {
    const calls = read({ batch: [], context, integrations: context }, 'batch');

    expect(calls).toMatchObject({ context: undefined, integrations: undefined });
    expect(calls.warnings.map(({ code, path }) => [code, path])).toEqual(
      warned.map((path) => ['member_left_out', path]),
    );
  });

  it.each([['soon'], [0], [{}]])('warns of %j as sentAt', (sentAt) => {
    expect(read({ batch: [], sentAt }, 'batch').warnings).toMatchObject([
      { code: 'timestamp_unreadable', path: 'sentAt' },
    ]);
  });

  it('says that the body was no JSON', () => {
    const { value, isLenient } = parseBody('{"batch":[NaN]}');

    expect(read(value, 'batch', isLenient)).toMatchObject({
      events: [null],
      warnings: [{ code: 'body_not_json' }],
    });
  });

  it('takes for a list what PHP makes of one without its first item', () => {
    expect(read({ batch: { 1: 'a', 2: 'b' } }, 'batch').events).toEqual(['a', 'b']);
  });

  it.each([[[]], [null], ['text'], [{}], [{ batch: {} }], [{ batch: { a: 1 } }], [{ batch: 'x' }], [{ batch: null }]])(
    'refuses %j as a batch with 400',
    (body) => {
      expect(refusal(() => read(body, 'batch'))).toMatchObject({ status: 400, code: 'request_invalid' });
    },
  );

  it.each([
    ['more than 2,500 events', { batch: new Array(2_501).fill({}) }],
    [
      'a context that makes 8 MB when every event gets it',
      { batch: new Array(2_500).fill({}), context: { text: 'x'.repeat(3_500) } },
    ],
  ])('refuses %s with 413', (_, body) => {
    expect(refusal(() => read(body, 'batch'))).toMatchObject({ status: 413, code: 'request_too_large' });
  });

  it('takes 2,500 events', () => {
    expect(read({ batch: new Array(2_500).fill({}) }, 'batch').events).toHaveLength(2_500);
  });

  it.each(['context', 'integrations'])('refuses %s nested deeper than 100 levels with 400', (name) => {
    const readNested = (levels: number) => () => read({ batch: [{}], [name]: nested(levels) }, 'batch');

    expect(readNested(99)).not.toThrow();
    expect(refusal(readNested(100))).toMatchObject({ status: 400 });
    expect(refusal(readNested(50_000))).toMatchObject({ status: 400 });
  });
});
