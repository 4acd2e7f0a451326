import { resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const root = resolve(import.meta.dirname, '../..');
const state = temporaryDirectory();
let pipeline: Pipeline;

/** An assistant's own client, which starts the server as its settings say. */
async function connect(...options: string[]) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--import', './build/require-node.mjs', 'commands/cli.ts', 'mcp', ...options],
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: new URL(pipeline.url).port,
      LOCAL_STATE_DIRECTORY: state.path,
    },
    stderr: 'ignore',
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  const problems: unknown[] = [];
  // Whatever is no message of the protocol ends up here.
  client.onerror = (error) => problems.push(error);
  await client.connect(transport);
  const call = async (name: string, input: Record<string, unknown> = {}) => {
    const { isError, structuredContent, content } = await client.callTool({ name, arguments: input });
    return { isError, answer: structuredContent as Record<string, unknown>, content: content as { type: string }[] };
  };
  return { client, call, problems, [Symbol.asyncDispose]: () => client.close() };
}

const order = (messageId: string, properties: object = {}) => ({
  ...{ type: 'track', event: 'Order Completed', userId: 'user-1', messageId, timestamp: new Date().toISOString() },
  properties: { order_id: messageId, revenue: 10, currency: 'EUR', ...properties },
  context: { userAgent: 'Mozilla/5.0', traits: { email: 'jane@shop.example' } },
});

beforeAll(async () => {
  pipeline = await startPipeline({ stateDirectory: state.path });
  const response = await fetch(`${pipeline.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('local-write-key:')}` },
    body: JSON.stringify({ batch: [order('good-1'), order('bad-1', { currency: 'EURO' })] }),
  });
  expect(response.status).toBe(200);
  await eventually('both ended', () => (/1\/2 delivered, 1 dead/.test(pipeline.output()) ? true : undefined));
});
afterAll(async () => {
  await pipeline.stop();
  state.remove();
});

describe("an assistant's client", () => {
  it('is answered by every tool that only reads, about the pipeline that runs here', async () => {
    await using assistant = await connect();
    const { client, call, problems } = assistant;

    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['doctor', 'find_event', 'event_stats']));
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([]);

    const found = await eventually('in the record', async () => {
      const { answer } = await call('find_event', { orderId: 'good-1' });
      const [event] = answer['events'] as { messageId: string; final: { outcome: string }[] }[];
      return event?.final.some(({ outcome }) => outcome === 'delivered') ? event : undefined;
    });
    expect(found).toMatchObject({ messageId: 'good-1', final: [{ destination: 'main', reason: null }] });
    expect((await call('event_stats', { since: '1h' })).isError).toBe(false);
    expect((await call('check_events')).answer).toMatchObject({ open: [] });
    expect(JSON.stringify((await call('doctor')).answer)).toContain('token');
    const letters = await call('list_dead_letters');
    expect(JSON.stringify(letters.answer)).toContain('currency_invalid');
    const shown = JSON.stringify((await call('show_dead_letter', { id: 'bad-1' })).answer);
    expect(shown).toContain('EURO');
    expect(shown).not.toContain('jane@shop.example');
    expect(JSON.stringify((await call('preview_event', { event: order('p') })).answer)).toContain('"Purchase"');
    const explained = await call('explain_event', { event: order('p') });
    expect(JSON.stringify(explained.answer)).toContain('"normalised":"jane@shop.example"');
    expect(explained.content[0]?.type).toBe('text');
    expect(problems).toEqual([]);
  });

  it('is told what is wrong with an argument, and goes on', async () => {
    await using assistant = await connect();
    const { call, problems } = assistant;

    const wrong = await call('find_event', { orderid: 'good-1' });
    expect(wrong.isError).toBe(true);
    expect(JSON.stringify(wrong.answer)).toContain('orderid');
    await expect(call('purge_dead_letters', { yes: true })).rejects.toThrow('There is no tool "purge_dead_letters"');
    expect((await call('list_dead_letters')).isError).toBe(false);
    expect(problems).toEqual([]);
  });

  it('may change something once that is allowed, and says what it did', async () => {
    await using assistant = await connect('--allow-changes');
    const { client, call } = assistant;

    const { tools } = await client.listTools();
    expect(tools.find(({ name }) => name === 'purge_dead_letters')?.annotations).toMatchObject({ readOnlyHint: false });
    const asked = await call('purge_dead_letters', { code: ['currency_invalid'] });
    expect(asked).toMatchObject({ isError: true, answer: { problem: expect.stringContaining('argument yes') } });
    expect(asked.answer).toMatchObject({ purged: 0, wouldPurge: 1 });
    const purged = await call('purge_dead_letters', { code: ['currency_invalid'], yes: true });
    expect(purged).toMatchObject({ isError: false, answer: { purged: 1 } });
    await eventually('no letter left', async () =>
      JSON.stringify((await call('list_dead_letters')).answer).includes('currency_invalid') ? undefined : true,
    );
  });
});
