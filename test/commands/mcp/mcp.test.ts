import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commands } from '../../../commands/commands.ts';
import { answerLine } from '../../../commands/mcp/json-rpc.ts';
import { mcpMethods } from '../../../commands/mcp/mcp.ts';
import { toolsOf } from '../../../commands/mcp/tools.ts';

const root = resolve(import.meta.dirname, '../../..');

const effects = {
  ...{ env: {}, root, clock: () => new Date('2026-12-01T12:00:00Z'), input: Readable.from([]) },
  fetch: async (): Promise<never> => {
    throw new Error('There is no network here.');
  },
  stopped: new AbortController().signal,
  out: (line: string): never => {
    throw new Error(`Printed: ${line}`);
  },
  err: () => {},
  prompt: () => {},
};

interface Answer {
  readonly result?: Record<string, unknown> & {
    readonly tools?: readonly { readonly name: string; readonly inputSchema: Record<string, unknown> }[];
    readonly structuredContent?: Record<string, unknown>;
    readonly isError?: boolean;
  };
  readonly error?: { readonly code: number; readonly message: string };
}

async function server({ allowChanges = false } = {}) {
  const methods = mcpMethods(await toolsOf({ commands, effects, allowChanges }));
  const line = (text: string) => answerLine(text, methods);
  const ask = async (method: string, params: object = {}): Promise<Answer> =>
    JSON.parse((await line(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))) ?? '{}');
  return { line, ask, call: (name: string, input: object = {}) => ask('tools/call', { name, arguments: input }) };
}

const event = {
  ...{ type: 'track', event: 'Order Completed', userId: 'u-1', timestamp: '2026-12-01T11:00:00Z', messageId: 'm-1' },
  properties: { revenue: 10, currency: 'EUR' },
  context: { userAgent: 'Mozilla/5.0', traits: { email: 'jane@shop.example' } },
};

describe('the server for assistants', () => {
  // A fixed version made strict clients give up: proffesor-for-testing/agentic-qe#527.
  it.each([
    { asked: '2025-06-18', answered: '2025-06-18' },
    { asked: '2024-11-05', answered: '2024-11-05' },
    { asked: '1999-01-01', answered: '2025-11-25' },
  ])('agrees on a version with a client that speaks $asked', async ({ asked, answered }) => {
    const { ask } = await server();

    expect((await ask('initialize', { protocolVersion: asked })).result).toMatchObject({
      protocolVersion: answered,
      capabilities: { tools: {} },
    });
  });

  it('offers nothing that changes anything unless it is allowed', async () => {
    const namesOf = async (allowChanges: boolean) =>
      (await (await server({ allowChanges })).ask('tools/list')).result?.tools?.map(({ name }) => name) ?? [];
    const [readOnly, all] = [await namesOf(false), await namesOf(true)];

    expect(readOnly).toEqual(expect.arrayContaining(['doctor', 'preview_event', 'explain_event', 'list_dead_letters']));
    expect(all.filter((name) => !readOnly.includes(name))).toEqual(['redrive_dead_letters', 'purge_dead_letters']);
  });

  it('describes every argument, and never offers to reveal personal data', async () => {
    const { ask } = await server({ allowChanges: true });
    for (const { name, inputSchema } of (await ask('tools/list')).result?.tools ?? []) {
      const properties = inputSchema['properties'] as Record<string, { readonly description?: string }>;
      expect(Object.keys(properties), name).not.toContain('reveal');
      for (const { description } of Object.values(properties)) expect(description).toBeTruthy();
    }
  });

  it('previews an event', async () => {
    const { call } = await server();
    const { result } = await call('preview_event', { event });

    expect(result?.isError).toBe(false);
    expect(JSON.stringify(result?.structuredContent)).toContain('Purchase');
  });

  it('explains an event field by field', async () => {
    const { call } = await server();
    const { result } = await call('explain_event', { event });

    expect(JSON.stringify(result?.structuredContent)).toContain('"normalised":"jane@shop.example"');
  });

  it.each([
    { title: 'a tool that is not there', name: 'drop_everything', says: 'There is no tool "drop_everything"' },
    {
      title: 'a change that is not allowed',
      name: 'purge_dead_letters',
      says: 'There is no tool "purge_dead_letters"',
    },
  ])('refuses $title', async ({ name, says }) => {
    const { call } = await server();

    expect((await call(name)).error).toMatchObject({ code: -32_602, message: expect.stringContaining(says) });
  });

  it.each([
    { title: 'an argument that the tool does not have', name: 'doctor', input: { envv: 'local' }, says: 'envv' },
    { title: 'a value that makes no sense', name: 'doctor', input: { env: 'nowhere' }, says: 'is not one of' },
    { title: 'what would be read as an option', name: 'show_dead_letter', input: { id: '--reveal' }, says: 'id' },
  ])('answers with the sentence for $title', async ({ name, input, says }) => {
    const { call } = await server();
    const { result } = await call(name, input);

    expect(result).toMatchObject({ isError: true });
    expect(JSON.stringify(result?.structuredContent)).toContain(says);
  });

  it.each([
    { title: 'text that is no JSON', line: '{', code: -32_700 },
    { title: 'a list of requests', line: '[]', code: -32_600 },
    { title: 'an unknown method', line: '{"jsonrpc":"2.0","id":1,"method":"resources/list"}', code: -32_601 },
    { title: 'a method of every object', line: '{"jsonrpc":"2.0","id":1,"method":"toString"}', code: -32_601 },
  ])('answers $title with its code', async ({ line, code }) => {
    expect(JSON.parse((await (await server()).line(line)) ?? '')).toMatchObject({ error: { code } });
  });

  it.each(['{"jsonrpc":"2.0","method":"notifications/initialized"}', '{"jsonrpc":"2.0","id":1,"result":{}}'])(
    'answers nothing to %s',
    async (line) => {
      expect(await (await server()).line(line)).toBeUndefined();
    },
  );
});

// Other output on stdout ends the session in strict clients: microsoft/azure-devops-mcp#147, yoshiko-pg/o3-search-mcp#11.
it('writes nothing but messages, one a line, whatever a configuration prints', async () => {
  const config = `data:text/javascript,console.log('loud'); export default {}`;
  const child = spawn(process.execPath, ['--import', './build/require-node.mjs', 'commands/cli.ts', 'mcp'], {
    cwd: root,
    env: { PATH: process.env['PATH'], CONFIG: config },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => {
    child.kill();
  });
  for (const [id, method, params] of [
    [1, 'initialize', { protocolVersion: '2025-06-18' }],
    [2, 'tools/call', { name: 'preview_event', arguments: { event: { ...event, note: 'a\nb' } } }],
    [3, 'ping', {}],
  ] as const) {
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
  }
  child.stdin.end();
  const ids: unknown[] = [];
  for await (const line of createInterface({ input: child.stdout })) ids.push((JSON.parse(line) as { id: number }).id);

  expect(ids.toSorted()).toEqual([1, 2, 3]);
});
