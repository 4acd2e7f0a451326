import { describe, expect, it } from 'vitest';
import { mayHold } from '../../../shared/queue/may-hold.ts';

describe('mayHold', () => {
  it.each([
    ['one of the texts', '{"events":[{"userId":"u-1"}]}', true],
    ['compressed events, which only a reader can tell', '{"version":1,"gzip":["H4sI"]}', true],
    ['none of them', '{"events":[{"userId":"u-3"}]}', false],
    ['the word alone', '{"events":[{"userId":"gzip"}]}', false],
  ])('of a body with %s', (_, body, expected) => {
    expect(mayHold(body, ['"u-1"', '"u-2"'])).toBe(expected);
    expect(mayHold(body, ['"u-2"', '"u-1"'])).toBe(expected);
  });

  it('of nothing that is sought', () => {
    expect(mayHold('{"events":[]}', [])).toBe(false);
  });
});
