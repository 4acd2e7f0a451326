import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeError, jsonLog } from '../../../functions/aws/json-log.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('jsonLog', () => {
  it('writes one line of JSON, whatever the facts hold', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);

    jsonLog('warn', 'two\nlines', { source: 'a\nb', accepted: 2 });
    jsonLog('info', 'no facts');

    expect(write.mock.calls.map(([line]) => line)).toEqual([
      '{"level":"warn","message":"two\\nlines","source":"a\\nb","accepted":2}\n',
      '{"level":"info","message":"no facts"}\n',
    ]);
  });
});

describe('describeError', () => {
  it.each([
    ['a message', 'Cannot read jane@example.com'],
    ['a message with lines like those of a stack', 'Unexpected token:\n    at jane@example.com\n  at x'],
  ])('tells the kind and the place of an error, but nothing of %s', (_, message) => {
    expect(describeError(new TypeError(message))).toEqual({
      error: 'TypeError',
      at: expect.stringMatching(/^at .*json-log\.test\.ts:\d+:\d+\)?$/),
    });
  });

  it.each([
    ['jane@example.com', 'string'],
    [undefined, 'undefined'],
    [{ email: 'jane@example.com' }, 'object'],
  ])('tells of %j, which is no error, only its type', (thrown, error) => {
    expect(describeError(thrown)).toEqual({ error });
  });

  it('says nothing of the cause', () => {
    const error = new Error('no', { cause: new Error('jane@example.com') });

    expect(JSON.stringify(describeError(error))).not.toContain('jane');
  });
});
