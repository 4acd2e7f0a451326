import * as z from 'zod';
import { type OptionValues, text, texts, wholeNumberFrom } from '../../commands/kit/option.ts';
import { UsageError } from '../../commands/kit/usage-error.ts';
import { jsonOrNothing } from '../../shared/lib/json/json-or-nothing.ts';
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

const nonEmpty = z.string().min(1, 'must not be empty');

export const standInOptions = {
  port: text(
    '<port>',
    `where it listens; PORT if left out, else ${defaultPort}`,
    wholeNumberFrom(0, 65_535).optional(),
  ),
  token: texts(
    '<text>',
    `a token that it accepts; META_ACCESS_TOKEN if left out, else ${defaultTokenText}`,
    z.array(nonEmpty).optional(),
  ),
  dataset: texts(
    '<id>[=<name>]',
    'a dataset; with it no other exists, without it every numeric id does',
    z
      .array(z.string().regex(/^[1-9]\d{0,19}(?:=.+)?$/, 'must be <id> or <id>=<name>, with an id of digits'))
      .default([]),
  ),
  scopes: text(
    '<a,b>',
    'permissions of the tokens; ads_management,ads_read,business_management if left out',
    z.string().optional(),
  ),
  expires: text(
    '<time>',
    'when the tokens expire, such as 2026-12-31T00:00:00Z; never if left out',
    z.iso.datetime({ offset: true, error: 'must be a time such as 2026-12-31T00:00:00Z' }).optional(),
  ),
  appSecret: text('<text>', 'the app requires appsecret_proof by this secret'),
  callsPerHour: text('<n>', 'limits the calls, and reports how many are used', wholeNumberFrom(1, 1e9).optional()),
  fault: texts(
    '<name or JSON>',
    `a fault from the start, such as throttled or '{"latencyMs": 300}'`,
    z.array(z.string().transform(readFault)).default([]),
  ),
};

/** Options that the stand-in is started with. @throws UsageError for a port in the variables that is none */
export function startOptions(values: OptionValues<typeof standInOptions>, env: NodeJS.ProcessEnv): Options {
  const { port, token, dataset, scopes, expires, appSecret, callsPerHour, fault } = values;
  const datasets = dataset.map((each) => {
    const [, id = '', name] = /^(\d+)(?:=(.*))?$/.exec(each) ?? [];
    return { id, ...(name !== undefined && { name }) };
  });
  const facts: Partial<TokenFacts> = {
    ...(scopes !== undefined && { scopes: scopes.split(',').filter((scope) => scope !== '') }),
    ...(expires !== undefined && { expiresAt: new Date(expires) }),
  };
  return {
    port: port ?? portOf(env['PORT'] || String(defaultPort)),
    tokens: token ?? [env['META_ACCESS_TOKEN'] || defaultTokenText],
    api: {
      token: facts,
      ...(datasets.length > 0 && { world: { ...worldOf(datasets), closed: true } }),
      ...(appSecret !== undefined && { appSecret }),
      ...(callsPerHour !== undefined && { limits: { callsPerHour } }),
      faults: fault,
    },
  };
}

function portOf(given: string): number {
  const read = wholeNumberFrom(0, 65_535).safeParse(given);
  if (read.success) return read.data;
  throw new UsageError(`PORT=${JSON.stringify(given)} is no port`);
}

function readFault(given: string, context: z.core.$RefinementCtx<string>): FaultOptions {
  const fault = given.startsWith('{') ? jsonOrNothing(given) : { fault: given };
  if (fault === undefined) {
    context.addIssue('is not JSON');
    return z.NEVER;
  }
  const parsed = FaultOptions.safeParse(fault);
  if (parsed.success) return parsed.data;
  context.addIssue(problemsOf(parsed.error).join('; '));
  return z.NEVER;
}
