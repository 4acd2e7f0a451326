import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';
import type { Config } from '../shared/config/config.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { LoggedIds } from '../shared/delivery/outcome-groups.ts';
import type { RecordLevel } from '../shared/record/recorder.ts';

const url = z.url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' });
const text = z.string('must be a text').check(z.minLength(1, 'must not be empty'));

/** A whole number within limits, both included. */
function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(error).check(z.int(error), z.minimum(least, error), z.maximum(most, error));
}

const Settings = z.object({
  EVENTS_QUEUE_URL: url,
  DEAD_LETTER_QUEUE_URL: url,
  /** Where the Graph API answers; only tests and the local runtime change it. */
  GRAPH_API_URL: z._default(url, 'https://graph.facebook.com'),
  /** Shortens the waits between tries; only tests change it. SQS's limit is 900. */
  MAX_RETRY_DELAY_SECONDS: z._default(wholeNumber(1, 900), 900),
  /** Names the deployment in metrics. */
  ENVIRONMENT: z._default(text, 'unnamed'),
  /** Whose message ids are logged. */
  LOG_MESSAGE_IDS: z._default(z.enum(['all', 'failures'], "must be 'all' or 'failures'"), 'failures'),
  /** Proxies before the API that the stack itself put there: with a firewall, CloudFront. */
  TRUSTED_PROXIES: z._default(wholeNumber(0, 5), 0),
  /** Where clients send, for addresses in answers. Without it, the host that a request names is believed. */
  ENDPOINT_URL: z.optional(url),
  /** How much of each event is recorded. */
  RECORD_LEVEL: z._default(z.enum(['off', 'receipts', 'events'], "must be 'off', 'receipts' or 'events'"), 'off'),
  /** Firehose stream that takes the receipts, and the secret that digests of persons are keyed with. */
  RECORD_STREAM: z.optional(text),
  RECORD_SECRET: z.optional(text),
  /** A configuration as JSON, in place of what the build wrote beside the bundle. */
  CONFIG_FILE: z.optional(text),
});

export interface RecordSettings {
  readonly level: RecordLevel;
  readonly stream: string;
  readonly secret: string;
}

export interface Settings {
  readonly eventsQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly graphApiUrl: string;
  readonly maxRetryDelaySeconds: number;
  readonly deployment: string;
  readonly loggedIds: LoggedIds;
  readonly trustedProxies: number;
  readonly endpointUrl: string | undefined;
  /** Undefined where nothing is recorded. */
  readonly record: RecordSettings | undefined;
  readonly config: Config;
}

/** Zod writes code for a schema at its first use, which takes longer than the one use that these get. */
const withoutJit = { jitless: true };

/** Settings of the function that posts alarms. */
export interface NotifySettings {
  readonly environment: string;
  /** Name or ARN of the secret that holds the address. */
  readonly webhookSecret: string;
  /** Of the functions whose lines say why an alarm rings. */
  readonly logGroups: readonly string[];
  readonly runbookUrl: string | undefined;
}

/** @throws ConfigurationError naming every problem */
export function readNotifySettings(env: NodeJS.ProcessEnv = process.env): NotifySettings {
  // Here, so that the other functions do not carry it.
  const Notify = z.object({
    ENVIRONMENT: z.string(),
    WEBHOOK: z.string(),
    LOG_GROUPS: z.string(),
    RUNBOOK_URL: z.optional(z.string()),
  });
  const parsed = Notify.safeParse(env, withoutJit);
  if (!parsed.success) throw invalid('Environment variables of the function:', parsed.error);
  const { ENVIRONMENT, WEBHOOK, LOG_GROUPS, RUNBOOK_URL } = parsed.data;
  return {
    environment: ENVIRONMENT,
    webhookSecret: WEBHOOK,
    logGroups: LOG_GROUPS.split(',').filter((name) => name !== ''),
    runbookUrl: RUNBOOK_URL,
  };
}

/** Settings of the function that compares counts of events. */
export interface WatchSettings {
  readonly environment: string;
}

/** @throws ConfigurationError naming every problem */
export function readWatchSettings(env: NodeJS.ProcessEnv = process.env): WatchSettings {
  const parsed = z.object({ ENVIRONMENT: z.string() }).safeParse(env, withoutJit);
  if (!parsed.success) throw invalid('Environment variables of the function:', parsed.error);
  return { environment: parsed.data.ENVIRONMENT };
}

/**
 * Reads a function's settings and configuration, once, at cold start.
 *
 * @param bundleUrl `import.meta.url` of the bundle
 * @throws ConfigurationError naming every problem
 */
export async function readSettings(bundleUrl: string, env: NodeJS.ProcessEnv = process.env): Promise<Settings> {
  const parsed = Settings.safeParse(env, withoutJit);
  if (!parsed.success) throw invalid('Environment variables of the function:', parsed.error);
  const file = parsed.data.CONFIG_FILE;
  return {
    eventsQueueUrl: parsed.data.EVENTS_QUEUE_URL,
    deadLetterQueueUrl: parsed.data.DEAD_LETTER_QUEUE_URL,
    graphApiUrl: parsed.data.GRAPH_API_URL,
    maxRetryDelaySeconds: parsed.data.MAX_RETRY_DELAY_SECONDS,
    deployment: parsed.data.ENVIRONMENT,
    loggedIds: parsed.data.LOG_MESSAGE_IDS,
    trustedProxies: parsed.data.TRUSTED_PROXIES,
    endpointUrl: parsed.data.ENDPOINT_URL,
    record: recordSettings(parsed.data),
    config: file === undefined ? builtConfig(bundleUrl) : await checkedConfig(pathToFileURL(file)),
  };
}

function recordSettings({
  RECORD_LEVEL: level,
  RECORD_STREAM: stream,
  RECORD_SECRET: secret,
}: z.infer<typeof Settings>): RecordSettings | undefined {
  if (level === 'off') return undefined;
  if (stream !== undefined && secret !== undefined) return { level, stream, secret };
  const path = stream === undefined ? 'RECORD_STREAM' : 'RECORD_SECRET';
  const message = `is missing, which RECORD_LEVEL=${level} needs`;
  throw new ConfigurationError('Environment variables of the function:', [{ path, message }]);
}

/** The build has checked what it wrote. Checking it again would be a tenth of every cold start. */
const builtConfig = (bundleUrl: string): Config => readJson(new URL('./config.json', bundleUrl)) as Config;

async function checkedConfig(location: URL): Promise<Config> {
  const { Config } = await import('../shared/config/config.ts');
  const config = Config.safeParse(readJson(location), withoutJit);
  if (!config.success) throw invalid(`Configuration ${location.pathname}; run \`npm run build\`:`, config.error);
  return config.data;
}

function readJson(location: URL): unknown {
  try {
    return JSON.parse(readFileSync(location, 'utf8'));
  } catch {
    throw new ConfigurationError(`Configuration ${location.pathname}; run \`npm run build\`:`, [
      { path: '', message: 'there is no such file, or it holds no JSON' },
    ]);
  }
}

const invalid = (title: string, { issues }: Pick<z.core.$ZodError, 'issues'>): ConfigurationError =>
  new ConfigurationError(
    title,
    issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
