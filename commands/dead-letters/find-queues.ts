import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { readHealth, requestHandler } from '../common/read-health.ts';
import type { Options } from './options.ts';

export interface Queues {
  readonly client: SQSClient;
  readonly deadLetters: string;
  /** Left out when the command sends nothing. */
  readonly events: string | undefined;
}

const Health = z.object({
  endpoints: z.object({ sqs: z.url() }),
  queues: z.object({ events: z.url(), deadLetters: z.url() }),
});

const otherwise = 'name the queues of an AWS account with --dead-letter-queue and --events-queue';

/**
 * The queues of the local runtime, or those of an AWS account by their URLs, with the usual AWS environment.
 *
 * @throws Error when no local runtime answers
 */
export async function findQueues(place: Options['place']): Promise<Queues> {
  if ('deadLetters' in place) return { client: new SQSClient({ requestHandler }), ...place };
  const { endpoints, queues } = await readHealth(place.port, Health, otherwise);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SQSClient({ endpoint: endpoints.sqs, region: 'us-east-1', credentials, requestHandler });
  return { client, ...queues };
}
