import { parseArgs } from 'node:util';
import * as z from 'zod';
import { problemsOf } from './control.ts';
import { FaultOptions } from './faults.ts';
import type { GraphApiOptions } from './graph-api.ts';
import { type TokenFacts, worldOf } from './world.ts';

const defaultPort = 3100;
export const defaultTokenText = 'local-token';

export interface Options {
  readonly port: number;
  readonly tokens: readonly string[];
  readonly api: Omit<GraphApiOptions, 'accepts' | 'onRequest' | 'onRead' | 'port'>;
}

export const usage = `Usage: npm run graph -- [options]

  --port <number>          where it listens (default PORT, else ${defaultPort})
  --token <text>           a token it accepts; may be repeated (default META_ACCESS_TOKEN, else ${defaultTokenText})
  --dataset <id>[=<name>]  a dataset; may be repeated, and then no other exists (default: every numeric id does)
  --scopes <a,b>           permissions of the tokens (default ads_management,ads_read,business_management)
  --expires <time>         when the tokens expire, such as 2026-12-31T00:00:00Z (default never)
  --app-secret <text>      the app requires appsecret_proof by this secret
  --calls-per-hour <n>     limits the calls, and reports how many are used
  --fault <name or JSON>   a fault from the start, such as throttled or '{"latencyMs": 300}'; may be repeated
  --help

Faults, codes and rules: docs/graph-stand-in.md`;

const Values = z.object({
  port: z.coerce.number('must be a number').int().min(0).max(65_535),
  token: z.array(z.string().min(1, 'must not be empty')).min(1),
  dataset: z.array(z.string().regex(/^[1-9]\d{0,19}(?:=.+)?$/, 'must be <id> or <id>=<name>, with an id of digits')),
  scopes: z.string().optional(),
  expires: z.iso.datetime({ offset: true, error: 'must be a time such as 2026-12-31T00:00:00Z' }).optional(),
  'app-secret': z.string().min(1, 'must not be empty').optional(),
  'calls-per-hour': z.coerce.number('must be a number').int().min(1).optional(),
  fault: z.array(z.string()),
});

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;

/** @returns undefined when help is asked for. @throws Error naming every option that is wrong */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: text,
      token: texts,
      dataset: texts,
      scopes: text,
      expires: text,
      'app-secret': text,
      'calls-per-hour': text,
      fault: texts,
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const parsed = Values.safeParse({
    dataset: [],
    fault: [],
    token: [environment['META_ACCESS_TOKEN'] || defaultTokenText],
    ...values,
    port: values.port ?? (environment['PORT'] || defaultPort),
  });
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(({ path: [name], message }) => `--${String(name)}: ${message}`).join('\n'));
  }
  const { port, token: tokens, dataset, scopes, expires, fault } = parsed.data;
  const datasets = dataset.map((each) => {
    const [, id = '', name] = /^(\d+)(?:=(.*))?$/.exec(each) ?? [];
    return { id, ...(name !== undefined && { name }) };
  });
  const facts: Partial<TokenFacts> = {
    ...(scopes !== undefined && { scopes: scopes.split(',').filter((scope) => scope !== '') }),
    ...(expires !== undefined && { expiresAt: new Date(expires) }),
  };
  const { 'app-secret': appSecret, 'calls-per-hour': callsPerHour } = parsed.data;
  return {
    port,
    tokens,
    api: {
      token: facts,
      ...(datasets.length > 0 && { world: { ...worldOf(datasets), closed: true } }),
      ...(appSecret !== undefined && { appSecret }),
      ...(callsPerHour !== undefined && { limits: { callsPerHour } }),
      faults: fault.map(readFault),
    },
  };
}

function readFault(given: string): FaultOptions {
  const parsed = FaultOptions.safeParse(given.startsWith('{') ? parseJson(given) : { fault: given });
  if (parsed.success) return parsed.data;
  throw new Error(`--fault ${given}: ${problemsOf(parsed.error).join('; ')}`);
}

function parseJson(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    throw new Error(`--fault ${given}: is not JSON`);
  }
}
