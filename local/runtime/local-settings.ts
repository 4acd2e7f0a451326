import { hash } from 'node:crypto';
import { resolve } from 'node:path';
import * as z from 'zod';
import { exampleDatasetId } from '../../shared/config/example-values.ts';
import { ConfigurationError } from '../../shared/errors.ts';

const Variables = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  WRITE_KEY: z.string().min(1).default('local-write-key'),
  GRAPH_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  META_ACCESS_TOKEN: z.string().min(1).default('local-token'),
  META_DATASET_ID: z
    .string()
    .regex(/^\d{1,20}$/, 'must be digits')
    .default(exampleDatasetId),
  CONFIG: z.string().min(1).optional(),
  /** Shortens the waits between tries. */
  MAX_RETRY_DELAY_SECONDS: z.coerce.number().int().min(1).max(900).default(900),
  /** Where clients reach the endpoint, if not on this machine: the address of a tunnel. */
  ENDPOINT_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** How much of each event is recorded: `off`, `receipts` or `events`, which can be replayed. */
  RECORD_LEVEL: z.enum(['off', 'receipts', 'events']).default('events'),
  /** Where queued events are kept between runs; one folder per port if left out. */
  LOCAL_STATE_DIRECTORY: z.string().min(1).optional(),
});

export interface LocalSettings {
  readonly port: number;
  readonly writeKey: string;
  readonly writeKeyHash: string;
  /** Undefined starts the embedded stand-in. */
  readonly graphApiUrl: string | undefined;
  readonly accessToken: string;
  readonly datasetId: string;
  /** A configuration of the user's own, whose dataset ids stay as they are. */
  readonly configFile: string | undefined;
  readonly maxRetryDelaySeconds: number;
  readonly stateDirectory: string;
  readonly recordLevel: 'off' | 'receipts' | 'events';
  /** Undefined: the port on this machine. */
  readonly endpointUrl: string | undefined;
}

/** Reads the settings of `npm start` from the environment variables. @throws ConfigurationError naming every problem */
export function readLocalSettings(env: NodeJS.ProcessEnv, root: string): LocalSettings {
  const parsed = Variables.safeParse(env);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    throw new ConfigurationError('Environment variables of `npm start`:', issues);
  }
  const variables = parsed.data;
  return {
    port: variables.PORT,
    writeKey: variables.WRITE_KEY,
    writeKeyHash: hash('sha256', variables.WRITE_KEY),
    graphApiUrl: variables.GRAPH_API_URL,
    accessToken: variables.META_ACCESS_TOKEN,
    datasetId: variables.META_DATASET_ID,
    configFile: variables.CONFIG,
    maxRetryDelaySeconds: variables.MAX_RETRY_DELAY_SECONDS,
    endpointUrl: variables.ENDPOINT_URL,
    recordLevel: variables.RECORD_LEVEL,
    stateDirectory: resolve(variables.LOCAL_STATE_DIRECTORY ?? `${root}/.local/${variables.PORT}`),
  };
}
