import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { DestinationToken } from '../../../shared/queue/ports.ts';
import { readSecretToken } from '../../../commands/common/read-token.ts';

/** Where the Graph API and the secrets are. */
export interface TokenPlace {
  readonly graphApiUrl: string;
  /** Origin of Secrets Manager. */
  readonly secretsManager: string;
  readonly region: string;
}

/**
 * Reads a token anew, so that one put in place a moment ago counts.
 *
 * @throws Error that says what to do when there is none
 */
export async function readToken(secret: string, { secretsManager, region }: TokenPlace): Promise<DestinationToken> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SecretsManagerClient({ endpoint: secretsManager, region, credentials });
  try {
    const reading = await readSecretToken({ deployment: 'local', secrets: client }, secret);
    if (reading.ok) return reading.token;
    throw new Error(`${reading.problem.reason} ${reading.problem.fix}`);
  } finally {
    client.destroy();
  }
}
