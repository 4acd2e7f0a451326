import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { readGraph } from '../../../commands/common/graph-reader.ts';
import { answering, type GraphServer, type Respond, startGraphServer } from '../../support/graph-server.ts';

let server: GraphServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function read(respond: Respond, more: { appSecret?: string; graphApiUrl?: string } = {}) {
  server = await startGraphServer(respond);
  const access = { fetch, graphApiUrl: server.url, graphVersion: 'v25.0', token: 'secret-token', ...more };
  return { answer: await readGraph(access, 'me', { fields: 'id,name' }), requests: server.requests };
}

const graphError = (status: number, error: object) => answering(status, { error: { message: 'Nein', ...error } });

describe('readGraph', () => {
  it('sends the token in a header, never in the URL', async () => {
    const { answer, requests } = await read(answering(200, { id: '1' }));

    expect(answer).toEqual({ ok: true, body: { id: '1' } });
    expect(requests[0]?.headers.authorization).toBe('Bearer secret-token');
    expect(requests[0]?.url).toBe('/v25.0/me?fields=id%2Cname');
  });

  it('proves that it knows the app secret', async () => {
    const { requests } = await read(answering(200, { id: '1' }), { appSecret: 'app-secret' });

    const proof = createHmac('sha256', 'app-secret').update('secret-token').digest('hex');
    expect(requests[0]?.url).toContain(`appsecret_proof=${proof}`);
    expect(requests[0]?.url).not.toContain('app-secret');
  });

  it.each([
    { title: 'an expired token', respond: graphError(400, { code: 190, error_subcode: 463 }), fix: 'token:set' },
    { title: 'an unknown object', respond: graphError(400, { code: 100, error_subcode: 33 }), fix: 'npm run datasets' },
    { title: 'an unknown alias', respond: graphError(404, { code: 803 }), fix: 'npm run datasets' },
    { title: 'a missing permission', respond: graphError(400, { code: 200 }), fix: 'ads_management' },
    { title: 'a missing proof', respond: graphError(400, { code: 104 }), fix: 'appSecret' },
    {
      title: 'a proof that only the text names',
      respond: graphError(400, { code: 100, message: 'API calls from the server require an appsecret_proof argument' }),
      fix: 'appSecret',
    },
    { title: 'a field of another version', respond: graphError(400, { code: 100 }), fix: 'graphVersion' },
    { title: 'a rate limit', respond: graphError(400, { code: 4 }), fix: 'Try again' },
    { title: 'an error under 200', respond: graphError(200, { code: 190 }), fix: 'token:set' },
    { title: "a proxy's page", respond: answering(200, '<html>'), fix: 'Try again' },
    { title: 'a connection that breaks', respond: (response) => response.destroy(), fix: 'Check the network' },
  ] satisfies { title: string; respond: Respond; fix: string }[])('names the next step after $title', async (given) => {
    const { answer } = await read(given.respond);

    expect(answer).toMatchObject({ ok: false, problem: { fix: expect.stringContaining(given.fix) } });
    expect(JSON.stringify(answer)).not.toMatch(/secret-token|Nein/);
  });
});
