import { describe, expect, it } from 'vitest';
import { readGraphError, retryAction } from '../../../../shared/meta/graph/graph-error.ts';
import type { RetryAction } from '../../../../shared/queue/destination.ts';

const readText = (status: number, body: string) => {
  const error = readGraphError(status, body);
  return { ...error, action: retryAction(error) };
};
const read = (error: unknown, status = 400) => readText(status, JSON.stringify({ error }));

describe('readGraphError', () => {
  it.each<[RetryAction, boolean, number, number | undefined]>([
    ['retry', false, 1, undefined],
    ['retry', false, 1, 99],
    ['retry', false, 2, undefined],
    ['hold', false, 3, undefined],
    ['throttle', false, 4, 1504022],
    ['hold', false, 10, undefined],
    ['throttle', false, 17, 2446079],
    ['throttle', false, 32, undefined],
    ['reject', false, 100, undefined],
    ['reject', false, 100, 999],
    ['hold', false, 100, 33],
    ['hold', false, 100, 34],
    ['hold', false, 100, 38],
    ['reject', true, 100, 2804001],
    ['reject', true, 100, 2804003],
    ['reject', true, 100, 2804009],
    ['reject', true, 100, 2804050],
    ['reject', true, 100, 1815356],
    ['hold', false, 102, undefined],
    ['hold', false, 104, undefined],
    ['reject', false, 105, undefined],
    ['hold', false, 190, undefined],
    ['hold', false, 190, 463],
    ['hold', false, 200, undefined],
    ['hold', false, 294, undefined],
    ['hold', false, 299, undefined],
    ['retry', false, 300, undefined],
    ['throttle', false, 341, undefined],
    ['throttle', false, 368, undefined],
    ['reject', true, 506, undefined],
    ['throttle', false, 613, undefined],
    ['hold', false, 803, undefined],
    ['hold', false, 2635, undefined],
    ['retry', false, 5000, undefined],
    ['retry', false, 21009, undefined],
    ['throttle', false, 80000, undefined],
    ['throttle', false, 80014, undefined],
    ['retry', false, 80015, undefined],
    ['retry', false, -1, undefined],
    ['retry', false, 424242, undefined],
  ])('answers with %s (about the event: %s) to code %i, subcode %s', (action, aboutEvent, code, subcode) => {
    expect(read({ code, error_subcode: subcode })).toMatchObject({ action, aboutEvent, code });
  });

  it.each<[RetryAction, number]>([
    ['retry', 100],
    ['retry', 190],
    ['throttle', 4],
  ])('answers with %s to code %i when Meta calls it transient', (action, code) => {
    expect(read({ code, is_transient: true })).toMatchObject({ action, aboutEvent: false });
  });

  it('holds when the app secret proof is asked for, which only the text says', () => {
    const message = 'API calls from the server require an appsecret_proof argument';

    expect(read({ code: 100, message })).toMatchObject({ action: 'hold' });
  });

  it.each<[string, unknown, number | undefined]>([
    ['an object', { event_index: 3 }, 3],
    ['JSON text', '{"event_index": 0}', 0],
    ['a negative number', { event_index: -1 }, undefined],
    ['a fraction', { event_index: 1.5 }, undefined],
    ['other text', 'event 3', undefined],
    ['null', null, undefined],
  ])('reads the place of the culprit from %s', (_, data, index) => {
    expect(read({ code: 100, error_subcode: 1815356, error_data: data }).index).toBe(index);
  });

  it('keeps Meta’s ids, and no address that its texts may quote', () => {
    const refusal = read({
      message: 'Invalid a@private.example',
      error_user_title: 'a@private.example',
      error_user_msg: 'a@private.example',
      error_data: { blame: 'a@private.example' },
      code: 100,
      error_subcode: 2804050,
      fbtrace_id: 'Atrace',
    });

    expect(refusal).toMatchObject({ status: 400, code: 100, subcode: 2804050, traceId: 'Atrace' });
    expect(JSON.stringify(refusal)).not.toContain('private.example');
  });

  it.each<[string, string | undefined, string | undefined, object | undefined]>([
    ['both', 'Too old', 'Send it within 7 days.', { userTitle: 'Too old', userMessage: 'Send it within 7 days.' }],
    ['a title', 'Too old', undefined, { userTitle: 'Too old' }],
    ['nothing but blanks', ' ', '', undefined],
    ['an address', 'Bad a@private.example here', undefined, { userTitle: 'Bad  here' }],
    ['an encoded address', 'Bad', 'see a%40private.example', { userTitle: 'Bad', userMessage: 'see' }],
    ['a phone number', '+44 20 7946 0018 is wrong', undefined, { userTitle: 'is wrong' }],
    ['300 characters', 'x'.repeat(300), undefined, { userTitle: 'x'.repeat(300) }],
    ['301 characters', 'x'.repeat(301), undefined, { userTitle: `${'x'.repeat(299)}…` }],
    ['an address at the cut', `${'x'.repeat(290)} jane.doe@private.example`, undefined, { userTitle: 'x'.repeat(290) }],
  ])('keeps of what Meta tells people %s', (_, error_user_title, error_user_msg, userTexts) => {
    const refusal = read({ code: 100, error_subcode: 2804003, error_user_title, error_user_msg });

    const { code: _code, subcode: _subcode, status: _status, ...texts } = refusal.letter.graph ?? {};
    expect(texts).toEqual(userTexts ?? {});
  });

  it.each([
    ['a null subcode', { code: 190, error_subcode: null }],
    ['a trace id that is a number', { code: 190, fbtrace_id: 17 }],
    ['a title that is no text', { code: 190, error_user_title: 17, error_user_msg: {} }],
    ['a message that is no text', { code: 190, message: ['x'], is_transient: 'no' }],
  ])('is not put off by %s', (_, error) => {
    expect(read(error)).toMatchObject({ action: 'hold', code: 190 });
  });

  it.each<[string, number, string, RetryAction]>([
    ['no JSON', 500, 'oops', 'retry'],
    ['nothing', 503, '', 'retry'],
    ['no error', 400, '{}', 'retry'],
    ['an error without a code', 400, '{"error":{"message":"x"}}', 'retry'],
    ['a code that is text', 400, '{"error":{"code":"x"}}', 'retry'],
    ['nothing and status 429', 429, '', 'throttle'],
    ['nothing and status 413', 413, '', 'reject'],
  ])('reads an answer with %s by its status', (_, status, body, action) => {
    expect(readText(status, body)).toEqual({
      action,
      reason: `Meta answered with HTTP status ${status} and no error code.`,
      label: `http_${status}`,
      aboutEvent: false,
      ...(status === 413 && { isTooLarge: true }),
      status,
      letter: { code: 'meta_rejected', fix: expect.stringContaining('redrive'), graph: { status } },
    });
  });
});
