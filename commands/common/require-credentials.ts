import { SQSClient } from '@aws-sdk/client-sqs';
import { CommandError } from '../kit/report-errors.ts';
import { setUp } from './aws-problem.ts';

/**
 * Looks for AWS credentials where the SDK does; nothing is asked of AWS with them.
 *
 * @throws CommandError that says which command gives some
 */
export async function requireCredentials(): Promise<void> {
  // The region is not looked at: credentials have none.
  const client = new SQSClient({ region: 'us-east-1' });
  try {
    await client.config.credentials();
  } catch (cause) {
    throw new CommandError({ reason: 'There are no AWS credentials.', fix: `${setUp}.` }, cause);
  } finally {
    client.destroy();
  }
}
