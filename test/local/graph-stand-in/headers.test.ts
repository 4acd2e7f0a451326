import { describe, expect, it } from 'vitest';
import { now } from './server-events.ts';
import { known, one, standIn } from './stand-in.ts';

describe('the version of an answer', () => {
  it.each([
    ['v25.0', 'v25.0', null],
    ['v26.0', 'v26.0', null],
    ['v20.0', 'v21.0', 'The call has been auto-upgraded to v21.0 as v20.0 has been deprecated.'],
    ['v9.0', 'v21.0', 'The call has been auto-upgraded to v21.0 as v9.0 has been deprecated.'],
  ])('to %s is %s', async (asked, served, warning) => {
    const { post } = await standIn();
    const { status, headers } = await post(one, known, `/${asked}/1/events`);

    expect(status).toBe(200);
    expect(headers.get('facebook-api-version')).toBe(served);
    expect(headers.get('x-ad-api-version-warning')).toBe(warning);
  });
});

describe('the limit of calls', () => {
  const usageOf = (headers: Headers) => JSON.parse(headers.get('x-business-use-case-usage') ?? '{}');

  it('is told in headers of the documented shape', async () => {
    const { post } = await standIn({ limits: { callsPerHour: 4 } });
    const { headers } = await post(one);

    expect(usageOf(headers)).toEqual({
      '100000000000001': [
        {
          type: 'ads_management',
          call_count: 25,
          total_cputime: 25,
          total_time: 25,
          estimated_time_to_regain_access: 0,
          ads_api_access_tier: 'standard_access',
        },
      ],
    });
    expect(JSON.parse(headers.get('x-app-usage') ?? '')).toEqual({ call_count: 25, total_time: 25, total_cputime: 25 });
  });

  it('throttles until an hour after the first call', async () => {
    let at = now;
    const { post, get } = await standIn({ limits: { callsPerHour: 2 }, now: () => at });
    const later = (minutes: number) => {
      at = new Date(now.getTime() + minutes * 60_000);
    };
    await post(one);
    later(10);
    await get('/v25.0/me');
    later(20);

    const throttled = await post(one);

    expect(throttled).toMatchObject({ status: 400, body: { error: { code: 80004, error_subcode: 2446079 } } });
    expect(usageOf(throttled.headers)['100000000000001']).toMatchObject([
      { call_count: 100, estimated_time_to_regain_access: 40 },
    ]);
    later(59);
    expect((await post(one)).status).toBe(400);
    later(60);
    expect((await post(one)).status).toBe(200);
    expect((await post(one)).status).toBe(400);
  });

  it('does not count a call with a wrong token', async () => {
    const { post } = await standIn({ limits: { callsPerHour: 1 } });
    await post(one, { authorization: 'Bearer other' });
    expect((await post(one)).status).toBe(200);
  });

  it('is not there unless asked for', async () => {
    const { post } = await standIn();
    const { headers } = await post(one);
    expect([headers.get('x-app-usage'), headers.get('x-business-use-case-usage')]).toEqual([null, null]);
  });
});
