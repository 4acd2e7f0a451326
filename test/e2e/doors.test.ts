import { readdirSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const state = temporaryDirectory();
const folder = join(state.path, 'state');
let pipeline: Pipeline;

beforeAll(async () => {
  pipeline = await startPipeline({ stateDirectory: folder });
});

afterAll(async () => {
  await pipeline?.stop();
  state.remove();
});

/** The status of a GET with a `Host` and `Origin` of one's own, as a browser may send it. */
const statusOf = (url: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe('npm start', () => {
  it.each(['/health', '/console', '/console/api/setup'])('answers %s to this machine only', async (path) => {
    const { port } = new URL(pipeline.url);
    const url = `${pipeline.url}${path}`;

    expect(await statusOf(url, { host: `localhost:${port}` })).toBe(200);
    expect(await statusOf(url, { host: `evil.example:${port}` })).toBe(403);
    expect(await statusOf(url, { origin: 'http://evil.example' })).toBe(403);
  });

  it('keeps all that it writes for its owner', async () => {
    await fetch(`${pipeline.url}/v1/track`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('local-write-key:')}` },
      body: JSON.stringify({ event: 'Order Completed', userId: 'user-1', messageId: 'order-1' }),
    });
    const paths = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
    const open = [folder, ...paths].filter((path) => (statSync(path).mode & 0o077) !== 0);

    expect(paths.length).toBeGreaterThan(3);
    expect(open).toEqual([]);
  });
});
