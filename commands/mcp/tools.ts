import { Readable } from 'node:stream';
import * as z from 'zod';
import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';
import { explainEvent } from '../../shared/explain/explain-event.ts';
import { compileDestinations } from '../../shared/meta/compile-destinations.ts';
import { loadDeployedConfig } from '../common/services.ts';
import { deploymentNames, targetOf } from '../common/target-options.ts';
import type { Command } from '../kit/define-command.ts';
import type { CommandEffects } from '../kit/effects.ts';
import type { Option, OptionTable } from '../kit/option.ts';

/** Answer of a tool, and whether it says that something is wrong or could not be done. */
export interface ToolAnswer {
  readonly value: unknown;
  readonly isError: boolean;
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly inputSchema: JsonSchema;
  /** Changes nothing that is not its caller's. */
  readonly readOnly: boolean;
  readonly run: (input: Readonly<Record<string, unknown>>) => Promise<ToolAnswer>;
}

interface JsonSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

export interface ToolOptions {
  readonly commands: Readonly<Record<string, () => Promise<Command>>>;
  readonly effects: CommandEffects;
  /** Tools that change something are there too. */
  readonly allowChanges: boolean;
}

interface CommandTool {
  readonly command: string;
  /** Of a group of commands, the one that is meant. */
  readonly part?: string;
  readonly name: string;
  readonly changes?: true;
  /** Options that an assistant is not given: they print, or reveal what is personal. */
  readonly without?: readonly string[];
}

/** Commands that are tools, by the name that an assistant sees. Those that this project has not are left out. */
const commandTools: readonly CommandTool[] = [
  { name: 'doctor', command: 'doctor' },
  { name: 'find_event', command: 'events', part: 'find' },
  { name: 'list_events', command: 'events', part: 'list', without: ['csv'] },
  { name: 'event_stats', command: 'events', part: 'stats', without: ['csv'] },
  { name: 'check_events', command: 'events', part: 'check' },
  { name: 'quality', command: 'quality' },
  { name: 'compare_duplicates', command: 'dedup', without: ['from'] },
  { name: 'list_dead_letters', command: 'dead-letters', part: 'list' },
  { name: 'show_dead_letter', command: 'dead-letters', part: 'show', without: ['reveal'] },
  { name: 'redrive_dead_letters', command: 'dead-letters', part: 'redrive', changes: true },
  { name: 'purge_dead_letters', command: 'dead-letters', part: 'purge', changes: true },
];

/** Tools over the commands' own results: what an assistant is told is what `--json` prints. */
export async function toolsOf({ commands, effects, allowChanges }: ToolOptions): Promise<readonly Tool[]> {
  const tools: Tool[] = [previewTool(commands, effects), explainTool(effects)];
  for (const wanted of commandTools) {
    if (wanted.changes && !allowChanges) continue;
    const load = Object.hasOwn(commands, wanted.command) ? commands[wanted.command] : undefined;
    const command = load && partOf(await load(), wanted.part);
    if (command !== undefined) tools.push(commandTool(wanted, command, effects));
  }
  return tools;
}

function partOf(command: Command, part: string | undefined): Command | undefined {
  if (part === undefined) return command;
  const { commands = {} } = command as { readonly commands?: Readonly<Record<string, Command>> };
  return Object.hasOwn(commands, part) ? commands[part] : undefined;
}

function commandTool({ name, changes, without = [] }: CommandTool, command: Command, effects: CommandEffects): Tool {
  const hidden = new Set(['json', ...without]);
  const options = Object.fromEntries(Object.entries(command.options).filter(([key]) => !hidden.has(key)));
  const { operands = [] } = command;
  const [operand] = operands;
  return {
    name,
    description: `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)} More: ${command.page}`,
    inputSchema: {
      type: 'object',
      properties: {
        ...Object.fromEntries(
          operands.map(({ name: one, help }) => [camelCase(one), { type: 'string', description: help }]),
        ),
        ...Object.fromEntries(Object.entries(options).map(([key, option]) => [key, schemaOf(option)])),
      },
      ...(operand?.required && { required: [camelCase(operand.name)] }),
      additionalProperties: false,
    },
    readOnly: changes !== true,
    run: (input) => {
      const positionals = operands.flatMap(({ name: one }) => input[camelCase(one)] ?? []).map(String);
      const dashed = positionals.find((given) => given.startsWith('-'));
      if (dashed !== undefined)
        return Promise.resolve({
          value: { problem: `${operands[0]?.name}: ${JSON.stringify(dashed)} looks like an option` },
          isError: true,
        });
      return execute(command, [...argumentsOf(options, input), '--json', ...positionals], effects);
    },
  };
}

