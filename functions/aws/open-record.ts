import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type PersonDigest, personDigests } from '../../shared/record/person-digests.ts';
import { createRecorder, type Recorder } from '../../shared/record/recorder.ts';
import type { RecordSettings } from '../settings.ts';
import { firehoseSink } from './firehose-sink.ts';

/** The record stays out of the way: nothing waits for it any longer, in milliseconds. */
const longestWaitMs = 1_000;

/** A recorder of a function: `flush` at the end of an invocation takes a second at most. */
export interface FunctionRecord extends Omit<Recorder, 'flush'> {
  flush(): Promise<void>;
}

/**
 * Opens the record. Loaded only where there is one: its clients are no part of a cold start without.
 *
 * The secret is read once for the life of the container, since digests under another one would find nobody. While it
 * cannot be read, receipts are missed, and it is asked for again at each flush.
 */
export async function openRecord({ level, stream, secret }: RecordSettings): Promise<FunctionRecord> {
  const timeouts = { connectionTimeout: 500, requestTimeout: longestWaitMs, throwOnRequestTimeout: true };
  const client = new FirehoseClient({ maxAttempts: 2, requestHandler: timeouts });
  let digest: PersonDigest | undefined;
  async function readSecret(): Promise<void> {
    const secrets = new SecretsManagerClient({ maxAttempts: 2, requestHandler: timeouts });
    try {
      const command = new GetSecretValueCommand({ SecretId: secret });
      const { SecretString } = await secrets.send(command, { abortSignal: AbortSignal.timeout(longestWaitMs) });
      if (SecretString) digest = personDigests(SecretString);
    } catch {
      // Counted with each receipt that is missed for want of it.
    } finally {
      secrets.destroy();
    }
  }
  await readSecret();
  const recorder = createRecorder({ level, digest: () => digest, sink: firehoseSink(client, stream) });
  return {
    ...recorder,
    async flush() {
      if (digest === undefined) await readSecret();
      await recorder.flush(AbortSignal.timeout(longestWaitMs));
    },
  };
}
