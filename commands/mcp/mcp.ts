import { createInterface } from 'node:readline';
import * as z from 'zod';
import { defineCommand } from '../kit/define-command.ts';
import { flag } from '../kit/option.ts';
import { answerLine, type Method, RpcError, rpcCodes } from './json-rpc.ts';
import { type Tool, type ToolOptions, toolsOf } from './tools.ts';

/** Versions of the protocol in which tools on standard input and output are the same, the latest first. */
const versions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;

const instructions =
  'Operates a self-hosted pipeline of Segment events into the Meta Conversions API. Begin with doctor when something is wrong; find_event tells what became of one event. The option env names the deployment: local is the npm start that runs here. Personal data is masked.';

/** Commands that have a tool. */
const commands: ToolOptions['commands'] = {
  'dead-letters': async () => (await import('../dead-letters/dead-letters.ts')).deadLetters,
  dedup: async () => (await import('../dedup/dedup.ts')).dedup,
  doctor: async () => (await import('../doctor/doctor.ts')).doctor,
  events: async () => (await import('../events/events.ts')).events,
  preview: async () => (await import('../preview/preview-command.ts')).previewCommand,
  quality: async () => (await import('../quality/quality.ts')).quality,
};

const Call = z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()).default({}) });

/**
 * Methods of the Model Context Protocol that a server of tools needs. The SDK would bring a web server and seventeen packages for
 * what are four methods on two pipes.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25
 */
export function mcpMethods(tools: readonly Tool[]): Readonly<Record<string, Method>> {
  return {
    async initialize({ protocolVersion }) {
      return {
        protocolVersion: versions.find((version) => version === protocolVersion) ?? versions[0],
        capabilities: { tools: {} },
        serverInfo: { name: 'meta-conversions-pipeline', version: '0.1.0' },
        instructions,
      };
    },
    ping: async () => ({}),
    async 'tools/list'() {
      return {
        tools: tools.map(({ name, description, inputSchema, readOnly }) => ({
          ...{ name, description, inputSchema },
          annotations: { readOnlyHint: readOnly, destructiveHint: !readOnly, openWorldHint: true },
        })),
      };
    },
    async 'tools/call'(params) {
      const call = Call.safeParse(params);
      const tool = tools.find(({ name }) => name === call.data?.name);
      if (!call.success || tool === undefined) {
        const names = tools.map(({ name }) => name).join(', ');
        throw new RpcError(rpcCodes.params, `There is no tool ${JSON.stringify(params['name'])}; there are ${names}.`);
      }
      const input = call.data.arguments;
      const unknown = Object.keys(input).filter((key) => !Object.hasOwn(tool.inputSchema.properties, key));
      if (unknown.length > 0) return answerOf({ problem: `${tool.name} has no argument ${unknown.join(', ')}.` }, true);
      try {
        const { value, isError } = await tool.run(input);
        return answerOf(value, isError);
      } catch (error) {
        return answerOf({ problem: (error as Error).message }, true);
      }
    },
  };
}

const answerOf = (value: unknown, isError: boolean): object => ({
  content: [{ type: 'text', text: JSON.stringify(value) }],
  structuredContent: value,
  isError,
});

export const mcp = defineCommand({
  name: 'mcp',
  summary:
    'Answers assistants over the Model Context Protocol on standard input and output: doctor, preview, explain, find, stats, dead letters.',
  page: 'docs/mcp.md',
  examples: ['npm run -s mcp', 'npm run -s mcp -- --allow-changes'],
  options: {
    allowChanges: flag('also offers what changes something: redrive and purge of dead letters'),
  },
  async run({ allowChanges }, effects) {
    // Whatever a command or a library prints would be taken for a message.
    const write = effects.out;
    console.log = console.info = console.debug = console.error;
    const methods = mcpMethods(await toolsOf({ commands, effects, allowChanges }));
    const answers: Promise<void>[] = [];
    for await (const line of createInterface({ input: effects.input })) {
      if (line.trim() === '') continue;
      answers.push(
        answerLine(line, methods).then((answer) => {
          if (answer !== undefined) write(answer);
        }),
      );
    }
    await Promise.all(answers);
    return { result: undefined };
  },
});