const schemaOf = ({ kind, help, value }: Option<unknown>): object => {
  const description = value === '' ? help : `${value}: ${help}`;
  if (kind === 'flag') return { type: 'boolean', description };
  if (kind === 'texts') return { type: 'array', items: { type: 'string' }, description };
  return { type: ['string', 'number'], description };
};

/** The command line that means the same: it is read, checked and refused as any other. */
function argumentsOf(options: OptionTable, input: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options).flatMap(([key, { kind }]) => {
    const given = input[key];
    const name = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (given === undefined || given === false) return [];
    if (kind === 'flag') return [name];
    return (Array.isArray(given) ? given : [given]).map((value) => `${name}=${String(value)}`);
  });
}

const camelCase = (name: string): string => name.replace(/[- ](\w)/g, (_, letter: string) => letter.toUpperCase());

/** Runs a command line with its output caught: nothing of it may reach the output of the server. */
async function execute(
  command: Command,
  args: readonly string[],
  effects: CommandEffects,
  input?: string,
): Promise<ToolAnswer> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await command.execute(args, {
    ...effects,
    input: Readable.from(input === undefined ? [] : [input]),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    prompt: () => {},
  });
  const results = out.map(parsed);
  const result = results.length === 1 ? results[0] : results;
  if (code === 2 || results.length === 0) return { value: { problem: err.join('\n') }, isError: true };
  const notes = err.length > 0 ? { notes: err } : {};
  // Else an assistant would take the counts of what would be done for what was done.
  if (isRecord(result) && result['refused'] === true)
    return { value: { problem: unconfirmed, ...result, ...notes }, isError: true };
  return { value: isRecord(result) ? { ...result, ...notes } : { results: result, ...notes }, isError: false };
}

const unconfirmed = 'Nothing was changed. Once a person has agreed, call this again with the argument yes.';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

const eventSchema = {
  type: 'object',
  description: 'A Segment event as libraries send it, such as {"type": "track", "event": "Order Completed", …}.',
};

function previewTool(commands: ToolOptions['commands'], effects: CommandEffects): Tool {
  return {
    name: 'preview_event',
    description:
      'What an event would become by the configuration: the exact body of the request that each matching mapping would send, or why not. Sends nothing.',
    inputSchema: {
      type: 'object',
      properties: { event: eventSchema },
      required: ['event'],
      additionalProperties: false,
    },
    readOnly: true,
    async run({ event }) {
      const load = commands['preview'];
      if (load === undefined) return { value: { problem: 'There is no preview.' }, isError: true };
      return execute(await load(), [], effects, `${JSON.stringify(event)}\n`);
    },
  };
}

const ExplainInput = z.object({
  event: z.record(z.string(), z.unknown()),
  env: z.enum(deploymentNames as [string, ...string[]]).default('local'),
  destination: z.string().optional(),
});

function explainTool(effects: CommandEffects): Tool {
  return {
    name: 'explain_event',
    description:
      'Why an event becomes what it becomes at each destination: for every mapping whether it matches, and for every field where the value came from, its normalised form, what is sent, what is left out and why, and which match keys would help.',
    inputSchema: {
      type: 'object',
      properties: {
        event: eventSchema,
        env: { type: 'string', enum: [...deploymentNames], description: 'whose configuration; local if left out' },
        destination: { type: 'string', description: 'only this destination' },
      },
      required: ['event'],
      additionalProperties: false,
    },
    readOnly: true,
    async run(input) {
      const { event, env, destination: wanted } = ExplainInput.parse(input);
      const target = targetOf({ env: env as (typeof deploymentNames)[number], port: undefined }, effects);
      const destinations = await compileDestinations(await loadDeployedConfig(target), sha256Hex);
      const now = effects.clock();
      const arrived = { messageId: 'explained', timestamp: now.toISOString(), receivedAt: now.toISOString(), ...event };
      const chosen = [...destinations].filter(([name]) => wanted === undefined || name === wanted);
      return {
        value: { explanations: chosen.map(([, destination]) => explainEvent(arrived, destination, { now })) },
        isError: chosen.length === 0,
      };
    },
  };
}
