import { describe, expect, it } from 'vitest';
import { contradictedSample, samples } from './samples/samples.ts';
import { nowSeconds } from './server-events.ts';
import { eventsPath, known, standIn, token } from './stand-in.ts';

const eventTime = nowSeconds - 60;

describe("Meta's own samples", () => {
  it.each(samples)('accepts $title', async ({ event, form = false }) => {
    const { request, post } = await standIn();
    const data = [{ event_time: eventTime, ...event }];
    const body = new FormData();
    body.set('access_token', token);
    body.set('data', JSON.stringify(data));

    const answer = form ? await request(eventsPath, { body }) : await post({ data });

    expect(answer.body).toMatchObject({ events_received: 1 });
  });

  it.each(samples)('accepts $title in a form whose fields are in the URL encoding', async ({ event }) => {
    const { request } = await standIn();
    const body = new URLSearchParams({ data: JSON.stringify([{ event_time: eventTime, ...event }]) });
    const headers = { authorization: known.authorization };

    expect((await request(eventsPath, { headers, body })).body).toMatchObject({ events_received: 1 });
  });

  it('refuses the one that lacks what another page requires', async () => {
    const { post } = await standIn();
    const answer = await post({ data: [{ event_time: eventTime, ...contradictedSample.event }] });

    expect(answer.body.error).toMatchObject({ code: 100, error_user_msg: expect.stringContaining('action_source') });
  });
});
