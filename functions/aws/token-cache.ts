import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { TokenUnavailableError } from '../../shared/errors.ts';
import { readTokenSecret } from '../../shared/meta/graph/parse-token.ts';
import type { Clock, DestinationToken, TokenSource } from '../../shared/queue/ports.ts';

const lifetimeMs = 5 * 60_000;

interface CachedToken {
  readonly token: Promise<DestinationToken>;
  readonly readAt: number;
  /** Once it was read. */
  value: DestinationToken | undefined;
}

/**
 * Tokens from Secrets Manager, each read once per container and lifetime. A token that Meta refused is dropped and read
 * again at the next use, so that a rotated one is picked up without a deploy.
 */
export function secretTokens(client: SecretsManagerClient, clock: Clock): TokenSource {
  const cache = new Map<string, CachedToken>();

  return {
    get(secretName) {
      const now = clock().getTime();
      const cached = cache.get(secretName);
      if (cached && Math.abs(now - cached.readAt) < lifetimeMs) return cached.token;
      const token = readSecret(client, secretName);
      const entry: CachedToken = { token, readAt: now, value: undefined };
      cache.set(secretName, entry);
      token.then(
        (value) => {
          entry.value = value;
        },
        () => {
          if (cache.get(secretName) === entry) cache.delete(secretName);
        },
      );
      return token;
    },
    drop(secretName, refused) {
      const known = cache.get(secretName)?.value;
      // Of several requests that were refused at once, only the first has the secret read again.
      if (known === undefined || refused === undefined || known === refused) {
        cache.delete(secretName);
      }
    },
  };
}

async function readSecret(client: SecretsManagerClient, secretName: string): Promise<DestinationToken> {
  let text: string | undefined;
  try {
    ({ SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: secretName })));
  } catch (error) {
    throw new TokenUnavailableError(`The secret ${secretName} could not be read.`, error);
  }
  const token = readTokenSecret(text ?? '');
  if (token === undefined) throw new TokenUnavailableError(`The secret ${secretName} holds no token.`);
  return token;
}
