import { describe, expect, it, onTestFinished } from 'vitest';
import { type GraphFaultName, graphFaults } from './graph-faults.ts';
import { startGraphServer } from './graph-server.ts';

const dataset = '1000000000000001';

async function start(fault?: GraphFaultName) {
  const stored: string[] = [];
  const lost: string[] = [];
  const faults: string[] = [];
  let kills = 0;
  const server = await startGraphServer({
    refusals: new Map([['poison', 2804050]]),
    nextFault: () => fault,
    onFault: (name) => faults.push(name),
    onStored: (_, ids) => stored.push(...ids),
    onAnswerLost: (_, ids) => lost.push(...ids),
    kill: () => {
      kills += 1;
    },
  });
  onTestFinished(() => server.close());
  server.accept(dataset, 'token');
  const send = (ids: readonly string[], token = 'token'): Promise<Response> =>
    fetch(`${server.url}/v25.0/${dataset}/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ data: ids.map(eventOf) }),
      signal: AbortSignal.timeout(300),
    });
  return { server, send, stored, lost, faults, kills: () => kills };
}

const eventOf = (id: string) => ({
  event_name: 'Lead',
  event_time: Math.floor(Date.now() / 1_000),
  event_id: id,
  action_source: 'website',
  user_data: { em: 'b7e0d8372a47f54bbefeb251ab9ac1e9e6b2d1983263de10196101be3961ed23' },
});

describe('the Graph API that goes wrong', () => {
  it('takes events as Meta does when no fault is due', async () => {
    const { send, stored, lost, server } = await start();

    const response = await send(['a', 'b']);

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ events_received: 2 });
    expect(stored).toEqual(['a', 'b']);
    expect(lost).toEqual([]);
    expect(server.requests()).toBe(1);
  });

  it('refuses a whole request for one bad event, without naming it', async () => {
    const { send, stored } = await start();

    const response = await send(['a', 'poison', 'b']);
    const text = await response.text();

    expect(response.status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ error: { code: 100, error_subcode: 2804050 } });
    expect(text).not.toContain('poison');
    expect(stored).toEqual([]);
  });

  it('holds events against the rules', async () => {
    const { server, stored } = await start();

    const response = await fetch(`${server.url}/v25.0/${dataset}/events`, {
      method: 'POST',
      headers: { authorization: 'Bearer token' },
      body: JSON.stringify({ data: [{ ...eventOf('a'), user_data: {} }] }),
    });

    expect(response.status).toBe(400);
    expect(stored).toEqual([]);
    await response.body?.cancel();
  });

  it('refuses every token but the latest', async () => {
    const { server, send, stored, faults } = await start();
    server.accept(dataset, 'next');

    const old = await send(['a']);
    const latest = await send(['a'], 'next');

    expect(await old.json()).toMatchObject({ error: { code: 190 } });
    expect(latest.status).toBe(200);
    expect(stored).toEqual(['a']);
    expect(faults).toEqual(['deadToken']);
  });

  it('breaks off connections while it is out of reach, and then no more', async () => {
    const { server, send, stored } = await start();
    server.fail(200);

    await expect(send(['a'])).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 250));

    expect((await send(['b'])).status).toBe(200);
    expect(stored).toEqual(['b']);
  });

  it.each<[GraphFaultName, number | 'no answer']>([
    ['serverError', 500],
    ['throttled', 400],
    ['badGateway', 502],
    ['htmlPage', 200],
    ['resetBefore', 'no answer'],
    ['resetAfter', 'no answer'],
    ['silence', 'no answer'],
    ['killBefore', 'no answer'],
    ['killAfter', 'no answer'],
  ])('%s gives %s, and stores what it says it does', async (fault, status) => {
    const { send, stored, lost, faults, kills } = await start(fault);

    const answer = await send(['a']).catch(() => undefined);
    await answer?.text();
    await expect.poll(() => lost).toEqual(graphFaults[fault].stores ? ['a'] : []);

    expect(answer?.status ?? 'no answer').toBe(status);
    expect(stored).toEqual(graphFaults[fault].stores ? ['a'] : []);
    expect(faults).toEqual([fault]);
    expect(kills()).toBe(fault.startsWith('kill') ? 1 : 0);
  });
});
