import type * as z from 'zod';
import { CommandError } from '../kit/report-errors.ts';

/** How clients of commands wait, in milliseconds; without the last setting, the AWS SDK only warns of an answer that does not come. */
export const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

const healthWithinMs = 5_000;

/**
 * Asks a running `npm start` about itself.
 *
 * @param schema what the command needs to know of it
 * @throws CommandError when no local runtime answers
 */
export async function readHealth<Health>(port: string, schema: z.ZodType<Health>): Promise<Health> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(healthWithinMs) });
    return schema.parse(await response.json());
  } catch (cause) {
    const reason = `No local runtime answers on port ${port}.`;
    const fix = 'Run `npm start`, give its --port, or name a deployment in your AWS account with --env.';
    throw new CommandError({ reason, fix }, cause);
  }
}
