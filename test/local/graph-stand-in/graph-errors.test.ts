import { describe, expect, it } from 'vitest';
import { graphErrors } from '../../../local/graph-stand-in/graph-errors.ts';
import { graphErrors as catalogue } from '../../../shared/reasons/graph-errors.ts';
import { serverEvent } from './server-events.ts';
import { eventsPath, one, standIn } from './stand-in.ts';

/** Codes and subcodes that are documented, or were seen, for the Graph API. */
const documented: readonly (readonly [number, number?])[] = [
  ...([[1], [1, 99], [2], [3], [4], [4, 1504022], [4, 1504039], [10], [17], [17, 2446079], [32]] as const),
  ...([[100], [100, 33], [100, 34], [100, 38], [100, 1815356]] as const),
  ...([2804001, 2804003, 2804007, 2804009, 2804016, 2804017] as const).map((subcode) => [100, subcode] as const),
  ...([2804019, 2804036, 2804043, 2804048, 2804050, 2804066] as const).map((subcode) => [100, subcode] as const),
  ...([2804072, 2804087] as const).map((subcode) => [100, subcode] as const),
  ...([[102], [104], [105]] as const),
  ...([[190], [190, 452], [190, 458], [190, 459], [190, 460], [190, 463], [190, 464], [190, 467]] as const),
  ...([[190, 492], [200], [294], [341], [368], [368, 1390008], [506]] as const),
  ...([[613], [613, 1487742], [613, 5044001], [803], [2635], [5000], [21009]] as const),
  ...([[80000], [80003], [80004, 2446079], [80014], [-1]] as const),
];

const named = documented.map(([code, subcode]) => ({
  code,
  subcode,
  name: ['graph', code, subcode].filter((part) => part !== undefined).join('_'),
}));

describe('every documented error', () => {
  it.each(named)('$name is an answer of the events edge, and stores nothing', async ({ code, subcode, name }) => {
    const { api, post, break: put } = await standIn();
    await put({ fault: name, times: 1 });

    const answer = await post(one);

    expect(answer.status).toBe(graphErrors.get(name)?.status);
    expect(answer.body.error).toEqual({
      message: expect.stringMatching(/\w/),
      type: expect.stringMatching(/^(OAuth|GraphMethod)Exception$/),
      code,
      ...(subcode !== undefined && { error_subcode: subcode }),
      is_transient: code === 2,
      error_user_title: expect.any(String),
      error_user_msg: expect.any(String),
      fbtrace_id: expect.any(String),
    });
    expect(api.received()).toMatchObject([{ stored: false, fault: name, error: { code } }]);
    expect((await post(one)).body).toMatchObject({ events_received: 1 });
    expect(api.received().at(-1)).toMatchObject({ duplicates: 0 });
  });

  it.each(named)('$name is an answer of the endpoints that read', async ({ code, name }) => {
    const { get, break: put } = await standIn();
    await put({ fault: name, on: 'reads' });

    expect((await get('/v25.0/me')).body.error).toMatchObject({ code });
  });

  it('is one that can be asked for', () => {
    expect([...graphErrors.keys()].filter((name) => !named.some((each) => each.name === name))).toEqual(['graph_270']);
  });
});

describe('every error of the catalogue of reasons', () => {
  it.each(Object.keys(catalogue).filter((name) => /\d$/.test(name)))('%s can be tried on the stand-in', (name) => {
    expect([...graphErrors.keys()]).toContain(name);
  });
});

describe('errors the events edge gives by itself', () => {
  const bad = (overrides: object) => ({ data: [serverEvent(overrides)] });
  const app = { advertiser_tracking_enabled: 1, extinfo: ['i2', ...Array(15).fill('')] };
  const chat = { action_source: 'business_messaging', messaging_channel: 'whatsapp' };
  it.each([
    [2804003, { event_time: 1 }],
    [2804009, { event_name: 'Purchase' }],
    [2804036, { user_data: { lead_id: 1 } }],
    [2804043, { action_source: 'app', app_data: app }],
    [2804050, { user_data: {} }],
    [2804066, { ...chat, event_name: 'PageView' }],
  ])('100/%i', async (subcode, overrides) => {
    const { post } = await standIn();
    expect((await post(bad(overrides), undefined, eventsPath)).body.error).toMatchObject({
      code: 100,
      error_subcode: subcode,
    });
  });
});
