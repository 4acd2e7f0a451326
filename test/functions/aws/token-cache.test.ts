import { CreateSecretCommand, PutSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretTokens } from '../../../functions/aws/token-cache.ts';
import { type AwsServer, startAwsServer } from '../../../local/emulators/aws/aws-server.ts';
import { TokenUnavailableError } from '../../../shared/errors.ts';
import { secretsClient } from '../../local/emulators/aws-fixture.ts';

let server: AwsServer;
let client: SecretsManagerClient;
let reads = 0;
let created = 0;

beforeAll(async () => {
  server = await startAwsServer();
  client = secretsClient(server.url);
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (commandName === 'GetSecretValueCommand') reads++;
        return next(args);
      },
    { step: 'initialize' },
  );
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

async function secret(SecretString: string): Promise<string> {
  const Name = `conversions/test/token-${created++}`;
  await client.send(new CreateSecretCommand({ Name, SecretString }));
  reads = 0;
  return Name;
}

const put = (SecretId: string, SecretString: string) =>
  client.send(new PutSecretValueCommand({ SecretId, SecretString }));

function tokensAt(start = '2026-03-10T12:00:00.000Z') {
  let time = Date.parse(start);
  const tokens = secretTokens(client, () => new Date(time));
  return {
    tokens,
    later: (seconds: number) => {
      time += seconds * 1_000;
    },
  };
}

describe('secretTokens', () => {
  it.each<[string, string, object]>([
    ['plain text', 'EAAB-token', { accessToken: 'EAAB-token' }],
    ['JSON with blanks around the token', '{"accessToken":"EAAB-token\\n"}', { accessToken: 'EAAB-token' }],
    ['plain text with blanks around it', ' EAAB-token\n', { accessToken: 'EAAB-token' }],
    ['JSON', '{"accessToken": "EAAB-token"}', { accessToken: 'EAAB-token' }],
    ['JSON with an app secret', '{"accessToken":"t","appSecret":"s","note":"x"}', { accessToken: 't', appSecret: 's' }],
  ])('reads a token as %s', async (_, text, expected) => {
    const { tokens } = tokensAt();

    expect(await tokens.get(await secret(text))).toEqual(expected);
  });

  it.each([
    ['blanks', '  '],
    ['broken JSON', '{"accessToken": "secret-part'],
    ['JSON without a token', '{"appSecret": "secret-part"}'],
    ['an invisible character in the token', 'EAAB\u200btoken'],
    ['typographic quotes around the token', '“EAAB-token”'],
    ['two lines', 'EAAB\nEAAC'],
    ['an empty token', '{"accessToken": "", "appSecret": "secret-part"}'],
  ])('refuses a secret that holds %s, without quoting it', async (_, text) => {
    const name = await secret(text);
    const { tokens } = tokensAt();

    const error = await tokens.get(name).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(TokenUnavailableError);
    expect((error as Error).message).toBe(`The secret ${name} holds no token.`);
  });

  it('names a secret that is not there', async () => {
    await expect(tokensAt().tokens.get('conversions/test/missing')).rejects.toThrow(
      new TokenUnavailableError('The secret conversions/test/missing could not be read.'),
    );
  });

  it('reads a secret once for many, also while it is being read', async () => {
    const name = await secret('token-1');
    const { tokens } = tokensAt();

    await Promise.all([tokens.get(name), tokens.get(name)]);
    await tokens.get(name);

    expect(reads).toBe(1);
  });

  it('reads it again after five minutes', async () => {
    const name = await secret('token-1');
    const { tokens, later } = tokensAt();
    await tokens.get(name);
    await put(name, 'token-2');

    later(299);
    const before = await tokens.get(name);
    later(1);

    expect(before).toEqual({ accessToken: 'token-1' });
    expect(await tokens.get(name)).toEqual({ accessToken: 'token-2' });
  });

  it('reads a dropped token again at once, and only that one', async () => {
    const [name, other] = [await secret('token-1'), await secret('other-1')];
    const { tokens } = tokensAt();
    await Promise.all([tokens.get(name), tokens.get(other)]);
    await Promise.all([put(name, 'token-2'), put(other, 'other-2')]);

    tokens.drop(name);

    expect(await tokens.get(name)).toEqual({ accessToken: 'token-2' });
    expect(await tokens.get(other)).toEqual({ accessToken: 'other-1' });
  });

  it('keeps a token that was read since another one was refused', async () => {
    const name = await secret('token-1');
    const { tokens } = tokensAt();
    const refused = await tokens.get(name);
    await put(name, 'token-2');

    tokens.drop(name, refused);
    await tokens.get(name);
    tokens.drop(name, refused);
    await tokens.get(name);

    expect(reads).toBe(2);
  });

  it('does not remember a failure', async () => {
    const name = await secret(' ');
    const { tokens } = tokensAt();
    await tokens.get(name).catch(() => undefined);
    await put(name, 'token-1');

    expect(await tokens.get(name)).toEqual({ accessToken: 'token-1' });
  });

  it('does not let an old failure displace a newer token', async () => {
    const [first, second] = [Promise.withResolvers(), Promise.withResolvers()];
    const answers = [first.promise, second.promise];
    const slow = { send: () => answers.shift() } as unknown as SecretsManagerClient;
    const tokens = secretTokens(slow, () => new Date('2026-03-10T12:00:00.000Z'));
    const failing = tokens.get('name');
    tokens.drop('name');
    const newer = tokens.get('name');

    first.reject(new Error('timed out'));
    second.resolve({ SecretString: 'token-1' });
    await Promise.allSettled([failing, newer]);

    expect(await tokens.get('name')).toEqual({ accessToken: 'token-1' });
  });
});
