import type * as z from 'zod';

/** How clients of commands wait, in milliseconds; without the last setting, the AWS SDK only warns of an answer that does not come. */
export const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

const healthWithinMs = 5_000;

/**
 * What a running `npm start` says of itself.
 *
 * @param schema what the command needs to know of it
 * @param otherwise what to do where none is meant: `name an environment …`
 * @throws Error when no local runtime answers
 */
export async function readHealth<Health>(port: string, schema: z.ZodType<Health>, otherwise: string): Promise<Health> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(healthWithinMs) });
    return schema.parse(await response.json());
  } catch (cause) {
    const message = `No local runtime answers on port ${port}. Run \`npm start\`, give its --port, or ${otherwise}.`;
    throw new Error(message, { cause });
  }
}
