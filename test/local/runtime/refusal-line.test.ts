import { describe, expect, it } from 'vitest';
import { describeRefusal, readRefusal } from '../../../local/runtime/refusal-line.ts';

const refusal = { status: 401, code: 'write_key_unknown', reason: 'It is not known.', fix: 'Set it.', requests: 1 };

describe('readRefusal', () => {
  it('reads what the ingest function logs', () => {
    const line = JSON.stringify({ level: 'warn', message: 'request refused', ...refusal, RequestsRefused: 1 });

    expect(readRefusal(line)).toEqual(refusal);
  });

  it.each(['text', '"request refused"', '{"message":"request refused"}', '{"message":"events received"}'])(
    'leaves the line %s to others',
    (line) => {
      expect(readRefusal(line)).toBeUndefined();
    },
  );
});

describe('describeRefusal', () => {
  it.each([
    [refusal, 'refused 401 write_key_unknown: It is not known. Set it.'],
    [{ ...refusal, source: 'web' }, 'refused 401 write_key_unknown from web: It is not known. Set it.'],
    [{ ...refusal, requests: 40 }, 'refused 401 write_key_unknown (40 requests): It is not known. Set it.'],
  ])('of %j is one line', (line, text) => {
    expect(describeRefusal(line)).toBe(text);
  });
});
